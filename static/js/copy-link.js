// "Copy the link": a button beside the link, where the browser lets a page copy.

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
    await navigator.clipboard.writeText(element.querySelector("span").textContent);
    button.textContent = element.dataset.done;
  });
  element.append(button);
}
