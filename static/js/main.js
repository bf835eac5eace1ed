// Gives each element with data-module="name" what ./name.js does. Every page works without.

const NAMES = ["autosave", "clinic-viewer", "copy-link", "focus-on-load", "not-connected", "page-beside", "passkey-trouble", "read-aloud", "setting", "share-sheet", "too-long", "with-passkeys"];

for (const element of document.querySelectorAll("[data-module]")) {
  const name = element.dataset.module;
  if (NAMES.includes(name)) {
    import(`./${name}.js`).then((module) => module.default(element));
  }
}
