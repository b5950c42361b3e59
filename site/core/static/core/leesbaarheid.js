// Hints for plain Dutch while somebody writes: the texts of the form go to the site itself, which answers
// with a piece of the side panel. The form works without this file.

const RICH = "[data-draftail-editor-wrapper]";
const FIELDS = `textarea, input[type="text"], ${RICH}`;
// Addresses, dates and labels: no sentences. Nor what belongs to the buttons of rich text.
const NO_TEXT = `[name="slug"], [name$="-slug"], [name$="url"], [data-controller~="w-tag"], [data-controller~="w-date"], ${RICH} *`;
const WAIT = 900;

const section = document.querySelector("[data-reading]");
const hints = section?.querySelector("[data-reading-hints]");
const form = document.querySelector("[data-edit-form]");
const translator = document.querySelector(".js-translation-editor");

/** Rich text keeps its words in a field beside it, as a list of paragraphs. */
const fieldOf = (found) => (found.matches(RICH) ? found.parentElement.querySelector('input[type="hidden"]') : found);

function words(field) {
  if (field.type !== "hidden") return field.value;
  try {
    return (JSON.parse(field.value)?.blocks ?? []).map(({ text }) => text).join("\n");
  } catch {
    return "";
  }
}

/** What somebody took out of the form stays in it until it is saved. */
function isGone(field) {
  for (let part = field.parentElement; part && part !== form; part = part.parentElement) {
    const mark = part.matches("[data-inline-panel-child]")
      ? part.querySelector('input[name$="-DELETE"]')
      : part.querySelector(':scope > input[name$="-deleted"]');
    if (mark?.value) return true;
  }
  return false;
}

function texts() {
  return [...(form ?? translator).querySelectorAll(FIELDS)]
    .filter((found) => !found.matches(NO_TEXT) && !isGone(found))
    .map(fieldOf)
    .filter(Boolean)
    .map((field) => ({ field: field.id || field.name, text: words(field) }))
    .filter(({ text }) => /\p{L}{2}/u.test(text));
}

/** Bring somebody to a field, also when its tab or panel is closed. */
function goTo(name) {
  const field = document.getElementById(name) ?? form.querySelector(`[name="${CSS.escape(name)}"]`);
  if (!field) return;
  const tab = field.closest('[role="tabpanel"][hidden]');
  if (tab) document.querySelector(`[role="tab"][aria-controls="${tab.id}"], [role="tab"][href="#${tab.id}"]`)?.click();
  for (let panel = field.closest("[data-panel]"); panel; panel = panel.parentElement?.closest("[data-panel]")) {
    panel.querySelector('[data-panel-toggle][aria-expanded="false"]')?.click();
  }
  const target = field.type === "hidden" ? field.parentElement.querySelector('[contenteditable="true"]') : field;
  target?.scrollIntoView({ block: "center" });
  target?.focus({ preventScroll: true });
}

function watch() {
  let timer;
  let request;
  let known;

  const ask = async (again) => {
    if (!section.checkVisibility()) return;
    const body = JSON.stringify({ texts: texts() });
    if (body === known && !again) return;
    request?.abort();
    request = new AbortController();
    try {
      const answer = await fetch(section.dataset.reading, {
        method: "POST",
        body,
        signal: request.signal,
        // Somebody who is signed out or may not is sent elsewhere: that page does not belong here.
        redirect: "error",
        headers: {
          "Content-Type": "application/json",
          "X-CSRFToken": document.querySelector('[name="csrfmiddlewaretoken"]').value,
        },
      });
      if (!answer.ok) throw new Error(answer.statusText);
      const html = await answer.text();
      const closed = [...hints.querySelectorAll("details:not([open]) h3")].map((title) => title.firstChild.data);
      hints.innerHTML = html;
      hints.querySelectorAll("h3").forEach((title) => {
        if (closed.includes(title.firstChild.data)) title.closest("details").open = false;
      });
      known = body;
    } catch (error) {
      if (error.name !== "AbortError") hints.textContent = section.dataset.failed;
    }
  };
  const later = (again) => {
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT, again);
  };

  for (const event of ["input", "keyup", "change", "click"]) {
    (form ?? translator).addEventListener(event, () => later(false));
  }
  section.closest("[data-side-panel]")?.addEventListener("show", () => later(false));
  hints.addEventListener("click", (event) => {
    const button = event.target.closest("[data-reading-field]");
    if (button) goTo(button.dataset.readingField);
  });
  // The translator's editor stores each text by itself, and then draws it anew.
  if (translator) new MutationObserver(() => later(true)).observe(translator, { childList: true, subtree: true });
  later(false);
}

if (hints && (form || translator)) watch();
