// Copying and printing the text for the infopagina; without this script people select and copy it themselves.

const text = document.querySelector("[data-desk-tekst]");
const copy = document.querySelector("[data-desk-kopieer]");
const print = document.querySelector("[data-desk-print]");

if (text && copy && print) {
  const status = document.querySelector("[data-desk-gekopieerd]");
  copy.hidden = false;
  print.hidden = false;
  print.addEventListener("click", () => window.print());
  copy.addEventListener("click", async () => {
    text.select();
    try {
      await navigator.clipboard.writeText(text.value);
      status.textContent = copy.dataset.klaar;
    } catch {
      status.textContent = copy.dataset.mislukt;
    }
  });
}
