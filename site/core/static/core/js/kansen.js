// Chances beside the quotas: what is typed goes to the site, which answers with everything that is beside it.
// Without this file the button "Reken uit" does the same.

const form = document.querySelector("[data-chances]");
// Typing and stepping first come to rest; the price of the quotas waits for somebody who looks.
const WAIT = 250;
const SPIN_AFTER = 300;
const PRICE_AFTER = 1200;
const AGAIN_AFTER = 1000;

function watch() {
  const result = form.querySelector("[data-chances-result]");
  const say = form.querySelector("[data-chances-say]");
  let timer;
  let request;

  const later = (wait, withPrice) => {
    clearTimeout(timer);
    timer = setTimeout(ask, wait, withPrice);
  };

  function show(html, withPrice) {
    const open = [...result.querySelectorAll("details")].map((part) => part.open);
    const focused = result.contains(document.activeElement) ? document.activeElement.id : "";
    const scrolled = scrollY;
    result.innerHTML = html;
    [...result.querySelectorAll("details")].forEach((part, place) => {
      part.open = open[place] ?? false;
    });
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
    scrollTo({ top: scrolled, behavior: "instant" });
    const answer = result.querySelector("[data-chances-answer]");
    // Said again only when it changed.
    if (answer && say.textContent !== answer.dataset.say) say.textContent = answer.dataset.say;
    next(withPrice);
  }

  function next(withPrice) {
    const answer = result.querySelector("[data-chances-answer]");
    if (!answer) return;
    if ("waiting" in answer.dataset) later(AGAIN_AFTER, withPrice);
    else if ("withoutPrice" in answer.dataset && !withPrice) later(PRICE_AFTER, true);
  }

  async function ask(withPrice) {
    request?.abort();
    const own = new AbortController();
    request = own;
    const spinner = setTimeout(() => {
      say.textContent = form.dataset.reckoning;
      result.setAttribute("aria-busy", "true");
    }, SPIN_AFTER);
    const body = new FormData(form);
    if (withPrice) body.set("prijs", "1");
    try {
      const answer = await fetch(form.dataset.chances, {
        method: "POST",
        body,
        signal: own.signal,
        // Somebody who is signed out or may not is sent elsewhere: that page does not belong here.
        redirect: "error",
      });
      if (!answer.ok) throw new Error(answer.statusText);
      const html = await answer.text();
      clearTimeout(spinner);
      show(html, withPrice);
    } catch (error) {
      if (error.name !== "AbortError") say.textContent = form.dataset.failed;
    } finally {
      clearTimeout(spinner);
      if (request === own) result.removeAttribute("aria-busy");
    }
  }

  function step(field, by) {
    const number = Number.parseInt(field.value, 10);
    const seats = Number(field.dataset.most);
    field.value = String(Math.min(seats, Math.max(0, (Number.isNaN(number) ? 0 : number) + by)));
    later(WAIT, false);
  }

  for (const button of form.querySelectorAll("[data-step]")) {
    button.hidden = false;
    button.addEventListener("click", () => step(document.getElementById(button.dataset.for), Number(button.dataset.step)));
  }
  for (const note of form.querySelectorAll("[data-without-script]")) note.hidden = true;
  form.addEventListener("keydown", (event) => {
    const by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (by && event.target.matches("[data-quota]")) {
      event.preventDefault();
      step(event.target, by);
    }
  });
  form.addEventListener("input", (event) => {
    if (event.target.matches("[data-quota]")) later(WAIT, false);
  });
  form.addEventListener("click", (event) => {
    const button = event.target.closest('[name="neem"]');
    if (!button) return;
    event.preventDefault();
    for (const part of button.value.split(",")) {
      const [name, number] = part.split("=");
      if (form.elements[name]) form.elements[name].value = number;
    }
    form.querySelector("[data-chances-result]").closest("section").querySelector("h2").scrollIntoView({ block: "nearest" });
    later(0, false);
  });
  next(true);
}

if (form) watch();
