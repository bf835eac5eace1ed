// Keeps the status line true while htmx saves half-typed words to a draft.
// A 409 means that another window has these words too: saving by itself stops, and stays stopped.

const TRY_AGAIN_AFTER = 10_000;

export default function autosave(form) {
  const status = form.querySelector("#saved");
  let stopped = false;
  let waiting = 0;

  function say(words) {
    status.textContent = words;
  }

  function saveAgain() {
    window.clearTimeout(waiting);
    waiting = 0;
    form.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function saveLater() {
    if (!waiting) {
      waiting = window.setTimeout(saveAgain, TRY_AGAIN_AFTER);
    }
  }

  form.addEventListener("htmx:beforeRequest", (event) => {
    if (stopped) {
      event.preventDefault();
    }
  });

  form.addEventListener("htmx:afterRequest", (event) => {
    const code = event.detail.xhr.status;
    if (code === 409) {
      stopped = true;
    } else if (code >= 500) {
      say(form.dataset.failed);
      saveLater();
    }
  });

  form.addEventListener("htmx:sendError", () => {
    say(form.dataset.offline);
    saveLater();
  });

  window.addEventListener("online", () => {
    if (waiting) {
      saveAgain();
    }
  });
}
