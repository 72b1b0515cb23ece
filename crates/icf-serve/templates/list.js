"use strict";

// The list without this script is whole: it sorts, folds families, and shows against which run the others are held.

const table = document.getElementById("runs");

if (table) {
  // Members of a family follow its base, and are unfolded on demand.
  for (const [place, group] of [...table.tBodies].entries()) {
    const members = [...group.querySelectorAll("tr.member")];
    if (!members.length) continue;
    group.id = `family-${place}`;
    const fold = document.createElement("button");
    fold.type = "button";
    fold.className = "fold";
    fold.setAttribute("aria-controls", group.id);
    const show = (isOpen) => {
      for (const row of members) row.hidden = !isOpen;
      fold.setAttribute("aria-expanded", String(isOpen));
      fold.textContent = lang(`${members.length} more`, `另有 ${members.length} 个成员`);
    };
    fold.addEventListener("click", () => show(fold.getAttribute("aria-expanded") !== "true"));
    show(members.some((row) => row.querySelector("input:checked")));
    group.rows[0].querySelector("th a").after(" ", fold);
  }

  // A head sorts the families and runs by its column; another click turns the order.
  const heads = [...table.tHead.rows[0].cells];
  for (const [column, head] of heads.entries()) {
    if (!head.dataset.sort) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "sort";
    button.append(...head.childNodes);
    head.append(button);
    const value = (group) => {
      // A row that has no figures has one cell for all of them.
      const cell = group.rows[0].cells[column];
      return cell && cell.dataset.value !== undefined ? cell.dataset.value : "";
    };
    const order = (a, b) => (head.dataset.sort === "number" ? Number(a) - Number(b) : a.localeCompare(b, undefined, { numeric: true }));
    button.addEventListener("click", () => {
      const isDown = head.getAttribute("aria-sort") === "ascending" || (head.dataset.sort === "number" && !head.hasAttribute("aria-sort"));
      for (const other of heads) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", isDown ? "descending" : "ascending");
      const groups = [...table.tBodies].map((group) => [value(group), group]);
      groups.sort(([a], [b]) => (a === "") - (b === "") || (isDown ? order(b, a) : order(a, b)));
      table.append(...groups.map(([, group]) => group));
    });
  }

  // The reference is one of the ticked runs: the one chosen, or else the first.
  const said = document.getElementById("against");
  const submit = document.querySelector("#compare button[type=submit]");
  const follow = (event) => {
    const ticks = [...table.querySelectorAll("input[type=checkbox]")];
    const radio = (name) => [...table.querySelectorAll("input[type=radio]")].find((one) => one.value === name);
    if (event && event.target.type === "radio") ticks.find((one) => one.value === event.target.value).checked = true;
    const ticked = ticks.filter((one) => one.checked);
    const chosen = table.querySelector("input[type=radio]:checked");
    if (chosen && !ticked.some((one) => one.value === chosen.value)) chosen.checked = false;
    if (ticked.length && !ticked.some((one) => radio(one.value).checked)) radio(ticked[0].value).checked = true;
    const against = table.querySelector("input[type=radio]:checked");
    submit.disabled = ticked.length < 2;
    said.textContent =
      ticked.length < 2
        ? lang("Tick two runs or more.", "请至少勾选两次运行。")
        : lang(`${ticked.length - 1} held against ${against.value}.`, `${ticked.length - 1} 次运行与 ${against.value} 相比。`);
  };
  if (submit) {
    table.addEventListener("change", follow);
    follow();
  }
}
