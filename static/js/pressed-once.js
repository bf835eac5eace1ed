// A hand that shakes presses twice. The second press would break off what the first one asked for.

const A_SLIP = 1_000;

export default function pressedOnce() {
  const pressed = new WeakMap();

  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented) {
      return; // it was not sent
    }
    const before = pressed.get(event.target) ?? -A_SLIP;
    if (event.timeStamp - before < A_SLIP) {
      event.preventDefault();
    } else {
      pressed.set(event.target, event.timeStamp);
    }
  });
}
