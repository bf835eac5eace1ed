// Enter in a box presses the button that a script listens to. Else the form would be sent without what
// that button fetches first.

export default function enterPresses(form) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    document.getElementById(form.dataset.presses).click();
  });
}
