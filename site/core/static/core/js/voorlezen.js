// Reading aloud, sentence by sentence, with a voice of the device itself: no text leaves it. Without such a
// voice for the language of the page nothing is offered.

const SKIPPED =
  'nav, form, script, svg, button, select, label, [hidden], [aria-hidden="true"], .wijk-verborgen, .wijk-delen, .wijk-voorlezen';
const BLOCK = "h1, h2, h3, h4, p, li, dt, dd, th, td, caption, figcaption, blockquote, summary, div, section, article, main";
const MARK = "wijk-voorlezen";

const speech = window.speechSynthesis;
// What is read is marked without touching the page, where the browser can.
const marks = window.Highlight && CSS.highlights ? new Highlight() : null;

const spoken = (code) => code.toLowerCase().split(/[-_]/)[0];
const languageOf = (element) => spoken(element.closest("[lang]")?.lang ?? "");

/** A voice that works without a server; for a language of two countries that of the country itself. */
function voiceFor(language) {
  const voices = speech.getVoices().filter((voice) => voice.localService && spoken(voice.lang) === language);
  return voices.find((voice) => voice.lang.toLowerCase().replace("_", "-") === `${language}-${language}`) ?? voices[0];
}

/** The text of a part of the page in pieces: all words of one block in one language. */
function runs(root) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const found = [];
  let last;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (parent.closest(SKIPPED) || parent.checkVisibility?.() === false) continue;
    const block = parent.closest(BLOCK);
    const language = languageOf(parent);
    if (last?.block !== block || last.language !== language) {
      last = { block, language, nodes: [] };
      found.push(last);
    }
    last.nodes.push(node);
  }
  return found;
}

/** [start, end] of each sentence in a text. */
function cut(text, language) {
  if (window.Intl?.Segmenter) {
    const segmenter = new Intl.Segmenter(language, { granularity: "sentence" });
    return [...segmenter.segment(text)].map(({ index, segment }) => [index, index + segment.length]);
  }
  return [...text.matchAll(/[^.!?؟…]+[.!?؟…]*\s*/g)].map((found) => [found.index, found.index + found[0].length]);
}

/** Every sentence: its words, its language and where it stands, as pieces of text nodes. */
function sentencesOf(root) {
  return runs(root).flatMap(({ block, language, nodes }) => {
    const text = nodes.map((node) => node.data).join("");
    return cut(text, language).flatMap(([from, to]) => {
      const raw = text.slice(from, to);
      const words = raw.replace(/\s+/g, " ").trim();
      if (!/[\p{L}\p{N}]/u.test(words)) return [];
      const start = from + raw.length - raw.trimStart().length;
      const end = from + raw.trimEnd().length;
      let passed = 0;
      const pieces = [];
      for (const node of nodes) {
        const first = Math.max(start - passed, 0);
        const past = Math.min(end - passed, node.length);
        if (first < past) pieces.push({ node, first, past });
        passed += node.length;
      }
      return [{ words, language, block, pieces }];
    });
  });
}

/** For a browser that cannot mark a range: every sentence in elements of its own, once. */
function wrap(sentences) {
  // From the end to the start, so that the places of earlier pieces stay right.
  for (const sentence of sentences.toReversed()) {
    sentence.wrapped = sentence.pieces.toReversed().map(({ node, first, past }) => {
      node.splitText(past);
      const mark = document.createElement("span");
      const words = node.splitText(first);
      words.replaceWith(mark);
      mark.append(words);
      return mark;
    });
  }
}

function rangeOf({ pieces }) {
  const range = new Range();
  range.setStart(pieces[0].node, pieces[0].first);
  range.setEnd(pieces.at(-1).node, pieces.at(-1).past);
  return range;
}

function readAloud(group) {
  const [play, stop, speed] = ["speel", "stop", "snelheid"].map((name) => group.querySelector(`[data-${name}]`));
  const label = play.querySelector(".nl-button__label");
  const start = label.textContent;
  const root = group.closest(".wijk-layout__inhoud") ?? document.querySelector("main");
  let sentences;
  let place = 0;
  let state = "still";
  let marked;
  // Only the newest sentence may go on to the next: a voice that is cut off reports its end as well.
  let turn = 0;

  const unmark = () => {
    marks?.clear();
    marked?.wrapped?.forEach((part) => part.classList.remove(MARK));
  };
  const mark = (sentence) => {
    unmark();
    marked = sentence;
    if (marks) {
      marks.add(rangeOf(sentence));
      CSS.highlights.set(MARK, marks);
    } else {
      sentence.wrapped.forEach((part) => part.classList.add(MARK));
    }
    const { top, bottom } = marks ? rangeOf(sentence).getBoundingClientRect() : sentence.block.getBoundingClientRect();
    const bar = group.getBoundingClientRect();
    // The bar covers words only where it sticks to the edge.
    if (top < (bar.top > 0 ? 0 : bar.bottom) || bottom > window.innerHeight) {
      sentence.block.scrollIntoView({ block: "center" });
    }
  };
  const become = (next) => {
    state = next;
    label.textContent = { still: start, reading: play.dataset.pauze, paused: play.dataset.verder }[state];
    group.classList.toggle("wijk-voorlezen--bezig", state !== "still");
    if (state === "still" && document.activeElement === stop) play.focus();
    stop.hidden = state === "still";
  };
  const quiet = () => {
    turn += 1;
    speech.cancel();
  };
  const finish = () => {
    quiet();
    place = 0;
    unmark();
    become("still");
  };
  const speak = () => {
    const mine = (turn += 1);
    let voice;
    // Words in a language without a voice are passed over: in another voice nobody understands them.
    while (place < sentences.length && !(voice = voiceFor(sentences[place].language))) place += 1;
    if (!voice) {
      finish();
      return;
    }
    const utterance = new SpeechSynthesisUtterance(sentences[place].words);
    utterance.voice = voice;
    utterance.lang = voice.lang;
    utterance.rate = Number(speed.value);
    utterance.onend = () => {
      if (mine !== turn) return;
      place += 1;
      speak();
    };
    utterance.onerror = () => {
      if (mine === turn) finish();
    };
    mark(sentences[place]);
    speech.speak(utterance);
  };

  const offer = () => {
    if (state === "still") group.hidden = !voiceFor(languageOf(root));
  };
  offer();
  speech.addEventListener?.("voiceschanged", offer);
  window.addEventListener("pagehide", finish);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && state !== "still") finish();
  });
  play.addEventListener("click", () => {
    if (state === "reading") {
      // Not speech.pause(): on many phones that never goes on again. The sentence starts anew.
      quiet();
      become("paused");
      return;
    }
    if (state === "still") {
      sentences = sentencesOf(root);
      if (!marks) wrap(sentences);
      quiet();
    }
    become("reading");
    speak();
  });
  stop.addEventListener("click", finish);
  speed.addEventListener("change", () => {
    if (state !== "reading") return;
    quiet();
    speak();
  });
}

if (speech) document.querySelectorAll("[data-wijk-voorlezen]").forEach(readAloud);
