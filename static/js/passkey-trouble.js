// Says so, in our words, when a device could not make or use a passkey.

export default function passkeyTrouble(element) {
  const words = element.querySelector("template").content;
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    element.replaceChildren(words.cloneNode(true));
  });
}
