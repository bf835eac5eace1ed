// Opens a clinic link: what stands after the "#" is read here, and never sent to us. The page comes
// locked, and is opened with the key from the link.

const LINK = /shlink:\/([\w-]+)$/;
const KEY = /^[\w-]{43}$/;
const OURS = "/shl/"; // where a page is taken from, on this site alone
const FLAGS = ["U", "P", "LP"];
const MOST = 20_000_000; // letters that may come in a manifest itself
const STATUS = { 401: "passcode", 404: "gone", 409: "cannot", 429: "often" };

class Trouble extends Error {
  constructor(kind, left) {
    super(kind);
    this.kind = kind;
    this.left = left;
  }
}

function bytes(base64url) {
  const plain = atob(base64url.replaceAll("-", "+").replaceAll("_", "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

function said(raw) {
  return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(raw));
}

function inAddress(hash) {
  if (hash.length < 2) {
    throw new Trouble("none");
  }
  let link;
  try {
    link = said(bytes(LINK.exec(hash)[1]));
    link.place = new URL(link.url);
  } catch {
    throw new Trouble("broken");
  }
  if (!FLAGS.includes(link.flag) || (link.v ?? 1) !== 1) {
    throw new Trouble("unknown");
  }
  if (!isOurs(link.place)) {
    throw new Trouble("elsewhere");
  }
  if (!KEY.test(link.key)) {
    throw new Trouble("broken");
  }
  return link;
}

// Not so where "skip to the main part" leads, on this page.
function isLink(hash) {
  return hash.length > 1 && !document.getElementById(hash.slice(1));
}

function isOurs(place) {
  return place.origin === location.origin && place.pathname.startsWith(OURS);
}

async function ask(place, how = {}) {
  let answer;
  try {
    answer = await fetch(place, { ...how, credentials: "omit", cache: "no-store", redirect: "error" });
  } catch {
    throw new Trouble("offline");
  }
  if (answer.status === 401) {
    const { remainingAttempts: left } = await answer.json();
    throw left ? new Trouble("passcode", left) : new Trouble("gone");
  }
  if (!answer.ok) {
    throw new Trouble(STATUS[answer.status] ?? "later");
  }
  return answer;
}

async function* files(link, recipient, passcode) {
  if (link.flag === "U") {
    const place = new URL(link.place);
    place.searchParams.set("recipient", recipient);
    yield await (await ask(place)).text();
    return;
  }
  const body = JSON.stringify({ recipient, passcode, embeddedLengthMax: MOST });
  const headers = { "Content-Type": "application/json" };
  const manifest = await (await ask(link.place, { method: "POST", headers, body })).json();
  for (const file of manifest.files) {
    if (file.embedded === undefined && !isOurs(new URL(file.location))) {
      throw new Trouble("elsewhere");
    }
    yield file.embedded ?? (await (await ask(file.location)).text());
  }
}

async function unlocked(jose, key) {
  const [head, , iv, words, tag] = jose.trim().split(".");
  const { alg, enc, zip } = said(bytes(head));
  if (alg !== "dir" || enc !== "A256GCM" || zip) {
    throw new Trouble("unknown");
  }
  const opener = await crypto.subtle.importKey("raw", bytes(key), "AES-GCM", false, ["decrypt"]);
  const how = { name: "AES-GCM", iv: bytes(iv), additionalData: new TextEncoder().encode(head) };
  const locked = new Blob([bytes(words), bytes(tag)]);
  return said(await crypto.subtle.decrypt(how, opener, await locked.arrayBuffer()));
}

function named(person) {
  const [name] = person?.name ?? [];
  return name?.text ?? [...(name?.given ?? []), name?.family].filter(Boolean).join(" ");
}

function whatIsIn(bundle) {
  const resources = bundle.entry.map((each) => each.resource);
  const of = (kind) => resources.filter((each) => each.resourceType === kind);
  const attached = of("DocumentReference").flatMap((each) => each.content.map((one) => one.attachment));
  const pdf = attached.find((each) => each.contentType === "application/pdf");
  return { name: named(of("Patient")[0]), pdf: bytes(pdf.data) };
}

async function take(link, recipient, passcode) {
  try {
    for await (const jose of files(link, recipient, passcode)) {
      const bundle = await unlocked(jose, link.key);
      if (bundle.type === "collection") {
        return whatIsIn(bundle);
      }
    }
  } catch (error) {
    if (!(error instanceof Trouble)) {
      throw new Trouble("broken");
    }
    throw error.kind === "gone" && isOver(link) ? new Trouble("over") : error;
  }
  throw new Trouble("unknown");
}

// Only why a link opens nothing: whether it does we ask first, for the clock here may be wrong.
function isOver(link) {
  return link.exp * 1000 <= Date.now();
}

export default function clinicViewer(element) {
  const part = (name) => element.querySelector(`[data-part="${name}"]`);
  const [form, trouble, taken] = [part("ask"), part("trouble"), part("taken")];
  const button = form.querySelector("button");
  const file = taken.querySelector("a[download]");
  let link;

  function tell({ kind, left }) {
    const words = element.querySelector(`template[data-trouble="${kind}"]`).content.cloneNode(true);
    words.querySelectorAll("[data-left]").forEach((place) => {
      place.textContent = left;
    });
    trouble.hidden = false;
    trouble.replaceChildren(words);
    const { recipient, passcode } = form.elements;
    const box = { who: recipient, passcode, untyped: passcode }[kind];
    form.hidden = !box && !["often", "later", "offline"].includes(kind);
    (box ?? trouble).focus();
  }

  function begin() {
    const hash = location.hash;
    // So that it is left in no history, and on no screen.
    history.replaceState(null, "", location.pathname);
    trouble.hidden = taken.hidden = true;
    link = undefined;
    try {
      if (!crypto.subtle) {
        throw new Trouble("old");
      }
      link = inAddress(hash);
      part("passcode").hidden = link.flag === "U";
      form.hidden = false;
    } catch (error) {
      tell(error);
    }
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const recipient = form.elements.recipient.value.trim();
    const passcode = form.elements.passcode.value.trim();
    trouble.hidden = true;
    if (!recipient) {
      tell(new Trouble("who"));
      return;
    }
    if (!passcode && link.flag !== "U") {
      tell(new Trouble("untyped"));
      return;
    }
    button.disabled = true;
    const asked = link; // another may come into the address while this one is on its way
    try {
      const { name, pdf } = await take(asked, recipient, passcode);
      if (asked !== link) {
        return;
      }
      URL.revokeObjectURL(file.href);
      file.href = URL.createObjectURL(new Blob([pdf], { type: "application/pdf" }));
      form.elements.passcode.value = "";
      form.hidden = true;
      taken.hidden = false;
      const whose = taken.querySelector("h2");
      whose.textContent = name;
      whose.focus();
    } catch (error) {
      if (asked === link) {
        tell(error);
      }
    } finally {
      button.disabled = false;
    }
  });

  part("without").hidden = true;
  window.addEventListener("hashchange", () => isLink(location.hash) && begin());
  begin();
}
