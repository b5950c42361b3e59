// What wagtail-localize's editor does not do by itself: its heading is English, whatever the language of the
// desk, and its texts do not say in which language they are.

const editor = document.querySelector(".js-translation-editor");
const heading = document.querySelector("[data-wijk-editorkop]")?.dataset.wijkEditorkop;

if (editor && heading) {
  const { sourceLocale, locale } = JSON.parse(editor.dataset.props);
  const english = `${sourceLocale.displayName} to ${locale.displayName} translation`;
  const mend = () => {
    for (const title of editor.querySelectorAll("section h3")) {
      if (title.textContent === english) title.firstChild.nodeValue = heading;
    }
    for (const translated of editor.querySelectorAll("li > p + div")) {
      Object.assign(translated.previousElementSibling, { lang: sourceLocale.code, dir: "auto" });
      for (const text of translated.querySelectorAll("p, textarea")) {
        Object.assign(text, { lang: locale.code, dir: "auto" });
      }
    }
  };
  new MutationObserver(mend).observe(editor, { childList: true, subtree: true });
  mend();
}
