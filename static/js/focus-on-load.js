// Takes the keyboard and the screen reader to what has to be read first: the error summary.

export default function focusOnLoad(element) {
  element.focus();
}
