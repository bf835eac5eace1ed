// Asks, in the browser's own words, before somebody leaves words behind that they have not sent.
// Where words are saved as they are typed (autosave.js), nobody needs to be asked.

export default function unsent(form) {
  let sent = false;

  function isTyped() {
    const boxes = [...form.querySelectorAll("textarea, input[type=text]")];
    // A form that came back is filled with what was sent, and is not kept yet.
    const kept = (box) => (form.dataset.typed ? "" : box.defaultValue);
    return boxes.some((box) => box.value !== kept(box));
  }

  document.addEventListener("submit", (event) => {
    sent ||= event.target === form && !event.defaultPrevented;
  });

  window.addEventListener("pageshow", () => {
    sent = false;
  });

  window.addEventListener("beforeunload", (event) => {
    if (!sent && isTyped()) {
      event.preventDefault();
    }
  });
}
