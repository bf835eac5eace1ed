// Shows what needs a passkey, where there can be one. A passkey belongs to a name: an address in
// numbers, such as 127.0.0.1, can have none.

const IN_NUMBERS = /^[\d.]+$|^\[/;

export default function withPasskeys(element) {
  element.hidden = !("PublicKeyCredential" in window) || IN_NUMBERS.test(location.hostname);
}
