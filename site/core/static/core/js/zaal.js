// The draw on a big screen: counts down, refreshes itself, and shows the list ticket by ticket. Without this
// file everything is there at once.

const SOON = 4000;
const LATER = 30000;
let shown = 0;

const room = () => document.querySelector("[data-zaal]");
const steps = () => [...room().querySelectorAll("[data-onthul]")];

/** Shows so many steps; what is not there yet keeps its place, so nothing jumps. */
function show(count) {
  const all = steps();
  const before = shown;
  shown = Math.max(0, Math.min(count, all.length));
  all.forEach((step, at) => step.toggleAttribute("data-dicht", at >= shown));
  const heard = room().querySelector("[data-hoorbaar]");
  if (heard && shown > before) {
    heard.textContent = all
      .slice(before, shown)
      .map((step) => step.textContent.trim().replace(/\s+/g, " "))
      .join(", ");
  }
}

function countDown() {
  for (const line of room().querySelectorAll("[data-aftellen]")) {
    const left = Math.ceil((Date.parse(line.dataset.aftellen) - Date.now()) / 1000);
    const parts = [Math.floor(left / 3600), Math.floor(left / 60) % 60, left % 60];
    line.hidden = left <= 0 || left > 48 * 3600;
    line.lastElementChild.textContent = parts.map((part) => String(part).padStart(2, "0")).join(":");
  }
}

function start() {
  const buttons = room().querySelector("[data-knoppen]");
  shown = 0;
  countDown();
  // A phone is no room full of people who wait.
  if (!buttons || !window.matchMedia("(min-width: 60em)").matches) return;
  show(0);
  buttons.hidden = false;
  buttons.querySelector("[data-volgende]").addEventListener("click", () => show(shown + 1));
  buttons.querySelector("[data-alles]").addEventListener("click", () => show(Infinity));
}

async function refresh() {
  try {
    if (!document.hidden) {
      const answer = await fetch(window.location.href, { cache: "no-cache" });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const next = answer.ok && page.querySelector("[data-zaal]");
      if (next && next.dataset.stand !== room().dataset.stand) {
        room().replaceWith(document.importNode(next, true));
        start();
      }
    }
  } catch {
    // Offline for a moment: what is on the screen stays.
  }
  setTimeout(refresh, "klaar" in room().dataset ? LATER : SOON);
}

// A remote control of a presenter sends Page Up and Page Down.
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (!room().querySelector("[data-knoppen]:not([hidden])")) return;
  if (event.key === " " && event.target.closest("a, button")) return;
  if ([" ", "ArrowRight", "PageDown"].includes(event.key)) show(shown + 1);
  else if (["ArrowLeft", "PageUp"].includes(event.key)) show(shown - 1);
  else return;
  event.preventDefault();
});

start();
setInterval(countDown, 1000);
setTimeout(refresh, SOON);
