'use strict';
/* Trajectories of the nation, a group or a region: history and projection, thresholds, crossings, and the fan where there are
   draws. The page brings those of the nation as drawn with its other figures; they stand until something else is wanted. */
const trajectories = ({ data, element, say, nameOf, choose }) => {
  const SVG = 'http://www.w3.org/2000/svg';
  const [WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM] = [560, 320, 44, 516, 28, 294];
  const { years, last, trajectory, quantities } = data;
  const places = [...document.querySelectorAll('.trajectory')];
  const control = document.getElementById('scope');
  const panels = [
    {
      title: say('Emissions, sink and thresholds', '排放、碳汇与阈值'),
      names: ['ICE', 'CS'],
      words: [say('industrial carbon emissions (ICE)', '工业碳排放（ICE）'), say('ecosystem carbon sink (CS)', '生态系统碳汇（CS）')],
    },
    {
      title: say('Footprint and capacity', '工业碳生态足迹与碳生态承载力'),
      names: ['ICF', 'CEC'],
      words: [say('industrial carbon footprint (ICF)', '工业碳生态足迹（ICF）'), say('carbon ecological capacity (CEC)', '碳生态承载力（CEC）')],
    },
  ];
  const figures = (value, digits) => new Intl.NumberFormat('en', { maximumSignificantDigits: digits, minimumSignificantDigits: digits }).format(value).replace('-', '−');
  const capitalised = (words) => words[0].toUpperCase() + words.slice(1);
  const cell = (value) => (value === null || value === undefined ? '–' : figures(value, 4));
  const drawn = (name, attributes, text) => {
    const made = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, typeof value === 'number' ? String(Math.round(value * 100) / 100) : value);
    if (text !== undefined) made.textContent = text;
    return made;
  };
  // Estimated width of words, on the safe side.
  const room = (words) => [...words].reduce((sum, letter) => sum + (letter > '⺀' ? 11 : 6.4), 0);
  const roundStep = (step) => {
    const power = 10 ** Math.floor(Math.log10(step));
    return ([1, 2, 2.5, 5].find((lead) => step / power <= lead * (1 + 1e-9)) ?? 10) * power;
  };

  const scope = (key) => {
    if (key === 'nation') return { name: say('Nation', '全国'), rows: trajectory.nation };
    if (key.startsWith('group:')) return trajectory.groups.find((group) => group.key === key);
    const region = data.regions.findIndex(({ id }) => `region:${id}` === key);
    return { name: nameOf(region), rows: ['ice', 'cs', 'icf', 'cec'].map((name) => quantities.find((one) => one.key === name).rows[region]) };
  };

  const chart = (key, name, rows, panel, place) => {
    const unit = trajectory.units[place];
    const lines = [0, 1].map((line) => years.map((_, year) => rows[2 * place + line][year] ?? null));
    const fan = trajectory.fans[key] ? [0, 1].map((line) => trajectory.fans[key][2 * place + line]) : [[], []];
    const levels = place === 0 ? trajectory.levels[key] ?? [] : [];
    const crossed = (trajectory.crossed[key] ?? []).filter(([of]) => of === place).map(([, year, level]) => [year, level === undefined ? panel.names[1] : levels[level][0]]);
    const id = `trajectory-${place}`;
    const svg = drawn('svg', { class: 'figure', width: WIDTH, height: HEIGHT, viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: 'img', 'aria-labelledby': `${id}-title ${id}-desc` });
    const highest = Math.max(0, ...lines.flat(), ...fan.flat().flatMap((row) => row ?? []), ...levels.map(([, level]) => level));
    const step = roundStep((highest || 1) / 5);
    const high = Math.ceil((highest || 1) / step - 1e-9) * step;
    const x = (year) => LEFT + ((RIGHT - LEFT) * year) / Math.max(1, years.length - 1);
    const y = (value) => BOTTOM - ((BOTTOM - TOP) * value) / high;

    /* Axes. */
    if (last < years.length - 1) svg.append(drawn('rect', { x: x(last), y: TOP, width: RIGHT - x(last), height: BOTTOM - TOP, class: 'f-future' }));
    svg.append(drawn('line', { x1: LEFT, y1: BOTTOM, x2: RIGHT, y2: BOTTOM, class: 'f-axis' }));
    const apart = [1, 2, 5, 10, 20, 50, 100].find((wide) => (years.length - 1) / wide <= (RIGHT - LEFT) / 34) ?? 100;
    years.forEach((year, at) => {
      if (year % apart !== 0 && years.length > 1) return;
      svg.append(drawn('line', { x1: x(at), y1: BOTTOM, x2: x(at), y2: BOTTOM + 4, class: 'f-axis' }));
      svg.append(drawn('text', { x: x(at), y: BOTTOM + 16, 'text-anchor': 'middle', class: 'f-tick' }, year));
    });
    const digits = Math.max(0, ...[0, 1, 2, 3, 4, 5, 6].filter((places) => Math.abs(step * 10 ** places - Math.round(step * 10 ** places)) < 1e-6 * step * 10 ** places).slice(0, 1));
    const tick = new Intl.NumberFormat('en', { minimumFractionDigits: digits, maximumFractionDigits: digits });
    for (let value = 0; value <= high * (1 + 1e-9); value += step) {
      svg.append(drawn('line', { x1: LEFT, y1: y(value), x2: RIGHT, y2: y(value), class: 'f-grid' }));
      svg.append(drawn('text', { x: LEFT - 7, y: y(value) + 3.5, 'text-anchor': 'end', class: 'f-tick' }, tick.format(value)));
    }
    svg.append(drawn('text', { x: 0, y: TOP - 12, class: 'f-axis-title' }, unit));

    /* Fans: the middle 95, 80 and 50 % of the draws, from what was last observed on. */
    const styles = ['load', 'capacity'];
    fan.forEach((drawnYears, line) => {
      if (drawnYears.length === 0) return;
      for (const [low, up] of [[0, 6], [1, 5], [2, 4]]) {
        const start = lines[line][last] === null ? [] : [[last, lines[line][last], lines[line][last]]];
        const points = start.concat(drawnYears.flatMap((row, at) => (row ? [[last + 1 + at, row[low], row[up]]] : [])));
        const edge = points.map(([year, value]) => `${x(year).toFixed(2)} ${y(value).toFixed(2)}`);
        const back = points.map(([year, , value]) => `${x(year).toFixed(2)} ${y(value).toFixed(2)}`).reverse();
        svg.append(drawn('path', { d: `M${edge.concat(back).join('L')}Z`, class: `f-fan f-fan-${styles[line]}` }));
      }
    });

    /* Thresholds, each named where it is clearest. */
    for (const [label, level] of levels) {
      svg.append(drawn('line', { x1: LEFT, y1: y(level), x2: RIGHT, y2: y(level), class: 'f-threshold' }));
      const width = room(label);
      const clear = ([at, base]) => Math.min(60, ...lines.flatMap((values) => values.flatMap((value, year) => (value !== null && x(year) > at - 14 && x(year) < at + width + 14 ? [Math.abs(y(value) - base + 4)] : []))));
      const spots = [LEFT + 6, RIGHT - width - 6, (LEFT + RIGHT - width) / 2].flatMap((at) => [[at, y(level) - 5], [at, y(level) + 14]]);
      const [at, base] = spots.reduce((best, spot) => (clear(spot) > clear(best) ? spot : best));
      svg.append(drawn('text', { x: at, y: base, class: 'f-text f-halo' }, label));
    }

    /* Lines: solid while observed, dashed from then on; a missing value breaks them. */
    lines.forEach((values, line) => {
      const path = (from, to) => {
        let [pen, text] = ['M', ''];
        for (let year = from; year <= to; year += 1) {
          if (values[year] === null) {
            pen = 'M';
            continue;
          }
          text += `${pen}${x(year).toFixed(2)} ${y(values[year]).toFixed(2)}`;
          pen = 'L';
        }
        return text;
      };
      const [observed, projected] = [path(0, last), path(last, years.length - 1)];
      if (observed.includes('L')) svg.append(drawn('path', { d: observed, class: `f-line f-${styles[line]}` }));
      else values.slice(0, last + 1).forEach((value, year) => value !== null && svg.append(drawn('circle', { cx: x(year), cy: y(value), r: 3, class: `f-dot f-${styles[line]}` })));
      if (projected.includes('L')) svg.append(drawn('path', { d: projected, class: `f-line f-projected f-${styles[line]}` }));
    });
    const ends = lines.map((values, line) => [values.findLast((value) => value !== null), line]).filter(([value]) => value !== undefined);
    ends.sort((a, b) => b[0] - a[0]);
    const heights = ends.map(([value]) => y(value));
    if (heights.length === 2 && heights[1] - heights[0] < 14) {
      const middle = (heights[0] + heights[1]) / 2;
      [heights[0], heights[1]] = [middle - 7, middle + 7];
    }
    ends.forEach(([, line], at) => svg.append(drawn('text', { x: RIGHT + 7, y: heights[at] + 4, class: `f-label f-${styles[line]}` }, panel.names[line])));

    /* Crossings. */
    for (const year of new Set(crossed.map(([at]) => at))) {
      const value = lines[0][year];
      const above = crossed.filter(([at]) => at === year).map(([, what]) => what).join(say(' and ', '和'));
      const ring = drawn('circle', { cx: x(year), cy: y(value), r: 4.5, class: 'f-crossing' });
      ring.append(drawn('title', {}, say(`${years[year]}: above ${above}`, `${years[year]} 年：突破${above}`)));
      svg.append(ring);
      const inside = x(year) + 14 > RIGHT;
      svg.append(drawn('text', { x: inside ? RIGHT : x(year), y: y(value) - 10, 'text-anchor': inside ? 'end' : 'middle', class: 'f-text f-strong f-halo' }, years[year]));
    }

    /* The same in words and as a table. */
    const told = [...new Set([0, last, years.length - 1])];
    const each = [0, 1].map((line) => {
      const values = told.filter((year) => lines[line][year] !== null).map((year) => say(`${figures(lines[line][year], 3)} in ${years[year]}`, `${years[year]} 年 ${figures(lines[line][year], 3)}`));
      return values.length ? say(`${capitalised(panel.words[line])}: ${values.join(', ')} (${unit}).`, `${panel.words[line]}：${values.join('，')}（${unit}）。`) : say(`${capitalised(panel.words[line])}: no values.`, `${panel.words[line]}：无值。`);
    });
    const events = crossed.map(([year, what]) => say(`${what} in ${years[year]}`, `${what}（${years[year]} 年）`));
    const story = events.length ? say(`${panel.names[0]} rises above ${events.join('; ')}.`, `${panel.names[0]} 突破 ${events.join('；')}。`) : say(`${panel.names[0]} crosses none of the lines from below.`, `${panel.names[0]} 未自下而上突破任何一条线。`);
    const hasFan = fan.some((line) => line.length > 0);
    const draws = hasFan ? say(' Shaded: the middle 50, 80 and 95 % of the draws.', '阴影：抽样的中间 50%、80% 与 95%。') : '';
    const without = !hasFan && trajectory.fansOf !== null && key.startsWith('region:') ? say(` The page holds the fans of the ${trajectory.fansOf} regions that emit most; all are in tables/ensemble.csv.`, `页面仅含排放最多的 ${trajectory.fansOf} 个区域的扇形；全部见 tables/ensemble.csv。`) : '';
    const netted = key.startsWith('region:') ? '' : say(' Netted over its regions.', '各区域相抵。');
    const caption = say(`${capitalised(panel.words[0])} and ${panel.words[1]}; dashed: projection.${netted} ${story}${draws}${without}`, `${panel.words[0]}与${panel.words[1]}；虚线为预测。${netted}${story}${draws}${without}`);
    const title = say(`${panel.title}: ${name}`, `${panel.title}：${name}`);
    const description = `${each.join(say(' ', ''))}${say(' ', '')}${story}`;
    svg.prepend(drawn('title', { id: `${id}-title` }, title), drawn('desc', { id: `${id}-desc` }, description));

    const heads = [say('Year', '年份'), ...panel.names];
    if (hasFan) for (const line of panel.names) for (const share of [95, 80, 50]) heads.push(`${line} ${share} %`);
    heads.push(say('Unit', '单位'));
    const head = element('tr');
    for (const text of heads) head.append(element('th', text, { scope: 'col' }));
    const body = element('tbody');
    years.forEach((year, at) => {
      const cells = [year, cell(lines[0][at]), cell(lines[1][at])];
      if (hasFan) {
        for (const line of fan) {
          const row = line[at - last - 1];
          for (const [low, up] of [[0, 6], [1, 5], [2, 4]]) cells.push(row ? `${cell(row[low])}–${cell(row[up])}` : '–');
        }
      }
      const row = element('tr');
      for (const text of [...cells, unit]) row.append(element('td', text));
      body.append(row);
    });
    const table = element('table');
    table.append(element('thead'), body);
    table.tHead.append(head);
    const frame = element('div', undefined, { class: 'table tall', tabindex: '0', role: 'group', 'aria-label': say(`${title}, as a table`, `${title}（表格）`) });
    frame.append(table);

    const fold = (summary, content) => {
      const details = element('details', undefined, { class: 'words' });
      details.append(element('summary', summary), content);
      return details;
    };
    const figure = element('figure');
    const heading = element('figcaption');
    heading.append(element('strong', title));
    const plot = element('div', undefined, { class: 'plot' });
    plot.append(svg);
    figure.append(heading, plot, element('p', caption, { class: 'caption' }), fold(say('In words', '文字说明'), element('p', description)), fold(say('As a table', '数据表'), frame));
    return figure;
  };

  // A list of thousands would cost a browser more than all else: it then holds the region that the maps have selected.
  const isCrowd = data.regions.length > 400;
  const followed = element('option');
  let shownKey = null;
  const show = (key) => {
    if (key === shownKey) return;
    shownKey = key;
    const still = key === 'nation' && !trajectory.fans.nation;
    const { name, rows } = scope(key);
    if (isCrowd && key.startsWith('region:')) {
      followed.value = key;
      followed.textContent = name;
      control.append(followed);
    }
    control.value = key;
    places.forEach((place, at) => {
      const [first] = place.children;
      first.hidden = !still;
      // What stands open stays open.
      const open = [...place.children].at(-1).querySelectorAll('details');
      const state = [...open].map((details) => details.open);
      for (const old of [...place.children].slice(1)) old.remove();
      if (still) return;
      const made = chart(key, name, rows, panels[at], at);
      made.querySelectorAll('details').forEach((details, place) => { details.open = state[place] ?? false; });
      place.append(made);
    });
  };

  const options = (label, entries) => {
    const group = element('optgroup', undefined, { label });
    for (const [value, text] of entries) group.append(element('option', text, { value }));
    if (entries.length) control.append(group);
  };
  control.append(element('option', say('Nation', '全国'), { value: 'nation' }));
  options(say('Groups', '分组'), trajectory.groups.map((group) => [group.key, group.name]));
  if (!isCrowd) options(say('Regions', '区域'), data.regions.map(({ id }, region) => [`region:${id}`, nameOf(region)]));
  control.addEventListener('change', () => {
    if (control.value.startsWith('region:')) choose(control.value.slice(7));
    else show(control.value);
  });
  control.closest('.controls').hidden = false;
  show('nation');
  return { follow: (id) => show(`region:${id}`) };
};
