"use strict";

// The text is the scenario; the form is made of the published schema and of what the text says. A field that is changed asks
// the server to change that one value of the text, and gets the new text with all that is wrong with it.

const text = document.getElementById("text");
const form = document.getElementById("form");
const state = document.getElementById("state");
const find = document.getElementById("find");
const begin = document.getElementById("begin");
const refused = document.getElementById("refused");
const PAUSE = 250;

let schema = null;
let told = { written: [], keys: [], diagnostics: [], is_sound: false };
// What the scenario said when it could last be resolved: a mistake in one value does not take the others from the form.
let resolved = new Map();
let drawn = "";
const open = new Set(["projection"]);

function element(name, attributes, ...inner) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (value === true) made.setAttribute(key, "");
    else if (value !== false && value !== undefined && value !== null) made.setAttribute(key, value);
  }
  made.append(...inner.filter((one) => one !== null && one !== undefined));
  return made;
}

// Words of the schema: what stands in backticks is code.
function words(about) {
  return (about || "").split("`").map((part, place) => (place % 2 ? element("code", {}, part) : part));
}

// ---- The schema ----

function at(place) {
  let found = place;
  while (found.$ref) {
    const target = found.$ref.slice(2).split("/").reduce((inner, step) => inner[step], schema);
    found = { ...target, description: found.description || target.description, default: found.default };
  }
  return found;
}

// The alternatives of a place, each without alternatives of its own.
function alternatives(place) {
  const here = at(place);
  const several = here.oneOf || here.anyOf;
  if (!several) return [here];
  return several.flatMap(alternatives).filter((one) => one.type !== "null");
}

function has(one, type) {
  return one.type === type || (Array.isArray(one.type) && one.type.includes(type));
}

function isScalar(one) {
  return one.enum || one.const !== undefined || ["string", "number", "integer", "boolean"].some((type) => has(one, type));
}

// The key that tells mappings apart, such as `model`.
function tag(mappings) {
  if (mappings.length < 2) return null;
  const first = Object.entries(mappings[0].properties || {}).find(([, inner]) => inner.const !== undefined);
  return first && mappings.every((one) => one.properties && one.properties[first[0]]?.const !== undefined) ? first[0] : null;
}

// ---- What the scenario says ----

let values = new Map();

function gather() {
  if (told.keys.length) resolved = new Map(told.keys);
  values = new Map(resolved);
  const said = new Map(told.written.map((one) => [one.key, one.value]));
  for (const [key, value] of said) values.set(key, value);
  // `{}` above a key that is there says nothing.
  for (const [key, value] of [...values]) {
    if ((value === "{}" || value === "[]") && [...values.keys()].some((of) => below(of, key))) values.delete(key);
  }
}

function below(of, key) {
  return of.length > key.length && of.startsWith(key) && (of[key.length] === "." || of[key.length] === "[");
}

