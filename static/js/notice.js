// Says at the top of a form why it was not sent, and takes the keyboard and the screen reader there.

export default function notice(form, words) {
  form.querySelector("[data-not-sent]")?.remove();
  const element = document.createElement("div");
  element.className = "notice";
  element.dataset.kind = "stop";
  element.dataset.notSent = "";
  element.tabIndex = -1;
  element.setAttribute("role", "alert");
  element.textContent = words;
  form.prepend(element);
  element.focus();
}
