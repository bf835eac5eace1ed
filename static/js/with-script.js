// Shows what only works with a script, such as a passkey.

export default function withScript(element) {
  element.hidden = false;
}
