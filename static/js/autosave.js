// Keeps the status line true while htmx saves half-typed words to a draft.
// A 409 means that another window has these words too: saving by itself stops, and stays stopped.
// So it does after a 410: the page is not open in this browser any more. A 403 brings a new token.

import notice from "./notice.js";

const TRY_AGAIN_AFTER = 10_000;
const LONGEST_WAIT = 3_000;
const SLOW = 4_000; // by then somebody wonders whether it is saved
const MOST_KNOWN = 40; // versions of the draft

// What no other window chooses.
function newVersion() {
  const numbers = [...crypto.getRandomValues(new Uint8Array(9))];
  return numbers.map((number) => number.toString(16).padStart(2, "0")).join("");
}

export default function autosave(form) {
  const status = form.querySelector("#saved");
  let stopped = false; // another window has moved on, or the page is gone from here
  let leaving = false; // Save was pressed: a draft sent now would come after the answer
  let sending = false; // and the form itself is on its way
  let busy = false;
  let renewed = false; // the token: once, and if that does not help, it waits like any failure
  let waiting = 0;
  let slow = 0;
  let typed = 0; // how often something was typed or chosen
  let sent = 0; // how much of that the draft holds which is on its way
  let kept = 0; // and the one that has arrived

  // What is said already is not said again: whoever is read to would hear it at each pause.
  function tell(words) {
    if (status.textContent !== words) {
      status.textContent = words;
    }
  }

  function saveAgain() {
    window.clearTimeout(waiting);
    waiting = 0;
    form.dispatchEvent(new Event("keep"));
  }

  function saveLater(words) {
    tell(words);
    waiting ||= window.setTimeout(saveAgain, TRY_AGAIN_AFTER);
  }

  form.addEventListener("input", () => {
    typed += 1;
  });

  // The version that a draft is to have is chosen here, and known from when it is sent. Where the
  // answer is lost, nobody can tell whether the draft arrived: if it did, it is this window's.
  form.addEventListener("htmx:configRequest", ({ detail }) => {
    const stamp = form.elements.draft_stamp;
    const next = newVersion();
    detail.parameters.next_stamp = next;
    stamp.value = [...stamp.value.split(" "), next].slice(-MOST_KNOWN).join(" ").trim();
  });

  form.addEventListener("htmx:beforeRequest", (event) => {
    if (stopped || leaving) {
      event.preventDefault();
    } else {
      busy = true;
      sent = typed;
      slow ||= window.setTimeout(() => {
        tell(form.dataset.slow);
      }, SLOW);
    }
  });

  form.addEventListener("htmx:afterRequest", (event) => {
    const code = event.detail.xhr.status;
    busy = false;
    window.clearTimeout(slow);
    slow = 0;
    window.clearTimeout(waiting); // there is an answer, or it is tried again below
    waiting = 0;
    if (code === 200) {
      kept = sent;
    }
    if (code === 409) {
      stopped = true;
    } else if (code === 410) {
      stopped = true;
      tell(form.dataset.gone);
    } else if (code === 413) {
      tell(form.dataset.tooLong); // trying again would not help: typing less will
    } else if (code === 403 && !renewed) {
      renewed = true;
      window.setTimeout(saveAgain); // after this, when the new token stands in the form
    } else if (code >= 400 && code !== 422) {
      saveLater(form.dataset.failed);
    } else {
      renewed = false;
    }
  });

  form.addEventListener("htmx:oobBeforeSwap", ({ detail }) => {
    const said = (element) => element.textContent.replace(/\s+/g, " ").trim();
    if (detail.target === status && said(detail.fragment) === said(status)) {
      detail.shouldSwap = false;
    }
  });

  form.addEventListener("htmx:timeout", () => {
    saveLater(form.dataset.failed);
  });

  form.addEventListener("htmx:sendError", () => {
    busy = false;
    saveLater(form.dataset.offline);
  });

  window.addEventListener("online", () => {
    if (waiting) {
      saveAgain();
    }
  });

  // A draft on its way is let home first: it brings the version by which saving lets go of it. Where
  // the last one could not be sent, another is, to learn whether anybody is there: if not, Save
  // would put the browser's own page where the words were.
  form.addEventListener("submit", (event) => {
    if (!(busy || waiting) || leaving) {
      leaving = true;
      sending = true;
      return;
    }
    event.preventDefault();
    const go = () => window.setTimeout(() => form.requestSubmit(event.submitter));
    const late = busy ? window.setTimeout(go, LONGEST_WAIT) : 0;
    if (!busy) {
      saveAgain();
    }
    leaving = true;
    form.addEventListener(
      "htmx:afterRequest",
      ({ detail }) => {
        window.clearTimeout(late);
        if (detail.xhr.status === 0) {
          leaving = false;
          notice(form, form.dataset.notSent);
        } else {
          go();
        }
      },
      { once: true },
    );
  });

  // A telephone may let go of what is not looked at. So what was typed last is sent then.
  document.addEventListener("visibilitychange", () => {
    if (document.hidden && typed !== kept) {
      form.dispatchEvent(new Event("keep"));
    }
  });

  // "Throw these words away" means also those that were typed since.
  document.addEventListener("submit", (event) => {
    if (event.target !== form && event.target.elements.draft_stamp) {
      kept = typed;
      stopped = true;
    }
  });

  // Whoever goes on to another page within a second, or while a slow draft is on its way, leaves
  // words behind. They are sent with what outlives this page, and with the version of the draft on
  // its way as well: it may have arrived, or not.
  window.addEventListener("pagehide", () => {
    if (typed === kept || sending) {
      return;
    }
    kept = typed;
    const body = new URLSearchParams(new FormData(form));
    body.set("leaving", "yes");
    const headers = { "HX-Request": "true" };
    fetch(form.getAttribute("hx-post"), { method: "POST", body, headers, keepalive: true }).catch(
      () => {}, // there is nobody left to tell
    );
  });

  window.addEventListener("pageshow", (event) => {
    leaving = false;
    sending = false;
    if (event.persisted && typed) {
      window.location.reload(); // the words have another version by now
    }
  });
}
