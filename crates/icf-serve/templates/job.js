"use strict";

// What is heard of a run, as it is heard.

const job = document.getElementById("job");
const { job: id, name } = job.dataset;
const state = document.getElementById("state");
const steps = document.getElementById("steps");
const members = document.getElementById("members");
const cancel = document.getElementById("cancel");
const links = document.getElementById("links");

function item(text, kind) {
  const made = document.createElement("li");
  made.append(...[text].flat());
  if (kind) made.className = kind;
  return made;
}

function link(text, path, isMain) {
  const made = document.createElement("a");
  made.textContent = text;
  made.href = path;
  if (isMain) made.className = "button";
  return made;
}

// What the program says of a run is in English.
function note({ kind, run, text }) {
  const said = document.createElement("span");
  said.lang = "en";
  said.textContent = text;
  const before = {
    condition: `${run}: `,
    member: lang(`${run} failed: `, `${run} 失败：`),
    unsaved: lang("The scenario could not be saved: ", "情景未能保存："),
    fault: "",
  };
  return [before[kind], said];
}

function end(ended) {
  heard.close();
  members.hidden = true;
  cancel.remove();
  const words = {
    done: lang("Done.", "已完成。"),
    failed: lang("It failed.", "运行失败。"),
    cancelled: lang("It was cancelled; nothing more is written.", "已取消，不再写入。"),
  };
  state.textContent = words[ended.how];
  state.className = ended.how === "done" ? "is-good" : "is-bad";
  document.getElementById("notes").replaceChildren(...ended.notes.map((one) => item(note(one))));
  const mistakes = ended.diagnostics.map((one) => item(`${one.code}: ${one.message}${one.hint ? ` (${one.hint})` : ""}`, one.severity));
  document.getElementById("mistakes").replaceChildren(...mistakes);
  for (const run of ended.runs) links.append(link(run, `/run/${encodeURIComponent(run)}`, run === name));
  if (ended.family) links.append(link(lang("All members side by side", "全部成员并列对比"), `/show/${encodeURIComponent(ended.family)}/compare.html`));
  if (ended.runs.length) links.append(link(lang("Change it and run it again", "修改并再次运行"), `/new?run=${encodeURIComponent(name)}`));
  else links.append(link(lang("To the runs", "前往运行结果"), "/"));
}

const heard = new EventSource(`/job/${id}/events`);
heard.onmessage = (event) => {
  const said = JSON.parse(event.data);
  if (said.kind === "step") {
    steps.append(item(said.text));
    state.textContent = lang("It runs.", "正在运行。");
  } else if (said.kind === "members") {
    members.hidden = false;
    members.max = said.of;
    members.value = said.ended;
    state.textContent = lang(`It runs: ${said.ended} of ${said.of} members have ended.`, `正在运行：${said.of} 个成员中已结束 ${said.ended} 个。`);
  } else {
    end(said);
  }
};
heard.onerror = () => {
  if (heard.readyState === EventSource.CLOSED) state.textContent = lang("The server is gone.", "服务器已停止。");
};
cancel.addEventListener("click", async () => {
  cancel.disabled = true;
  state.textContent = lang("It is being cancelled…", "正在取消…");
  await fetch(`/job/${id}/cancel`, { method: "POST" });
});
