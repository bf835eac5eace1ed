// "Copy the link", or "Copy" at a box of words: a button, where the browser lets a page copy.

export default function copyLink(element) {
  if (!navigator.clipboard) {
    return;
  }
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button";
  button.dataset.kind = "small";
  button.textContent = element.dataset.label;
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", async () => {
    const shown = element.querySelector("span, textarea");
    try {
      await navigator.clipboard.writeText(shown.value ?? shown.textContent);
      button.textContent = element.dataset.done;
    } catch {
      window.getSelection().selectAllChildren(shown); // the browser does not let us: it is marked
      shown.select?.();
      button.textContent = element.dataset.refused;
    }
  });
  element.append(button);
}
