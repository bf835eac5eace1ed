// Says that a form is too long before it is sent: so the words stay in their boxes.
// The server refuses it too (profiles/core/bodies.py), but could not give them back.

import notice from "./notice.js";

function size(form, submitter) {
  const said = new FormData(form, submitter);
  if ([...said.values()].some((value) => value instanceof File)) {
    return 0; // files have bounds of their own
  }
  // A browser sends two signs for each end of a line.
  return new URLSearchParams(said).toString().replace(/(?<!%0D)%0A/g, "%0D%0A").length;
}

export default function tooLong(body) {
  const most = Number(body.dataset.longestForm);

  // First of all who listen: whatever else happens at a submit must not, when there is none.
  document.addEventListener(
    "submit",
    (event) => {
      const form = event.target;
      form.querySelector("[data-not-sent]")?.remove();
      if (form.method !== "post" || size(form, event.submitter) <= most) {
        return;
      }
      event.preventDefault();
      event.stopImmediatePropagation();
      notice(form, body.dataset.tooLong);
    },
    true,
  );
}
