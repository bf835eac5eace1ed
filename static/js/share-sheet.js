// "Share it": the phone's own list of ways to send something, where there is one.

export default function shareSheet(element) {
  const given = { text: element.dataset.text, url: element.dataset.link };
  if (!navigator.canShare?.(given)) {
    return;
  }
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button";
  button.dataset.kind = "plain";
  button.textContent = element.dataset.label;
  button.addEventListener("click", () => {
    // Refused is also what it is called when somebody thought better of it: every other way is there.
    navigator.share(given).catch(() => {});
  });
  element.prepend(button);
}