// The names of what stands right below a key.
function children(key) {
  const names = new Set();
  for (const of of values.keys()) {
    if (below(of, key) && of[key.length] === ".") names.add(of.slice(key.length + 1).split(/[.[]/)[0]);
  }
  return [...names];
}

function items(key) {
  const numbers = new Set();
  for (const of of values.keys()) {
    if (of.startsWith(key + "[")) numbers.add(parseInt(of.slice(key.length + 1), 10));
  }
  return [...numbers].sort((a, b) => a - b);
}

function isThere(key) {
  return values.has(key) || [...values.keys()].some((of) => below(of, key));
}

// A scalar as YAML within brackets.
function quoted(value) {
  return /^[\p{L}\p{N}-][\p{L}\p{N} ._%/-]*$/u.test(value) ? value : JSON.stringify(value);
}

// What stands at a key, in one line of YAML.
function flow(key) {
  if (values.has(key)) return ["{}", "[]", "~"].includes(values.get(key)) ? values.get(key) : quoted(values.get(key));
  const numbers = items(key);
  if (numbers.length) return `[${numbers.map((number) => flow(`${key}[${number}]`)).join(", ")}]`;
  const names = children(key);
  return names.length ? `{ ${names.map((name) => `${name}: ${flow(`${key}.${name}`)}`).join(", ")} }` : "";
}

// ---- The form ----

let fields = new Map();

function identity(key) {
  return "f-" + key.replace(/[^\p{L}\p{N}]/gu, "-");
}

function field(key, name, about, input, change) {
  const id = identity(key);
  input.id = id;
  input.dataset.key = key;
  input.setAttribute("aria-describedby", `${id}-help ${id}-mistake`);
  const help = element("p", { class: "help", id: `${id}-help`, lang: "en" }, ...words(about));
  const mistake = element("p", { class: "mistake", id: `${id}-mistake`, hidden: true, lang: "en" });
  fields.set(key, { input, mistake, change, said: input.value });
  return element("div", { class: "field", "data-key": key }, element("label", { for: id, lang: "en" }, name), input, help, mistake);
}

function typed(key, name, one, about, choices) {
  const listed = choices.length ? `${identity(key)}-choices` : null;
  const example = (one && one.examples && one.examples[0]) ?? (one && one.default);
  const input = element("input", {
    type: "text",
    value: values.get(key) === "~" ? "" : values.get(key) ?? "",
    placeholder: example !== undefined && example !== null && typeof example !== "object" ? lang(`e.g. ${example}`, `例如 ${example}`) : undefined,
    list: listed,
    spellcheck: "false",
    inputmode: one && (has(one, "number") || has(one, "integer")) && !has(one, "string") ? "decimal" : undefined,
  });
  const made = field(key, name, about, input, () => (input.value.trim() === "" ? {} : { text: input.value.trim() }));
  if (listed) made.append(element("datalist", { id: listed }, ...choices.map((word) => element("option", { value: word }))));
  return made;
}

function chosen(key, name, choices, meanings, about, change) {
  const value = values.get(key) ?? "";
  const all = choices.includes(value) ? choices : [value, ...choices];
  const select = element("select", {}, ...all.map((word) => element("option", { value: word, selected: word === value }, word || "–")));
  const meaning = meanings[choices.indexOf(value)];
  const both = [about, meaning && `\`${value}\`: ${meaning}`].filter(Boolean).join(" ");
  return field(key, name, both, select, change || (() => (select.value === "" ? {} : { text: select.value })));
}

function asYaml(key, name, about) {
  const area = element("textarea", { rows: "2", spellcheck: "false" });
  area.value = flow(key);
  area.defaultValue = area.value;
  const made = field(key, name, about, area, () => (area.value.trim() === "" ? {} : { yaml: area.value }));
  made.classList.add("yaml");
  return made;
}

// The fields of a key; `title` is what it is called.
function draw(key, title, place) {
  const all = alternatives(place);
  const about = at(place).description;
  const mappings = all.filter((one) => has(one, "object") || one.properties);
  const lists = all.filter((one) => has(one, "array"));
  const scalars = all.filter(isScalar);
  const value = values.get(key);
  const holds = value !== undefined && value !== "{}" && value !== "[]" && value !== "~";
  const unset = !isThere(key) || value === "~";
  if (mappings.length && !holds && !(unset && (scalars.length || tag(mappings)))) {
    const inner = mapping(key, mappings);
    if (inner.length) return group(key, title, about, inner, unset);
  }
  if (lists.length && items(key).some((number) => children(`${key}[${number}]`).length)) {
    const each = items(key).map((number) => {
      const of = `${key}[${number}]`;
      return draw(of, values.get(`${of}.name`) || `${title} ${number + 1}`, lists[0].items);
    });
    return group(key, title, about, each);
  }
  if (scalars.length && (holds || (unset && !lists.length && !mappings.length))) {
    const choices = scalars.flatMap((one) => one.enum || (one.const !== undefined ? [one.const] : []));
    const meanings = scalars.flatMap((one) => one.enumDescriptions || (one.const !== undefined ? [one.description] : []));
    const free = scalars.find((one) => !one.enum && one.const === undefined);
    if (choices.length && !free && !lists.length) return chosen(key, title, choices, meanings, about);
    if (free && has(free, "boolean")) return chosen(key, title, ["true", "false"], [], about);
    return typed(key, title, free || scalars[0], about, choices);
  }
  return asYaml(key, title, about);
}

function mapping(key, mappings) {
  const which = tag(mappings);
  const inner = [];
  let one = mappings[0];
  if (which) {
    const choices = mappings.map((of) => of.properties[which].const);
    const meanings = mappings.map((of) => of.properties[which].description || of.description);
    one = mappings.find((of) => of.properties[which].const === values.get(`${key}.${which}`)) || { properties: {} };
    // Another model has other keys: the whole mapping begins anew.
    const anew = () => ({ of: key, yaml: `{ ${which}: ${fields.get(`${key}.${which}`).input.value} }` });
    inner.push(chosen(`${key}.${which}`, which, choices, meanings, null, anew));
  }
  const named = Object.keys(one.properties || {}).filter((name) => name !== which);
  for (const name of named) inner.push(draw(`${key}.${name}`, name, one.properties[name]));
  if (one.additionalProperties && typeof one.additionalProperties === "object") {
    for (const name of children(key).filter((name) => !named.includes(name) && name !== which)) {
      inner.push(draw(`${key}.${name}`, name, one.additionalProperties));
    }
  }
  return inner;
}

function group(key, title, about, inner, isUnset) {
  const help = about ? element("p", { class: "help", lang: "en" }, ...words(about)) : null;
  // What is not in use is there to be found, and takes one line.
  if (isUnset && key.includes(".")) {
    return element("details", { "data-key": key, class: "unset" }, element("summary", { lang: "en" }, title, element("small", { lang: document.documentElement.lang }, lang(" not in use", " 未使用"))), help, ...inner);
  }
  return element("fieldset", { "data-key": key }, element("legend", { lang: "en" }, title), help, ...inner);
}

function section(name, place) {
  const inner = draw(name, name, place);
  const body = inner.tagName === "FIELDSET" ? [...inner.children].filter((one) => one.tagName !== "LEGEND") : [inner];
  const fold = element("details", { "data-section": name, open: open.has(name) }, element("summary", { lang: "en" }, name, " ", element("small", { class: "count", lang: document.documentElement.lang })), ...body);
  // What a search opens is closed again after it.
  fold.addEventListener("toggle", () => find.value.trim() === "" && (fold.open ? open.add(name) : open.delete(name)));
  return fold;
}

function render() {
  gather();
  const before = fields;
  const active = document.activeElement;
  const focused = active && active.dataset.key;
  fields = new Map();
  const properties = schema.$defs.Scenario.properties;
  const plain = ["name", "description", "data"];
  const made = [
    ...plain.map((name) => draw(name, name, properties[name])),
    ...Object.keys(properties).filter((name) => !plain.includes(name)).map((name) => section(name, properties[name])),
  ];
  // What the person still says of a field stands above what the text says of it.
  const isHeld = (key) => key === focused || pending.has(key) || failed.has(key);
  const now = [...fields].map(([key, { input }]) => `${key} ${input.tagName}`).join("\n");
  if (now === drawn) {
    for (const [key, kept] of before) {
      const { input } = kept;
      const fresh = fields.get(key).input;
      const said = fresh.value;
      document.getElementById(`${input.id}-help`).replaceChildren(...fresh.parentElement.querySelector(".help").childNodes);
      if (!isHeld(key)) {
        if (input.tagName === "SELECT") input.replaceChildren(...fresh.children);
        input.value = said;
      }
      fields.set(key, { ...kept, said });
    }
  } else {
    for (const [key, fresh] of fields) {
      const kept = before.get(key);
      if (!kept || !isHeld(key) || kept.input.tagName !== fresh.input.tagName) continue;
      fresh.input.replaceWith(kept.input);
      fields.set(key, { ...fresh, input: kept.input, change: kept.change });
    }
    const unfolded = new Set([...form.querySelectorAll("details[data-key][open]")].map((one) => one.dataset.key));
    const cursor = focused && active.setSelectionRange ? [active.selectionStart, active.selectionEnd] : null;
    form.replaceChildren(...made);
    drawn = now;
    for (const one of form.querySelectorAll("details[data-key]")) one.open = unfolded.has(one.dataset.key);
    const again = focused && fields.get(focused);
    if (again) again.input.focus({ preventScroll: true });
    if (again && again.input === active && cursor) active.setSelectionRange(...cursor);
  }
  mark();
  narrow();
}

// ---- Mistakes ----

function mark() {
  const places = new Map(told.written.map((one) => [`${one.line}:${one.column}`, one.key]));
  for (const { input, mistake } of fields.values()) {
    input.removeAttribute("aria-invalid");
    mistake.hidden = true;
  }
  const counts = new Map();
  for (const one of told.diagnostics) {
    const key = one.place && places.get(`${one.place.line}:${one.place.column}`);
    const found = key && fields.get(key);
    if (!found) continue;
    const said = one.hint ? `${one.message}; ${one.hint}` : one.message;
    tell(found, said, one.severity === "error");
    const name = key.split(/[.[]/)[0];
    counts.set(name, (counts.get(name) || 0) + 1);
  }
  for (const [key, why] of failed) {
    if (fields.has(key)) tell(fields.get(key), lang(`Not changed: ${why}`, `未修改：${why}`), true);
  }
  for (const fold of form.querySelectorAll("details[data-section]")) {
    const count = counts.get(fold.dataset.section);
    fold.querySelector(".count").textContent = count ? lang(count > 1 ? `${count} mistakes` : "1 mistake", `${count} 处错误`) : "";
  }
  document.getElementById("mistakes").replaceChildren(...told.diagnostics.map(line));
  report();
  const name = told.written.find((one) => one.key === "name");
  document.getElementById("file").textContent = `${name ? name.value : "scenario"}.yaml`;
}

// Says something below a field.
function tell({ input, mistake }, said, isError) {
  if (mistake.hidden) mistake.replaceChildren(...words(said));
  else mistake.append("; ", ...words(said));
  mistake.hidden = false;
  if (isError) input.setAttribute("aria-invalid", "true");
}

// Says whether it can run. While something waits the button stays as it was, since a click sends all that waits first.
function report() {
  const errors = told.diagnostics.filter((one) => one.severity === "error").length;
  const several = told.members > 1 ? lang(` It has ${told.members} members.`, `共 ${told.members} 个成员。`) : "";
  const counted = (count, one, more, chinese) => (count ? [lang(`${count} ${count > 1 ? more : one}`, `${count} ${chinese}`)] : []);
  const wrong = [
    ...counted(errors, "mistake", "mistakes", "处错误"),
    ...counted(failed.size, "value not changed", "values not changed", "个值未修改"),
  ];
  const why = wrong.join(lang(", ", "，"));
  const can = why ? lang(`${why}: it cannot run yet.`, `${why}：尚不能运行。`) : lang("It can run.", "可以运行。") + several;
  const now = !pending.size ? can : isOutOfReach ? lang("Not checked.", "未检查。") : lang("Checking…", "正在检查…");
  if (state.textContent !== now) state.textContent = now;
  state.className = pending.size ? "" : why ? "is-bad" : "is-good";
  begin.disabled = !told.is_sound || isBeginning || (failed.size > 0 && !pending.size);
}

function line(one) {
  const place = one.place && one.place.line ? `${one.place.line}:${one.place.column}` : "";
  const go = place ? element("button", { type: "button", class: "pick", lang: document.documentElement.lang }, lang(`line ${place}`, `行 ${place}`)) : null;
  if (go) go.addEventListener("click", () => select(one.place));
  const hint = one.hint ? element("p", { class: "help" }, ...words(one.hint)) : null;
  return element(
    "li",
    { class: one.severity },
    element("p", {}, go, go ? " " : null, element("code", { class: "code" }, one.code), " ", ...words(one.message)),
    hint,
  );
}

// Shows a place of the text.
function select(place) {
  const lines = text.value.split("\n");
  const into = [...lines[place.line - 1].matchAll(/./gsu)].slice(0, place.column - 1).join("").length;
  const start = lines.slice(0, place.line - 1).join("\n").length + (place.line > 1 ? 1 : 0) + into;
  text.focus();
  text.setSelectionRange(start, start + place.length);
  text.scrollTop = Math.max(0, (place.line - 6) * parseFloat(getComputedStyle(text).lineHeight));
}

// ---- Asking the server ----

async function ask(path, body) {
  const answer = await fetch(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
  const kind = answer.headers.get("content-type") || "";
  return { status: answer.status, body: kind.startsWith("application/json") ? await answer.json() : {} };
}

// Changes that the text does not have yet, by the key of their field and in the order in which they were made; the empty key
// is the text itself, which is only to be checked.
const pending = new Map();
// Why changes were not made, by the key of their field. What was typed stays there until it, or the text, is changed again.
const failed = new Map();
let sending = null;
let timer = 0;
let isChanged = false;
let isBeginning = false;
let isOutOfReach = false;

function later(key) {
  isChanged = key !== "" || isChanged;
  pending.delete(key);
  const { input, change, said } = fields.get(key) || {};
  // A value that is put back to what the text says is no change any more.
  const isBack = failed.delete(key) && input && input.value === said;
  const { of, ...what } = key === "" || isBack ? {} : change();
  if (isBack) pending.set("", null);
  else pending.set(key, key === "" ? null : { key: of || key, ...what });
  if (schema) report();
  clearTimeout(timer);
  timer = setTimeout(hurry, PAUSE);
}

// Sends what waits, without the pause. Whether the server answered.
function hurry() {
  clearTimeout(timer);
  timer = 0;
  sending ||= send().finally(() => (sending = null));
  return sending;
}

// One change after the other, each on the text that the one before it left. A new change brings a pause of its own.
async function send() {
  while (schema && pending.size && !timer) {
    const [[key, change]] = pending;
    const sent = text.value;
    pending.delete(key);
    let answer = null;
    try {
      answer = await ask("/check", { text: sent, change });
    } catch (error) {
      return unsent(key, change, error.message);
    }
    const { status, body } = answer;
    if (status !== 200) {
      return unsent(key, change, status === 413 ? lang("the text is larger than a scenario may be", "文本超过情景允许的大小") : answers(status));
    }
    if (text.value !== sent) {
      // The text was written on meanwhile.
      putBack(key, change);
      continue;
    }
    isOutOfReach = false;
    told = body;
    if (body.text !== null) text.value = body.text;
    if (body.refused && !pending.has(key)) failed.set(key, body.refused);
    else failed.delete(key);
    say([...failed].map(([key, why]) => lang(`${key} is not changed: ${why}`, `${key} 未修改：${why}`)).join(lang("; ", "；")));
    render();
  }
  return true;
}

// Puts back what was sent, before all that came after it.
function putBack(key, change) {
  if (pending.has(key)) return;
  const after = [...pending];
  pending.clear();
  for (const [of, what] of [[key, change], ...after]) pending.set(of, what);
}

function unsent(key, change, why) {
  isOutOfReach = true;
  putBack(key, change);
  if (key !== "") failed.set(key, why);
  const retry = element("button", { type: "button" }, lang("Try again", "重试"));
  retry.addEventListener("click", hurry);
  say(lang(`The server cannot be asked: ${why}.`, `无法询问服务器：${why}。`), retry);
  mark();
  return false;
}

function answers(status) {
  return lang(`the server answers ${status}`, `服务器应答 ${status}`);
}

function unbegun(why) {
  return lang(`It was not begun: ${why}.`, `未能开始：${why}。`);
}

function say(why, ...more) {
  refused.hidden = !why;
  refused.replaceChildren(...(why ? [why, " ", ...more] : []));
}

// Runs what the person sees: all that waits is sent first, and what is wrong then is not run.
async function run(replace) {
  if (isBeginning) return;
  isBeginning = true;
  const wasChanged = isChanged;
  let isBegun = false;
  try {
    let isAnswered = true;
    while (isAnswered && pending.size + (sending ? 1 : 0)) isAnswered = await hurry();
    if (!isAnswered || !told.is_sound || failed.size) return;
    report();
    isChanged = false;
    const { status, body } = await ask("/begin", { text: text.value, replace });
    isBegun = status === 202;
    if (isBegun) {
      location.assign(body.job);
    } else if (status === 422) {
      told = { ...told, diagnostics: body.diagnostics, is_sound: false };
      mark();
    } else {
      const anew = element("button", { type: "button" }, lang("Replace it", "替换"));
      anew.addEventListener("click", () => run(true));
      say(unbegun(body.why || answers(status)), ...(body.is_there ? [anew] : []));
    }
  } catch (error) {
    say(unbegun(error.message));
  } finally {
    isBeginning = false;
    isChanged = isChanged || (wasChanged && !isBegun);
    report();
  }
}

// ---- Finding a key ----

function narrow() {
  const wanted = find.value.trim().toLowerCase();
  for (const made of form.querySelectorAll(".field")) {
    const help = made.querySelector(".help").textContent.toLowerCase();
    made.hidden = wanted !== "" && !made.dataset.key.toLowerCase().includes(wanted) && !help.includes(wanted);
  }
  for (const made of form.querySelectorAll("fieldset, details")) {
    made.hidden = wanted !== "" && !made.querySelector(".field:not([hidden])");
    if (made.dataset.section) made.open = wanted !== "" ? !made.hidden : open.has(made.dataset.section);
    else if (made.tagName === "DETAILS" && wanted !== "") made.open = !made.hidden;
  }
}

find.addEventListener("input", narrow);
form.addEventListener("input", (event) => event.target.dataset.key && later(event.target.dataset.key));
form.addEventListener("submit", (event) => event.preventDefault());
text.addEventListener("input", () => {
  isChanged = true;
  // The form follows what is written by hand.
  failed.clear();
  later("");
});
begin.addEventListener("click", () => run(false));
window.addEventListener("beforeunload", (event) => isChanged && event.preventDefault());

fetch("/schema.json")
  .then((answer) => answer.json())
  .then((found) => {
    schema = found;
    later("");
  })
  .catch((error) => say(lang(`The schema cannot be had: ${error.message}.`, `无法取得键表：${error.message}。`)));
