// Counts what is typed. The form works without this file: the server counts as well.

const PAUSE = 600;

function counter(field) {
  const line = field.form.querySelector("[data-wijk-teller]");
  if (!line) return;
  const most = Number(field.dataset.wijkTelt);
  const written = new Intl.NumberFormat(document.documentElement.lang);
  let timer;
  const tell = () => {
    const left = most - [...field.value.trim()].length;
    const text = left < 0 ? line.dataset.teveel : line.dataset.over;
    line.textContent = text.replace("{n}", written.format(Math.abs(left)));
    line.classList.toggle("wijk-teller--teveel", left < 0);
  };
  // Read aloud in a pause, not at every key.
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(tell, PAUSE);
  });
  if (field.value) tell();
}

document.querySelectorAll("[data-wijk-telt]").forEach(counter);
