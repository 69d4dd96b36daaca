// Copies codes, shows times in the reader's own zone, and keeps the list fresh.
const refreshMs = 2000;
const live = document.getElementById("live");
const status = document.getElementById("status");

function say(text) {
  // Emptied first, or the same sentence twice would be announced once.
  status.textContent = "";
  requestAnimationFrame(() => { status.textContent = text; });
}

function showTimes(root) {
  const today = new Date().toDateString();
  for (const time of root.querySelectorAll("time[datetime]")) {
    const at = new Date(time.dateTime);
    const whole = at.toLocaleString(undefined, { dateStyle: "medium", timeStyle: "medium" });
    time.title = whole;
    time.textContent = !("short" in time.dataset) ? whole
      : at.toDateString() === today ? at.toLocaleTimeString(undefined, { timeStyle: "short" })
      : at.toLocaleDateString(undefined, { day: "numeric", month: "short" });
  }
}

async function copy(button) {
  try {
    await navigator.clipboard.writeText(button.dataset.copy);
  } catch {
    // Without https or permission there is no clipboard: select the code, so that one key copies it.
    getSelection().selectAllChildren(button.querySelector(".value"));
    say("Your browser does not let this page copy. The code is selected: press Ctrl+C or ⌘C.");
    return;
  }
  const word = button.querySelector(".word");
  button.classList.add("copied");
  word.textContent = "Copied";
  say(`Copied ${button.dataset.copy}.`);
  setTimeout(() => {
    button.classList.remove("copied");
    word.textContent = "Copy";
  }, 2000);
}

function ids(root) {
  return [...root.querySelectorAll("[data-id]")].map(row => row.dataset.id);
}

async function refresh() {
  if (document.hidden) return;
  let fresh;
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (!answer.ok) return;
    fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById("live");
  } catch {
    return; // The server restarts often in development; the next round will tell.
  }
  const before = ids(live);
  const after = ids(fresh);
  if (before.join() === after.join()) return;
  // Nothing moves under a pointer that selects text.
  if (!getSelection().isCollapsed && live.contains(getSelection().anchorNode)) return;

  const row = document.activeElement?.closest("[data-id]")?.dataset.id;
  const inButton = document.activeElement?.matches("[data-copy]");
  const come = after.filter(id => !before.includes(id));
  live.replaceChildren(...fresh.childNodes);
  showTimes(live);
  for (const id of come) live.querySelector(`[data-id="${CSS.escape(id)}"]`)?.classList.add("new");
  if (row) live.querySelector(`[data-id="${CSS.escape(row)}"] ${inButton ? "[data-copy]" : "a"}`)?.focus({ preventScroll: true });
  if (come.length) say(come.length === 1 ? "One new message." : `${come.length} new messages.`);
}

document.addEventListener("click", event => {
  const button = event.target.closest("[data-copy]");
  if (button) copy(button);
});
showTimes(document);
if (live) {
  // One after the other, never two at once.
  const round = async () => {
    await refresh();
    setTimeout(round, refreshMs);
  };
  setTimeout(round, refreshMs);
  document.addEventListener("visibilitychange", refresh);
}
