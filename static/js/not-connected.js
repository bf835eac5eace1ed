// Without a connection, a form is not sent: the browser would put its own page where the words were.

import notice from "./notice.js";

async function isAnybodyThere() {
  try {
    await fetch("/up", { cache: "no-store" });
    return true;
  } catch {
    return false;
  }
}

export default function notConnected(element) {
  let sure = null; // the form that is sent after all

  document.addEventListener(
    "submit",
    async (event) => {
      const form = event.target;
      // A browser that says it is not connected may still reach a server on its own machine.
      if (navigator.onLine || form.method !== "post" || form === sure) {
        sure = null;
        return;
      }
      event.preventDefault();
      event.stopImmediatePropagation();
      if (await isAnybodyThere()) {
        sure = form;
        form.requestSubmit(event.submitter);
      } else {
        notice(form, element.dataset.notConnected);
      }
    },
    true,
  );
}
