// Enhancements only: every page works without this file.

const all = document.querySelectorAll.bind(document);

/** Suggestions while typing: the ARIA combobox pattern with a listbox. */
function combobox(form) {
  const input = form.querySelector('input[type="search"]');
  const list = form.querySelector('[role="listbox"]');
  const status = form.querySelector("[data-wijk-zoek-status]");
  let active = -1;
  let timer;
  let request;

  Object.entries({
    role: "combobox",
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": list.id,
  }).forEach(([name, value]) => input.setAttribute(name, value));

  const options = () => [...list.children];
  const close = () => {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const choose = (index) => {
    active = index;
    options().forEach((option, i) => option.setAttribute("aria-selected", String(i === index)));
    const option = options()[index];
    if (option) {
      input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else {
      input.removeAttribute("aria-activedescendant");
    }
  };
  const show = (suggestions) => {
    list.replaceChildren(
      ...suggestions.map(({ title, url }, i) => {
        const option = document.createElement("li");
        option.id = `${list.id}-${i}`;
        option.className = "wijk-zoek__suggestie";
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.dir = "auto";
        option.textContent = title;
        option.dataset.url = url;
        return option;
      }),
    );
    active = -1;
    input.removeAttribute("aria-activedescendant");
    list.hidden = !suggestions.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    const { een, meer, geen } = status.dataset;
    const n = suggestions.length;
    status.textContent = n === 0 ? geen : n === 1 ? een : meer.replace("{n}", n);
  };
  const ask = async () => {
    const q = input.value.trim();
    request?.abort();
    if (q.length < 2) {
      close();
      status.textContent = "";
      return;
    }
    request = new AbortController();
    try {
      const answer = await fetch(`${form.dataset.wijkZoek}?q=${encodeURIComponent(q)}`, {
        signal: request.signal,
        headers: { Accept: "application/json" },
      });
      if (answer.ok) {
        const { suggestions = [] } = await answer.json();
        if (document.activeElement === input) show(suggestions);
      }
    } catch {
      // Offline or overtaken by the next letter: the form itself still works.
    }
  };
  const go = (option) => window.location.assign(option.dataset.url);

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, 180);
  });
  input.addEventListener("keydown", (event) => {
    const last = options().length - 1;
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      event.stopPropagation();
      close();
    } else if (list.hidden) {
      if (event.key === "ArrowDown" && last >= 0 && input.value) {
        event.preventDefault();
        list.hidden = false;
        input.setAttribute("aria-expanded", "true");
        choose(0);
      }
    } else if (event.key === "ArrowDown") {
      event.preventDefault();
      choose(active === last ? -1 : active + 1);
    } else if (event.key === "ArrowUp") {
      event.preventDefault();
      choose(active === -1 ? last : active - 1);
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      go(options()[active]);
    }
  });
  input.addEventListener("blur", close);
  // Keep the field focused, or blur would close the list before the click arrives.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest('[role="option"]');
    if (option) go(option);
  });
}

/** The mobile menu closes with Escape and gives the focus back. */
function menu(details) {
  details.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && details.open) {
      details.open = false;
      details.querySelector("summary").focus();
    }
  });
}

/** Copy the address of the page. */
function copy(button) {
  const status = button.closest("section")?.querySelector("[data-wijk-delen-status]");
  button.addEventListener("click", async () => {
    const url = button.dataset.wijkKopieer || window.location.href;
    try {
      await navigator.clipboard.writeText(url);
    } catch {
      const field = document.createElement("textarea");
      field.value = url;
      button.after(field);
      field.select();
      document.execCommand("copy");
      field.remove();
      button.focus();
    }
    const label = button.lastChild;
    const before = label.textContent;
    if (before === button.dataset.klaar) return;
    label.textContent = button.dataset.klaar;
    if (status) status.textContent = button.dataset.klaar;
    setTimeout(() => {
      label.textContent = before;
      if (status) status.textContent = "";
    }, 3000);
  });
}

all("form[data-wijk-zoek]").forEach(combobox);
all("[data-wijk-menu]").forEach(menu);
all("[data-wijk-js]").forEach((element) => {
  element.hidden = false;
});
all("[data-wijk-kopieer]").forEach(copy);
all("[data-wijk-print]").forEach((button) => button.addEventListener("click", () => window.print()));
