/* The variable that a map of classes shows, by a selector above it. The classes are those of the run. */
const choropleths = ({ data, element, say, linked, maps, recolour, nameOf, labelOf, now }) => {
  const SVG = 'http://www.w3.org/2000/svg';
  for (const entry of linked.filter(({ svg }) => svg.dataset.view.endsWith('_class'))) {
    const { svg, figure } = entry;
    const map = maps.find((one) => one.figure === figure);
    const legend = svg.lastElementChild;
    const first = data.choropleth.find(({ view }) => view === svg.dataset.view);
    if (!first || data.choropleth.length < 2) continue;
    // The last entries say what has no value, and what is not in the run.
    const pairs = [...legend.querySelectorAll('rect')].map((rect) => [rect, rect.nextElementSibling]);
    const rest = pairs.slice(first.bounds.length);
    const top = Number(pairs[0][0].getAttribute('y'));
    const [, , width, height] = svg.getAttribute('viewBox').split(' ').map(Number);
    const rows = pairs.map(([rect]) => Number(rect.getAttribute('y')));
    const below = height - Math.max(...rows);
    const heading = figure.querySelector('strong').firstChild;
    const apart = heading.textContent.slice(first.title.length);
    const draw = (chosen, view) => {
      const fresh = chosen.bounds.map((bounds, place) => {
        const rect = document.createElementNS(SVG, 'rect');
        for (const [name, value] of [['width', 12], ['height', 12], ['fill', view.colours[place]], ['class', 'f-swatch']]) rect.setAttribute(name, value);
        const text = document.createElementNS(SVG, 'text');
        text.setAttribute('class', 'f-text');
        text.textContent = bounds;
        return [rect, text];
      });
      legend.replaceChildren();
      let [x, y] = [0, top];
      for (const [rect, text] of [...fresh, ...rest]) {
        legend.append(rect, text);
        const room = 17 + text.getComputedTextLength();
        if (x > 0 && x + room > width) [x, y] = [0, y + 18];
        rect.setAttribute('x', x);
        rect.setAttribute('y', y);
        text.setAttribute('x', x + 17);
        text.setAttribute('y', y + 10);
        x += room + 14;
      }
      svg.setAttribute('viewBox', `0 0 ${width} ${Math.max(height, y + below)}`);
      svg.setAttribute('height', Math.max(height, y + below));
    };
    const select = element('select', undefined, { 'aria-label': say('Variable of the map', '地图变量') });
    for (const { key, title } of data.choropleth) select.append(element('option', title, { value: key }));
    select.value = first.key;
    select.addEventListener('change', () => {
      const chosen = data.choropleth.find(({ key }) => key === select.value);
      const view = chosen.view ? data.views[chosen.view] : chosen;
      entry.view = view;
      map.view = view;
      figure.classList.toggle('is-empty', recolour(map)[1] === 0);
      draw(chosen, view);
      heading.textContent = chosen.title + apart;
      figure.querySelector('.plot + .caption').textContent = chosen.caption;
      const named = new Map();
      data.regions.forEach((_, region) => {
        const label = labelOf(view, region);
        named.set(label, [...(named.get(label) ?? []), nameOf(region)]);
      });
      const words = [...named].sort().map(([label, names]) => {
        const listed = names.length > 100 ? say(`${names.length} regions`, `${names.length} 个区域`) : names.join(say(', ', '、'));
        return say(`${label}: ${listed}.`, `${label}：${listed}。`);
      });
      const told = `${chosen.title}, ${now()}. ${words.join(' ')}`;
      svg.querySelector('title').textContent = `${chosen.title}, ${now()}`;
      svg.querySelector('desc').textContent = told;
      figure.querySelector('.words p').textContent = told;
    });
    const holder = element('p', undefined, { class: 'variable' });
    holder.append(select);
    figure.querySelector('figcaption').after(holder);
  }
};
