// wagtail-localize writes one heading of its editor in English, whatever the language of the desk.

const editor = document.querySelector(".js-translation-editor");
const heading = document.querySelector("[data-wijk-editorkop]")?.dataset.wijkEditorkop;

if (editor && heading) {
  const { sourceLocale, locale } = JSON.parse(editor.dataset.props);
  const english = `${sourceLocale.displayName} to ${locale.displayName} translation`;
  const translate = () => {
    for (const title of editor.querySelectorAll("section h3")) {
      if (title.textContent === english) title.firstChild.nodeValue = heading;
    }
  };
  new MutationObserver(translate).observe(editor, { childList: true, subtree: true });
  translate();
}
