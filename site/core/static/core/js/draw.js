// Shows how far the lists of a draw are; without this the link below the bar does the same.
const box = document.querySelector("[data-draw-progress]");
const bar = box?.querySelector("progress");
const words = box?.querySelector("[data-draw-words]");

async function look() {
  try {
    const answer = await fetch(box.dataset.drawProgress, { headers: { Accept: "application/json" } });
    if (!answer.ok) return;
    const told = await answer.json();
    if (!told.bezig) {
      location.reload();
      return;
    }
    words.textContent = told.woorden;
    if (told.totaal) {
      bar.max = told.totaal;
      bar.value = told.gedaan;
    } else {
      bar.removeAttribute("value");
    }
  } catch {
    // No connection for a moment: the next look may succeed.
  }
  setTimeout(look, 1500);
}

if (box) setTimeout(look, 1500);
