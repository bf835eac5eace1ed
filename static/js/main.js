// Gives each element with data-module="name" what ./name.js does. Every page works without.

// What keeps somebody's words comes with the page: fetched later, it is missing to whoever is cut
// off meanwhile, and nobody is told. So does what Enter means: it may be pressed at once.
import autosave from "./autosave.js";
import enterPresses from "./enter-presses.js";
import notConnected from "./not-connected.js";
import pressedOnce from "./pressed-once.js";
import tooLong from "./too-long.js";
import unsent from "./unsent.js";

const HERE = {
  autosave,
  "enter-presses": enterPresses,
  "not-connected": notConnected,
  "pressed-once": pressedOnce,
  "too-long": tooLong,
  unsent,
};

const FETCHED = {
  "clinic-viewer": () => import("./clinic-viewer.js"),
  "copy-link": () => import("./copy-link.js"),
  "focus-on-load": () => import("./focus-on-load.js"),
  "page-beside": () => import("./page-beside.js"),
  "passkey-trouble": () => import("./passkey-trouble.js"),
  "read-aloud": () => import("./read-aloud.js"),
  setting: () => import("./setting.js"),
  "share-sheet": () => import("./share-sheet.js"),
  "smaller-photo": () => import("./smaller-photo.js"),
  "with-passkeys": () => import("./with-passkeys.js"),
};

for (const element of document.querySelectorAll("[data-module]")) {
  for (const name of element.dataset.module.split(" ")) {
    if (Object.hasOwn(HERE, name)) {
      HERE[name](element);
    } else if (Object.hasOwn(FETCHED, name)) {
      FETCHED[name]().then((module) => module.default(element));
    }
  }
}
