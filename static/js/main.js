// Gives each element with data-module="name" what ./name.js does. Every page works without.

const NAMES = ["autosave", "clinic-viewer", "copy-link", "focus-on-load", "not-connected", "page-beside", "passkey-trouble", "pressed-once", "read-aloud", "setting", "share-sheet", "too-long", "unsent", "with-passkeys"];

for (const element of document.querySelectorAll("[data-module]")) {
  for (const name of element.dataset.module.split(" ")) {
    if (NAMES.includes(name)) {
      import(`./${name}.js`).then((module) => module.default(element));
    }
  }
}
