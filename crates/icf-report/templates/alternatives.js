/* What a map or scatter shows, in words and as a table: both follow the year and the variable. */
const alternatives = ({ data, element, say, nameOf, labelOf, valueOn, shown, index }) => {
  // Regions that are named in words; more than this nobody listens to.
  const NAMED = 100;
  const least = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });
  const titleOf = (figure) => figure.querySelector('figcaption strong').textContent;

  const words = ({ svg, view, figure }) => {
    const named = new Map();
    data.regions.forEach((_, region) => {
      const label = labelOf(view, region);
      if (!named.has(label)) named.set(label, []);
      named.get(label).push(nameOf(region));
    });
    const sentences = [...named].sort(([a], [b]) => (a < b ? -1 : 1)).map(([label, names]) => {
      const listed = names.length > NAMED ? say(`${names.length} regions`, `${names.length} 个区域`) : names.join(say(', ', '、'));
      return say(`${label}: ${listed}.`, `${label}：${listed}。`);
    });
    const told = sentences.join(say(' ', ''));
    svg.querySelector('title').textContent = titleOf(figure);
    svg.querySelector('desc').textContent = told;
    figure.querySelector('.words p').textContent = told;
  };

  // Of a map the variables behind its classes, the class, and what the test of it gave; of a scatter both axes and the colour.
  const columnsOf = (view, colour) => {
    const numeric = (head, unit, value) => ({ head, unit, class: 'n', cell: value });
    const labelled = (of) => ({ head: of.head, unit: '', class: '', cell: (region) => labelOf(of, region) });
    if (view.x) {
      return [...[view.x, view.y].map((axis) => numeric(axis.label, axis.unit, (region) => shown(valueOn(axis, region)))), labelled(colour)];
    }
    const columns = view.variables.map((key) => {
      const { label, unit, rows, quantity } = data.values[key];
      const values = rows ?? data.quantities[quantity].rows;
      return numeric(label, unit, (region) => shown(values[region][index()] ?? null));
    });
    columns.push(labelled(view));
    const tested = data.tested[view.tested];
    if (tested) {
      const p = (region) => tested[region][index()] ?? null;
      columns.push(numeric(say('Pseudo p', '伪 p 值'), '', (region) => (p(region) === null ? '–' : least.format(p(region)))));
    }
    return columns;
  };

  const fill = ({ view, figure, colour, frame }) => {
    const columns = columnsOf(view, colour);
    const head = element('tr');
    head.append(element('th', say('Region', '区域'), { scope: 'col' }));
    for (const { head: text, unit, class: kind } of columns) {
      const cell = element('th', text, { scope: 'col', class: kind });
      if (unit) cell.append(' ', element('small', unit));
      head.append(cell);
    }
    const body = element('tbody');
    data.regions.forEach(({ id }, region) => {
      const row = element('tr');
      const name = element('th', undefined, { scope: 'row' });
      name.append(element('button', nameOf(region), { type: 'button', class: 'pick', 'data-pick': id }));
      row.append(name);
      for (const { cell, class: kind } of columns) row.append(element('td', cell(region), { class: kind }));
      body.append(row);
    });
    const table = element('table');
    table.append(element('caption', titleOf(figure)), element('thead'), body);
    table.tHead.append(head);
    frame.setAttribute('aria-label', say(`${titleOf(figure)}, as a table`, `${titleOf(figure)}（数据表）`));
    frame.replaceChildren(table);
  };

  // A table is made when it is opened: of thousands of regions those of all figures would be most of the page.
  const begin = (entry) => {
    const folds = entry.figure.querySelectorAll('details');
    const own = [...folds].find((fold) => fold.querySelector('.table'));
    const fold = own ?? element('details', undefined, { class: 'words' });
    entry.frame = fold.querySelector('.table') ?? element('div', undefined, { class: 'table tall', tabindex: '0', role: 'group' });
    if (!own) {
      fold.append(element('summary', say('As a table', '数据表')), entry.frame);
      folds[folds.length - 1].after(fold);
    }
    fold.addEventListener('toggle', () => (fold.open ? fill(entry) : undefined));
    entry.fold = fold;
  };
  // What is shown has changed.
  const follow = (entry) => {
    if (entry.view.codes) words(entry);
    if (entry.fold.open) fill(entry);
  };
  return { begin, follow };
};
