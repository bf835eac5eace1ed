// "Read this to me", with a voice that lives on this device. A voice on somebody's server
// would be sent the words: where there is no voice of our own, there is no button.

const RATE = 0.9;

function localVoice(language) {
  const wanted = language.toLowerCase().split("-")[0];
  const speaks = (voice) => voice.lang.toLowerCase().split(/[-_]/)[0] === wanted;
  return speechSynthesis.getVoices().find((voice) => voice.localService === true && speaks(voice));
}

function whenVoicesAreKnown(act) {
  if (speechSynthesis.getVoices().length) {
    act();
  } else {
    speechSynthesis.addEventListener("voiceschanged", act, { once: true });
  }
}

/** The text nodes to be read, cut into sentences: [{ range, words, language }]. */
function sentencesIn(elements) {
  const found = [];
  for (const element of elements) {
    const language = element.closest("[lang]").lang;
    const cutter = new Intl.Segmenter(language, { granularity: "sentence" });
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      for (const { segment, index } of cutter.segment(node.data)) {
        if (segment.trim()) {
          const range = new Range();
          range.setStart(node, index);
          range.setEnd(node, index + segment.length);
          found.push({ range, words: segment.trim(), language });
        }
      }
    }
  }
  return found;
}

function show(range) {
  if (window.CSS?.highlights) {
    CSS.highlights.set("reading", new Highlight(range));
  }
  if (document.documentElement.dataset.motion !== "still") {
    range.startContainer.parentElement.scrollIntoView({ block: "nearest" });
  }
}

function unshow() {
  window.CSS?.highlights?.delete("reading");
}

export default function readAloud(element) {
  if (!window.speechSynthesis || !window.Intl?.Segmenter) {
    return;
  }
  const scope = element.closest("form, main");
  const texts = [...scope.querySelectorAll(element.dataset.read)];
  whenVoicesAreKnown(() => {
    if (texts.length && texts.every((text) => localVoice(text.closest("[lang]").lang))) {
      addButton(element, texts);
    }
  });
}

function addButton(element, texts) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button";
  button.dataset.kind = "quiet";
  button.textContent = element.dataset.label;
  element.append(button);
  let left = [];

  function stop() {
    left = [];
    speechSynthesis.cancel();
    unshow();
    button.textContent = element.dataset.label;
  }

  function next() {
    const sentence = left.shift();
    if (!sentence) {
      stop();
      return;
    }
    const spoken = new SpeechSynthesisUtterance(sentence.words);
    spoken.voice = localVoice(sentence.language);
    spoken.lang = sentence.language;
    spoken.rate = RATE;
    spoken.addEventListener("end", next, { once: true });
    spoken.addEventListener("error", stop, { once: true });
    show(sentence.range);
    speechSynthesis.speak(spoken);
  }

  button.addEventListener("click", () => {
    if (left.length || speechSynthesis.speaking) {
      stop();
      return;
    }
    left = sentencesIn(texts.filter((text) => text.checkVisibility?.() ?? true)); // not what is folded
    button.textContent = element.dataset.stop;
    next();
  });
  window.addEventListener("pagehide", stop);
}
