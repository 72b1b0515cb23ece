(() => {
  const data = JSON.parse(document.getElementById('run-data').textContent);
  const byId = new Map(data.regions.map((region, index) => [region.id, index]));
  const chinese = document.documentElement.lang === 'zh';
  // A text in the page's language.
  const say = (english, zh) => (chinese ? zh : english);
  const number = new Intl.NumberFormat('en', { minimumSignificantDigits: 3, maximumSignificantDigits: 3 });
  const shown = (value) => (value === null ? '–' : number.format(value).replace('-', '−'));
  const element = (name, text, attributes = {}) => {
    const made = document.createElement(name);
    if (text !== undefined) made.textContent = text;
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    return made;
  };
  // A code is a digit of base 36, a missing one a dash; a row may end before the years do.
  const codeOf = (view, region) => {
    const digit = view.codes[region][year] ?? '-';
    return digit === '-' ? null : parseInt(digit, 36);
  };
  const nameOf = (region) => data.regions[region].name;
  let year = data.last;
  let selected = new Set();

  /* Marks of a region in every view. */
  const marks = new Map();
  for (const mark of document.querySelectorAll('[data-region]')) {
    const id = mark.dataset.region;
    if (!marks.has(id)) marks.set(id, []);
    marks.get(id).push(mark);
  }
  // An outline is hidden by neighbours that are drawn later; of many regions the order does not matter.
  const RAISED = 40;
  const mark = (id, name, on, raise) => {
    for (const element of marks.get(id) || []) {
      element.classList.toggle(name, on);
      if (on && raise && element.classList.contains('f-region')) element.parentNode.append(element);
    }
  };

  /* Maps: recolour each by the codes of the year. What a region's hint says is written when the pointer comes to it. */
  const linked = [...document.querySelectorAll('svg[data-view]')]
    .map((svg) => ({ svg, view: data.views[svg.dataset.view], figure: svg.closest('figure') }))
    .filter(({ view }) => view !== undefined);
  const maps = linked.filter(({ view }) => view.codes).map((entry) => Object.assign(entry, {
    missing: `url(#${entry.svg.querySelector('pattern').id})`,
    shapes: [...entry.svg.querySelectorAll('.f-region')].map((shape) => [shape, byId.get(shape.dataset.region)]),
    numerals: [...entry.svg.querySelectorAll('.f-mark')].map((text) => [text, byId.get(text.dataset.region)]),
  }));
  const recolour = ({ view, missing, shapes, numerals }) => {
    let known = 0;
    for (const [shape, region] of shapes) {
      const code = codeOf(view, region);
      known += code === null ? 0 : 1;
      shape.setAttribute('fill', code === null ? missing : view.colours[code]);
    }
    for (const [text, region] of numerals) text.textContent = view.marks[codeOf(view, region)] || '';
    return known;
  };
  const labelOf = (view, region) => {
    const code = codeOf(view, region);
    return code === null ? say('no value', '无值') : view.labels[code];
  };

  /* Scatters: move each dot to where it is in the year; beyond the frame it stands at the edge. */
  const scatters = linked.filter(({ view }) => view.x).map((entry) => Object.assign(entry, {
    colour: data.views[entry.view.colour],
    dots: [...entry.svg.querySelectorAll('.f-point')].map((dot) => {
      const spot = dot.querySelector('.f-spot');
      return { dot, spot, region: byId.get(dot.dataset.region), from: [spot.cx.baseVal.value, spot.cy.baseVal.value] };
    }),
  }));
  const place = ({ low, high, from, to, log }, value) => {
    const share = log ? Math.log(value / low) / Math.log(high / low) : (value - low) / (high - low);
    return from + Math.min(1, Math.max(0, share)) * (to - from);
  };
  const valueOn = ({ rows, quantity }, region) => (rows || data.quantities[quantity].rows)[region][year] ?? null;
  const move = ({ svg, view, colour, dots }) => {
    let known = 0;
    for (const { dot, spot, region, from } of dots) {
      const [x, y] = [valueOn(view.x, region), valueOn(view.y, region)];
      const has = x !== null && y !== null;
      known += has ? 1 : 0;
      dot.setAttribute('display', has ? 'inline' : 'none');
      if (!has) continue;
      const code = codeOf(colour, region);
      spot.setAttribute('fill', code === null ? '#ffffff' : colour.colours[code]);
      const [dx, dy] = [place(view.x.axis, x) - from[0], place(view.y.axis, y) - from[1]];
      // The drawing has more digits than the data: a dot that is in its place stays there.
      dot.setAttribute('transform', Math.hypot(dx, dy) < 0.5 ? '' : `translate(${dx.toFixed(2)} ${dy.toFixed(2)})`);
    }
    svg.classList.toggle('is-moved', year !== data.last);
    const rule = (selector, ends, there) => {
      const line = svg.querySelector(selector);
      if (!line) return;
      line.setAttribute('display', there ? 'inline' : 'none');
      for (const [name, value] of Object.entries(ends)) line.setAttribute(name, value);
    };
    if (view.slope) {
      const slope = view.slope[year];
      const { x, y } = view;
      const [low, high] = [x.axis.low, x.axis.high];
      const ends = { x1: place(x.axis, low), y1: place(y.axis, slope * low), x2: place(x.axis, high), y2: place(y.axis, slope * high) };
      rule('.f-slope', ends, slope !== null);
    }
    for (const [name, side] of [['x', view.x], ['y', view.y]]) {
      if (!side.split) continue;
      const at = side.split[year] === null ? 0 : place(side.axis, side.split[year]);
      rule(`.f-split-${name}`, { [`${name}1`]: at, [`${name}2`]: at }, side.split[year] !== null);
    }
    return known;
  };

  const alternative = alternatives({ data, element, say, nameOf, labelOf, valueOn, shown, index: () => year });
  [...maps, ...scatters].forEach(alternative.begin);

  const slider = document.getElementById('year');
  const setYear = (index) => {
    year = index;
    slider.value = String(index);
    slider.setAttribute('aria-valuetext', String(data.years[index]));
    document.getElementById('year-shown').textContent = data.years[index];
    document.getElementById('phase').textContent = index > data.last ? say('projection', '预测') : say('history', '历史');
    for (const entry of [...maps, ...scatters]) {
      const known = entry.view.codes ? recolour(entry) : move(entry);
      for (const label of entry.figure.querySelectorAll('[data-year]')) label.textContent = data.years[year];
      entry.figure.classList.toggle('is-empty', known === 0);
      alternative.follow(entry);
    }
    drawSelection();
  };

  /* The selection: a card of the region that came last, and a table of all. */
  const card = document.getElementById('card-body');
  const pick = document.getElementById('pick');
  const table = document.getElementById('selection');
  const resting = [...card.childNodes];
  const coded = Object.values(data.views).filter((view) => view.codes);
  const drawCard = (region) => {
    const rows = element('table');
    const row = (label, unit, value, attributes) => {
      const line = element('tr');
      const name = element('th', label, { scope: 'row' });
      if (unit) name.append(' ', element('small', unit));
      line.append(name, element('td', value, attributes));
      rows.append(line);
    };
    for (const { label, unit, rows } of data.quantities) row(label, unit, shown(rows[region][year] ?? null), { class: 'n' });
    for (const view of coded) row(view.title, '', labelOf(view, region));
    const title = element('p', `${nameOf(region)} `);
    title.append(element('span', data.regions[region].other, { lang: data.otherLanguage }), ` ${data.years[year]}`);
    card.replaceChildren(title, rows);
  };
  const LISTED = 100;
  const drawTable = (regions) => {
    const head = element('tr');
    head.append(element('th', say('Region', '区域'), { scope: 'col' }));
    for (const { label, unit } of data.quantities) {
      const cell = element('th', label, { scope: 'col', class: 'n' });
      if (unit) cell.append(' ', element('small', unit));
      head.append(cell);
    }
    const short = coded.filter((view) => view.marks);
    for (const view of short) head.append(element('th', view.title, { scope: 'col' }));
    const body = element('tbody');
    for (const region of regions.slice(0, LISTED)) {
      const line = element('tr');
      const name = element('th', undefined, { scope: 'row' });
      name.append(element('button', nameOf(region), { type: 'button', class: 'pick', 'data-pick': data.regions[region].id }));
      line.append(name);
      for (const { rows } of data.quantities) line.append(element('td', shown(rows[region][year] ?? null), { class: 'n' }));
      for (const view of short) line.append(element('td', view.marks[codeOf(view, region)] || '–'));
      body.append(line);
    }
    const all = element('table');
    const cut = regions.length > LISTED ? say(`; the first ${LISTED} of them`, `；仅列前 ${LISTED} 个`) : '';
    const count = regions.length === 1 ? say('One region', '1 个区域') : say(`${regions.length} regions`, `${regions.length} 个区域`);
    all.append(element('caption', say(`${count} selected, in ${data.years[year]}${cut}`, `已选 ${count}，${data.years[year]} 年${cut}`)), element('thead'), body);
    all.tHead.append(head);
    table.replaceChildren(all);
  };
  /* Where the figures of the region that came last come from: each factor with its number, and the sums. */
  const origin = document.getElementById('origin');
  const grouped = new Intl.NumberFormat('en', { maximumSignificantDigits: 4 });
  const plain = (value) => (value === null ? '–' : grouped.format(value).replace('-', '−'));
  const tableOf = (caption, heads, rows) => {
    const made = element('table');
    const head = element('tr');
    for (const [text, numeric] of heads) head.append(element('th', text, { scope: 'col', class: numeric ? 'n' : '' }));
    const body = element('tbody');
    for (const row of rows) {
      const line = element('tr');
      row.forEach((text, column) => line.append(element('td', text, { class: heads[column][1] ? 'n' : '' })));
      body.append(line);
    }
    made.append(element('caption', caption), element('thead'), body);
    made.tHead.append(head);
    const frame = element('div', undefined, { class: 'table' });
    frame.append(made);
    return frame;
  };
  const sum = (values) => values.reduce((total, value) => total + value, 0);
  const quantityOf = (key) => data.quantities.find((one) => one.key === key);
  const quantity = (key, region) => quantityOf(key).rows[region][year] ?? null;
  const drawOrigin = (region) => {
    const { fuels, burnt, classes, area, equivalence, eta, carbon, flags, models, land } = data.origin;
    const parts = [element('h4', say(`${nameOf(region)}, ${data.years[year]}; data set ${data.origin.data}`, `${nameOf(region)}，${data.years[year]} 年；数据集 ${data.origin.data}`))];
    const noted = flags[region].filter(([of]) => of === year);
    const flagOf = (id) => noted.filter(([, item]) => item === id).map(([, , flag, action]) => say(`${flag}, ${action}`, `${flag}，${action}`)).join(say('; ', '；'));
    const tonnes = burnt[region].map((row) => row[year] ?? null);
    const hectares = area[region].map((row) => row[year] ?? null);
    if (year > data.last) {
      parts.push(element('p', say('A projected year: carried on by models, as the levers leave it.', '预测年：由模型外推，并计入措施。')));
      parts.push(element('p', models[region].join(say('; ', '；')) || say('No model is told.', '没有模型说明。')));
    } else {
      if (tonnes.some((value) => value !== null)) {
        const rows = tonnes.flatMap((value, place) => {
          const { name, id, factor, source } = fuels[place];
          if (value === null) return [];
          return [[name, plain((value / factor) * 1000), String(factor), plain(value), flagOf(id) || say('as given', '原值'), source]];
        });
        rows.push([say('together', '合计'), '', '', plain(sum(tonnes)), '', '']);
        const heads = [
          [say('Fuel', '燃料')],
          [say('Amount, kg or m³', '数量，kg 或 m³'), true],
          [say('× factor, kg CO₂ a unit', '× 系数，kg CO₂/单位'), true],
          ['÷ 1000 = t CO₂', true],
          [say('Quality', '质量')],
          [say('Source of the factor', '系数来源')],
        ];
        parts.push(tableOf(say('Emissions: Σ amount × factor', '排放：Σ 数量 × 系数'), heads, rows));
      } else {
        parts.push(element('p', say('No fuel stands behind the emissions: the data set gives them as they are, or one of the fuels is not known.', '排放没有燃料明细：数据集直接给出排放，或某种燃料未知。')));
      }
      if (hectares.some((value) => value !== null)) {
        const rows = hectares.map((value, place) => {
          const { name, npp } = classes[place];
          const equal = equivalence[region][place][0] ?? 1;
          return [name, plain(value), String(npp), String(equal), plain(value * npp * equal), flagOf(classes[place].id) || say('as given or between inventories', '原值或清查年间插值')];
        });
        const total = sum(hectares.map((value, place) => value * classes[place].npp * (equivalence[region][place][0] ?? 1)));
        rows.push([say('together', '合计'), '', '', '', plain(total), '']);
        const heads = [
          [say('Land', '地类')],
          [say('Area, hm²', '面积，hm²'), true],
          [say('× uptake, t C/hm²', '× 吸收量，t C/hm²'), true],
          [say('× equivalence', '× 均衡因子'), true],
          ['= t C', true],
          [say('Quality', '质量')],
        ];
        parts.push(tableOf(say(`Sink: Σ area × uptake × equivalence; areas from ${land}`, `碳汇：Σ 面积 × 吸收量 × 均衡因子；面积来自${land}`), heads, rows));
      } else {
        parts.push(element('p', say('No land stands behind the sink: the area of a class is not known.', '碳汇没有土地明细：某一地类面积未知。')));
      }
      const others = noted.filter(([, item]) => !fuels.some(({ id }) => id === item) && !classes.some(({ id }) => id === item));
      for (const [, item, flag, action] of others) parts.push(element('p', say(`${item}: ${flag}, ${action}`, `${item}：${flag}，${action}`)));
    }
    const value = (key) => shown(quantity(key, region));
    const [mass, hm2] = ['ice', 'icf'].map((key) => quantityOf(key).unit);
    const basis = carbon ? 'CO₂ × 12/44' : say('CO₂ taken for C, as printed', '照原文将 CO₂ 计作 C');
    for (const line of [
      `ICE = ${basis} = ${value('ice')} ${mass}`,
      say(`η = ${plain(eta)} t C/hm², the mean uptake of a hectare`, `η = ${plain(eta)} t C/hm²，每公顷平均吸收量`),
      `ICF = ICE ÷ η = ${value('ice')} ${mass} ÷ ${plain(eta)} = ${value('icf')} ${hm2}`,
      `CEC = CS ÷ η = ${value('cs')} ${mass} ÷ ${plain(eta)} = ${value('cec')} ${hm2}`,
      `${say('depth', '深度')} = 1 + max(ICF − CEC, 0) ÷ CEC = ${value('depth')}`,
      say(
        `size per resident = min(ICF, CEC) ÷ residents = ${value('size')} hm²/person, residents ${value('residents')} million`,
        `人均广度 = min(ICF, CEC) ÷ 人口 = ${value('size')} hm²/人，人口 ${value('residents')} 百万人`,
      ),
    ]) parts.push(element('p', line));
    parts.push(element('p', say('Amounts and sums are rounded to four digits, factors are as they were used; the tables of the run hold all digits.', '数量与合计取四位有效数字，系数为所用原值；全部数位见本次运行的表。'), { class: 'caption' }));
    document.getElementById('origin-body').replaceChildren(...parts);
  };
  const drawSelection = () => {
    const regions = [...selected].map((id) => byId.get(id));
    table.hidden = regions.length === 0;
    origin.hidden = regions.length === 0;
    if (regions.length === 0) {
      card.replaceChildren(...resting);
      table.replaceChildren();
      return;
    }
    drawCard(regions[regions.length - 1]);
    if (origin.open) drawOrigin(regions[regions.length - 1]);
    drawTable(regions);
  };

  origin.addEventListener('toggle', drawSelection);

  const select = (ids) => {
    const wanted = new Set([...ids].filter((id) => byId.has(id)));
    for (const id of selected) if (!wanted.has(id)) mark(id, 'is-selected', false);
    for (const id of wanted) if (!selected.has(id)) mark(id, 'is-selected', true, wanted.size <= RAISED);
    selected = wanted;
    pick.value = selected.size === 1 ? [...selected][0] : '';
    if (selected.size > 0) trajectory.follow([...selected].at(-1));
    drawSelection();
  };
  const trajectory = trajectories({ data, element, say, nameOf, choose: (id) => select([id]) });
  const toggle = (id) => {
    const ids = new Set(selected);
    if (!ids.delete(id)) ids.add(id);
    select(ids);
  };
  const only = (id) => select(selected.size === 1 && selected.has(id) ? [] : [id]);
  const regionOf = (target) => {
    const found = target instanceof Element ? target.closest('[data-region], [data-pick]') : null;
    return found ? found.dataset.pick || found.dataset.region : null;
  };

  /* The region under the pointer or the keyboard. */
  let hot = null;
  const heat = (id) => {
    if (id === hot) return;
    if (hot !== null) mark(hot, 'is-hot', false);
    hot = id;
    if (hot !== null) mark(hot, 'is-hot', true, true);
  };
  const hint = (target) => {
    const shape = target instanceof Element ? target.closest('.f-region, .f-point') : null;
    const map = shape && linked.find(({ svg }) => svg.contains(shape));
    if (!map) return;
    const region = byId.get(shape.dataset.region);
    const { view } = map;
    const words = view.codes ? labelOf(view, region) : `${shown(valueOn(view.x, region))} ${say('and', '与')} ${shown(valueOn(view.y, region))}`;
    let title = shape.querySelector('title');
    if (!title) {
      title = document.createElementNS('http://www.w3.org/2000/svg', 'title');
      shape.append(title);
    }
    title.textContent = `${nameOf(region)}${say(':', '：')} ${words}`;
  };
  document.addEventListener('pointerover', (event) => {
    hint(event.target);
    heat(regionOf(event.target));
  });
  document.addEventListener('focusin', (event) => heat(regionOf(event.target)));

  /* Selecting: a click takes one, with Shift one more; a box takes all whose middle is in it. */
  let box = null;
  let boxed = false;
  document.addEventListener('pointerdown', (event) => {
    const svg = event.target instanceof Element ? event.target.closest('.plot svg') : null;
    boxed = false;
    if (event.button !== 0 || event.pointerType === 'touch' || !svg || !svg.querySelector('[data-region]')) return;
    event.preventDefault();
    box = { svg, x: event.clientX, y: event.clientY, frame: null };
  });
  const edges = (event) => ({
    left: Math.min(box.x, event.clientX),
    right: Math.max(box.x, event.clientX),
    top: Math.min(box.y, event.clientY),
    bottom: Math.max(box.y, event.clientY),
  });
  document.addEventListener('pointermove', (event) => {
    if (!box || Math.hypot(event.clientX - box.x, event.clientY - box.y) < 6) return;
    if (!box.frame) {
      box.frame = element('div', undefined, { class: 'box' });
      document.body.append(box.frame);
    }
    const { left, right, top, bottom } = edges(event);
    Object.assign(box.frame.style, { left: `${left}px`, top: `${top}px`, width: `${right - left}px`, height: `${bottom - top}px` });
  });
  const release = (event) => {
    if (box && box.frame) {
      const { left, right, top, bottom } = edges(event);
      const ids = new Set(event.shiftKey ? selected : []);
      for (const mark of box.svg.querySelectorAll('[data-region]')) {
        const of = (mark.querySelector('.f-spot') || mark).getBoundingClientRect();
        const [x, y] = [(of.left + of.right) / 2, (of.top + of.bottom) / 2];
        if (of.width > 0 && x >= left && x <= right && y >= top && y <= bottom) ids.add(mark.dataset.region);
      }
      box.frame.remove();
      boxed = true;
      select(ids);
    }
    box = null;
  };
  document.addEventListener('pointerup', release);
  document.addEventListener('pointercancel', () => {
    if (box && box.frame) box.frame.remove();
    box = null;
  });
  document.addEventListener('click', (event) => {
    const id = regionOf(event.target);
    if (boxed || id === null || String(window.getSelection())) {
      boxed = false;
      return;
    }
    if (event.shiftKey || event.ctrlKey || event.metaKey) toggle(id);
    else only(id);
  });

  /* By keyboard: arrows go through the regions of a map or plot by name, Enter takes one. */
  const collator = new Intl.Collator(say('en', 'zh'), { numeric: true });
  const order = data.regions.map((region) => region.id);
  order.sort((a, b) => collator.compare(nameOf(byId.get(a)), nameOf(byId.get(b))));
  for (const svg of document.querySelectorAll('.plot svg')) {
    if (svg.querySelector('[data-region]')) svg.setAttribute('tabindex', '0');
  }
  const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') select([]);
    const svg = event.target instanceof Element ? event.target.closest('.plot svg') : null;
    if (!svg) return;
    if (event.key in STEPS) {
      const inside = new Set([...svg.querySelectorAll('[data-region]')].map((mark) => mark.dataset.region));
      const ids = order.filter((id) => inside.has(id));
      const at = ids.indexOf(hot);
      const next = at < 0 ? 0 : (at + STEPS[event.key] + ids.length) % ids.length;
      heat(ids[next]);
      document.getElementById('hot').textContent = nameOf(byId.get(hot));
    } else if ((event.key === 'Enter' || event.key === ' ') && hot !== null) {
      if (event.shiftKey) toggle(hot);
      else only(hot);
    } else {
      return;
    }
    event.preventDefault();
  });
  pick.addEventListener('change', () => select(pick.value ? [pick.value] : []));
  pick.disabled = false;

  /* Playing through the years. */
  const play = document.getElementById('play');
  let timer = null;
  const stop = () => {
    clearInterval(timer);
    timer = null;
    play.textContent = say('Play', '播放');
    play.setAttribute('aria-pressed', 'false');
  };
  play.addEventListener('click', () => {
    if (timer !== null) {
      stop();
      return;
    }
    if (year === data.years.length - 1) setYear(0);
    play.textContent = say('Pause', '暂停');
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
  document.getElementById('controls').hidden = data.years.length < 2 || linked.length === 0;

  /* Sorting: missing values stay at the end. */
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

  choropleths({ data, element, say, maps, recolour, follow: alternative.follow });
  setYear(year);
})();
