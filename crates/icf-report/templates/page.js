'use strict';
(() => {
  const data = JSON.parse(document.getElementById('run-data').textContent);
  const byId = new Map(data.regions.map((region, index) => [region.id, index]));
  const number = new Intl.NumberFormat('en', { minimumSignificantDigits: 3, maximumSignificantDigits: 3 });
  const shown = (value) => (value === null ? '–' : number.format(value).replace('-', '−'));
  let year = data.last;
  let selected = new Set();

  /* Marks of a region in every view. */
  const marks = new Map();
  for (const mark of document.querySelectorAll('[data-region]')) {
    const id = mark.dataset.region;
    if (!marks.has(id)) marks.set(id, []);
    marks.get(id).push(mark);
  }
  const mark = (id, name, on) => {
    for (const element of marks.get(id) || []) {
      element.classList.toggle(name, on);
      // An outline is hidden by neighbours that are drawn later.
      if (on && element.classList.contains('f-region')) element.parentNode.append(element);
    }
  };

  /* Maps: recolour each by the codes of the year. */
  const maps = [...document.querySelectorAll('svg[data-view]')].map((svg) => ({
    view: data.views[svg.dataset.view],
    figure: svg.closest('figure'),
    missing: `url(#${svg.querySelector('pattern').id})`,
    shapes: [...svg.querySelectorAll('.f-region')],
    numerals: new Map([...svg.querySelectorAll('.f-mark')].map((text) => [text.dataset.region, text])),
  }));
  const recolour = ({ view, figure, missing, shapes, numerals }) => {
    let known = 0;
    for (const shape of shapes) {
      const region = byId.get(shape.dataset.region);
      const code = view.codes[region][year];
      const has = code !== null;
      known += has ? 1 : 0;
      shape.setAttribute('fill', has ? view.colours[code] : missing);
      const words = has ? view.labels[code] : 'no value';
      shape.querySelector('title').textContent = `${data.regions[region].name}: ${words}`;
      const numeral = numerals.get(shape.dataset.region);
      if (numeral) numeral.textContent = has ? view.marks[code] : '';
    }
    for (const label of figure.querySelectorAll('[data-year]')) label.textContent = data.years[year];
    figure.classList.toggle('is-empty', known === 0);
  };

  const slider = document.getElementById('year');
  const setYear = (index) => {
    year = index;
    slider.value = String(index);
    slider.setAttribute('aria-valuetext', String(data.years[index]));
    document.getElementById('year-shown').textContent = data.years[index];
    document.getElementById('phase').textContent = index > data.last ? 'projection' : 'history';
    maps.forEach(recolour);
    drawCard();
  };

  /* The card: the figures of the selected regions in the year. */
  const card = document.getElementById('card-body');
  const pick = document.getElementById('pick');
  const resting = card.innerHTML;
  const element = (name, text, attributes = {}) => {
    const made = document.createElement(name);
    if (text !== undefined) made.textContent = text;
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  };
  const drawCard = () => {
    if (selected.size === 0) {
      card.innerHTML = resting;
      return;
    }
    const chosen = [...selected].slice(-3).map((id) => byId.get(id));
    const table = element('table');
    const head = element('tr');
    head.append(element('th', String(data.years[year]), { scope: 'col' }));
    for (const region of chosen) {
      const cell = element('th', data.regions[region].name, { scope: 'col', class: 'n' });
      if (data.regions[region].zh) cell.append(' ', element('span', data.regions[region].zh, { lang: 'zh' }));
      head.append(cell);
    }
    table.append(head);
    const row = (label, unit, cells, numeric) => {
      const line = element('tr');
      const name = element('th', label, { scope: 'row' });
      if (unit) name.append(' ', element('small', unit));
      line.append(name);
      for (const cell of cells) line.append(element('td', cell, numeric ? { class: 'n' } : {}));
      table.append(line);
    };
    for (const quantity of data.quantities) {
      row(quantity.label, quantity.unit, chosen.map((region) => shown(quantity.rows[region][year])), true);
    }
    for (const view of [data.views.quadrant, data.views.size_cluster, data.views.depth_cluster]) {
      const names = chosen.length > 1 ? view.marks : view.labels;
      const label = (region) => names[view.codes[region][year]] || '–';
      row(view.title, '', chosen.map(label), true);
    }
    card.replaceChildren(table);
    if (selected.size > chosen.length) {
      card.append(element('p', `The last three of ${selected.size} selected regions.`, { class: 'caption' }));
    }
  };

  const select = (ids) => {
    for (const id of selected) mark(id, 'is-selected', false);
    selected = new Set([...ids].filter((id) => byId.has(id)));
    for (const id of selected) mark(id, 'is-selected', true);
    pick.value = selected.size === 1 ? [...selected][0] : '';
    drawCard();
  };
  const regionOf = (target) => {
    const found = target instanceof Element ? target.closest('[data-region], [data-pick]') : null;
    return found ? found.dataset.pick || found.dataset.region : null;
  };

  let hot = null;
  const heat = (id) => {
    if (id === hot) return;
    if (hot !== null) mark(hot, 'is-hot', false);
    hot = id;
    if (hot !== null) mark(hot, 'is-hot', true);
  };
  document.addEventListener('pointerover', (event) => heat(regionOf(event.target)));
  document.addEventListener('focusin', (event) => heat(regionOf(event.target)));
  document.addEventListener('click', (event) => {
    const id = regionOf(event.target);
    if (id === null || String(window.getSelection())) return;
    if (event.shiftKey || event.ctrlKey || event.metaKey) {
      const ids = new Set(selected);
      if (!ids.delete(id)) ids.add(id);
      select(ids);
    } else {
      select(selected.size === 1 && selected.has(id) ? [] : [id]);
    }
  });
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') select([]);
  });
  pick.addEventListener('change', () => select(pick.value ? [pick.value] : []));
  pick.disabled = false;

  /* Playing through the years. */
  const play = document.getElementById('play');
  let timer = null;
  const stop = () => {
    clearInterval(timer);
    timer = null;
    play.textContent = 'Play';
    play.setAttribute('aria-pressed', 'false');
  };
  play.addEventListener('click', () => {
    if (timer !== null) {
      stop();
      return;
    }
    if (year === data.years.length - 1) setYear(0);
    play.textContent = 'Pause';
    play.setAttribute('aria-pressed', 'true');
    timer = setInterval(() => {
      if (year < data.years.length - 1) setYear(year + 1);
      else stop();
    }, 700);
  });
  slider.addEventListener('input', () => {
    stop();
    setYear(Number(slider.value));
  });
  document.getElementById('controls').hidden = data.years.length < 2 || maps.length === 0;

  /* Sorting: missing values stay at the end. */
  const collator = new Intl.Collator('en', { numeric: true });
  const keyOf = (row, column) => {
    const cell = row.cells[column];
    if (cell.classList.contains('none')) return null;
    return cell.dataset.sort === undefined ? cell.textContent.trim() : Number(cell.dataset.sort);
  };
  const compare = (a, b) => (typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(a, b));
  for (const table of document.querySelectorAll('table[id]')) {
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, column) => {
      const button = element('button', undefined, { type: 'button', class: 'sort' });
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener('click', () => {
        const direction = head.getAttribute('aria-sort') === 'descending' ? 1 : -1;
        heads.forEach((other) => other.removeAttribute('aria-sort'));
        head.setAttribute('aria-sort', direction === 1 ? 'ascending' : 'descending');
        const rows = [...table.tBodies[0].rows].map((row) => [keyOf(row, column), row]);
        rows.sort(([a], [b]) => {
          if (a === null || b === null) return (a === null) - (b === null);
          return direction * compare(a, b);
        });
        table.tBodies[0].append(...rows.map(([, row]) => row));
      });
    });
  }

  /* A print shows what is folded away on screen, but for the long list of cells. */
  window.addEventListener('beforeprint', () => {
    for (const details of document.querySelectorAll('main details:not(.words, .long)')) details.open = true;
  });

  setYear(year);
})();
