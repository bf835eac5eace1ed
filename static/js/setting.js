// Keeps the row of a folded choice true: it says what is chosen now, before anything is saved.
// Without a script it says only that it is another one.

export default function setting(element) {
  const words = element.querySelector(".setting-now");
  const picture = element.querySelector(".setting-picture[data-follows]");

  function tell() {
    const label = element.querySelector("input:checked")?.labels[0];
    if (!label) {
      return;
    }
    words.textContent = label.textContent.trim();
    if (picture) {
      const shown = label.querySelector("img")?.cloneNode();
      picture.replaceChildren(...(shown ? [shown] : []));
    }
    element.dataset.told = "";
  }

  element.addEventListener("change", tell);
  window.addEventListener("pageshow", tell); // a browser that comes back may choose again by itself
  tell(); // on a slow line, somebody may have chosen before this came
}
