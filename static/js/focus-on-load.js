// Takes the keyboard and the screen reader to what has to be read first: the first of these.

export default function focusOnLoad(element) {
  if (document.activeElement === document.body) {
    element.focus();
  }
}
