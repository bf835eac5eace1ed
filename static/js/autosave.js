// Keeps the status line true while htmx saves half-typed words to a draft.
// A 409 means that another window has these words too: saving by itself stops, and stays stopped.
// So it does after a 410: the page is not open in this browser any more. A 403 brings a new token.

const TRY_AGAIN_AFTER = 10_000;
const LONGEST_WAIT = 3_000;

export default function autosave(form) {
  const status = form.querySelector("#saved");
  let stopped = false; // another window has moved on, or the page is gone from here
  let leaving = false; // Save was pressed: a draft sent now would come after the answer
  let busy = false;
  let renewed = false; // the token: once, and if that does not help, it waits like any failure
  let waiting = 0;

  function saveAgain() {
    window.clearTimeout(waiting);
    waiting = 0;
    form.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function saveLater(words) {
    status.textContent = words;
    waiting ||= window.setTimeout(saveAgain, TRY_AGAIN_AFTER);
  }

  form.addEventListener("htmx:beforeRequest", (event) => {
    if (stopped || leaving) {
      event.preventDefault();
    } else {
      busy = true;
    }
  });

  form.addEventListener("htmx:afterRequest", (event) => {
    const code = event.detail.xhr.status;
    busy = false;
    if (code === 409) {
      stopped = true;
    } else if (code === 410) {
      stopped = true;
      status.textContent = form.dataset.gone;
    } else if (code === 413) {
      status.textContent = form.dataset.tooLong; // trying again would not help: typing less will
    } else if (code === 403 && !renewed) {
      renewed = true;
      window.setTimeout(saveAgain); // after this, when the new token stands in the form
    } else if (code >= 400 && code !== 422) {
      saveLater(form.dataset.failed);
    } else {
      renewed = false;
    }
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

  // A draft on its way is let home first: it brings the version by which saving lets go of it.
  form.addEventListener("submit", (event) => {
    if (!busy || leaving) {
      leaving = true;
      return;
    }
    event.preventDefault();
    leaving = true;
    const go = () => window.setTimeout(() => form.requestSubmit(event.submitter));
    const late = window.setTimeout(go, LONGEST_WAIT);
    form.addEventListener(
      "htmx:afterRequest",
      () => {
        window.clearTimeout(late);
        go();
      },
      { once: true },
    );
  });

  window.addEventListener("pageshow", () => {
    leaving = false;
  });
}
