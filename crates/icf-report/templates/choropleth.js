/* The variable that a map of classes shows, by a selector above it. The classes are those of the run. */
const choropleths = ({ data, element, say, maps, recolour, follow }) => {
  const SVG = 'http://www.w3.org/2000/svg';
  for (const entry of maps.filter(({ svg }) => svg.dataset.view.endsWith('_class'))) {
    const { svg, figure } = entry;
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
      entry.view = chosen.view ? data.views[chosen.view] : chosen;
      figure.classList.toggle('is-empty', recolour(entry) === 0);
      draw(chosen, entry.view);
      heading.textContent = chosen.title + apart;
      figure.querySelector('.plot + .caption').textContent = chosen.caption;
      follow(entry);
    });
    const holder = element('p', undefined, { class: 'variable' });
    holder.append(select);
    figure.querySelector('figcaption').after(holder);
  }
};
