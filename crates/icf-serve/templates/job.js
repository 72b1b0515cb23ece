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
  made.textContent = text;
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

function end(ended) {
  heard.close();
  members.hidden = true;
  cancel.remove();
  const words = { done: "Done.", failed: "It failed.", cancelled: "It was cancelled." };
  state.textContent = words[ended.how];
  state.className = ended.how === "done" ? "is-good" : "is-bad";
  document.getElementById("notes").replaceChildren(...ended.notes.map((note) => item(note)));
  const mistakes = ended.diagnostics.map((one) => item(`${one.code}: ${one.message}${one.hint ? ` (${one.hint})` : ""}`, one.severity));
  document.getElementById("mistakes").replaceChildren(...mistakes);
  for (const run of ended.runs) links.append(link(run, `/run/${encodeURIComponent(run)}`, run === name));
  if (ended.family) links.append(link("All members side by side", `/run/${encodeURIComponent(ended.family)}`));
  if (ended.runs.length) links.append(link("Change it and run it again", `/edit?run=${encodeURIComponent(name)}`));
}

const heard = new EventSource(`/job/${id}/events`);
heard.onmessage = (event) => {
  const said = JSON.parse(event.data);
  if (said.kind === "step") {
    steps.append(item(said.text));
    state.textContent = "It runs.";
  } else if (said.kind === "members") {
    members.hidden = false;
    members.max = said.of;
    members.value = said.ended;
    members.setAttribute("aria-label", `${said.ended} of ${said.of} members have ended`);
    state.textContent = `It runs: ${said.ended} of ${said.of} members have ended.`;
  } else {
    end(said);
  }
};
heard.onerror = () => {
  if (heard.readyState === EventSource.CLOSED) state.textContent = "The server is gone.";
};
cancel.addEventListener("click", async () => {
  cancel.disabled = true;
  state.textContent = "It ends at its next step.";
  await fetch(`/job/${id}/cancel`, { method: "POST" });
});
