// What we look for on a page beyond axe: axe passes all of these. Gives a list of sentences.
() => {
  const problems = [];
  const SMALLEST = 48;
  const all = (selector) => [...document.querySelectorAll(selector)];
  const shown = (element) => element.checkVisibility() && element.getClientRects().length > 0;
  const name = (element) => element.outerHTML.replace(/\s+/g, " ").slice(0, 90);

  const ids = all("[id]").map((element) => element.id);
  for (const id of new Set(ids.filter((id, at) => ids.indexOf(id) !== at))) {
    problems.push(`The id "${id}" is there twice`);
  }

  for (const attribute of ["aria-describedby", "aria-labelledby", "aria-controls"]) {
    for (const element of all(`[${attribute}]`)) {
      for (const id of element.getAttribute(attribute).trim().split(/\s+/)) {
        if (!document.getElementById(id)) {
          problems.push(`${attribute} points at "${id}", which is not there: ${name(element)}`);
        }
      }
    }
  }

  for (const label of all("label")) {
    if (!label.control) {
      problems.push(`A label belongs to nothing: ${name(label)}`);
    }
  }

  for (const link of all('a[href^="#"]')) {
    if (!document.getElementById(link.hash.slice(1))) {
      problems.push(`A link leads nowhere on the page: ${name(link)}`);
    }
  }

  for (const radio of all("input[type=radio]")) {
    if (!radio.closest("fieldset")?.querySelector("legend")?.textContent.trim()) {
      problems.push(`A radio button stands outside a fieldset with a legend: ${name(radio)}`);
    }
  }

  for (const control of all("[aria-invalid=true]")) {
    const described = [control, control.closest("fieldset")]
      .flatMap((element) => (element?.getAttribute("aria-describedby") ?? "").split(/\s+/))
      .filter((id) => id.endsWith("_error") && document.getElementById(id)?.textContent.trim());
    if (!described.length) {
      problems.push(`A control is wrong and no error says why: ${name(control)}`);
    }
  }

  const toFix = all("#error-summary a")
    .map((link) => document.getElementById(link.hash.slice(1)))
    .filter(Boolean);
  for (const [at, control] of toFix.entries()) {
    if (at && control.compareDocumentPosition(toFix[at - 1]) & Node.DOCUMENT_POSITION_FOLLOWING) {
      problems.push(`What is to fix stands in another order than on the page: ${name(control)}`);
    }
  }

  const insideText = (link) => {
    const around = link.closest("p, li, dd, td");
    return around && around.textContent.trim() !== link.textContent.trim();
  };
  // A part of a picture may be small where a link of full size leads to the same place.
  const links = all("a[href]:not(svg a)").map((link) => link.getAttribute("href"));
  const hasEqual = (link) => link.matches("svg a") && links.includes(link.getAttribute("href"));
  const boxOf = (control) => control.closest(".choice, .picture-choice") ?? control;
  for (const control of all("a[href], button, summary, select, textarea, input:not([type=hidden])")) {
    const box = boxOf(control).getBoundingClientRect();
    const hidden = !shown(control) || control.matches(".skip") || hasEqual(control);
    if (!hidden && !(control.matches("a") && insideText(control))) {
      if (Math.min(Math.ceil(box.height), Math.ceil(box.width)) < SMALLEST) {
        const size = `${Math.round(box.width)} by ${Math.round(box.height)}`;
        problems.push(`A target is small, ${size}: ${name(control)}`);
      }
    }
  }

  const headings = all("h1, h2, h3, h4, h5, h6").filter(shown);
  if (headings.filter((heading) => heading.matches("h1")).length !== 1) {
    problems.push("A page has one h1");
  }
  let level = 0;
  for (const heading of headings) {
    const own = Number(heading.tagName[1]);
    if (level && own > level + 1) { // an error summary may come before the h1
      problems.push(`A heading skips a level, from ${level} to ${own}: ${name(heading)}`);
    }
    level = own;
  }

  // One thing to do next: whatever else can be pressed is plainer. The gallery shows every piece.
  const filled = all(".button").filter(
    (button) => shown(button) && ["", "main"].includes(button.dataset.kind ?? ""),
  );
  if (filled.length > 1 && location.pathname !== "/gallery/") {
    const words = filled.map((button) => button.textContent.trim().replace(/\s+/g, " "));
    problems.push(`A screen has one filled button at most, and this one: ${words.join("; ")}`);
  }

  // Whoever has no mouse presses Enter in a box, and the browser presses the first button of its form.
  for (const form of all("form")) {
    const boxes = [...form.elements].filter(
      (box) => box.matches("input:not([type=hidden], [type=file])") && shown(box),
    );
    const [first, ...others] = [...form.elements].filter((button) => button.type === "submit");
    const isMain = !first || first.hidden || ["", "main"].includes(first.dataset.kind ?? "");
    if (boxes.length && others.length && !isMain) {
      problems.push(`Enter presses what nobody means by it: ${name(first)}`);
    }
    if (boxes.length && !first && !form.dataset.presses && location.pathname !== "/gallery/") {
      problems.push(`Enter sends a form that has no button for it: ${name(form)}`);
    }
  }

  // Read out of their context, two rows that open are told apart by their names alone.
  const rows = all("summary").filter(shown).map((row) => row.textContent.trim().replace(/\s+/g, " "));
  for (const row of new Set(rows.filter((words, at) => rows.indexOf(words) !== at))) {
    problems.push(`Two rows that open have one name: ${row}`);
  }

  const beyond = document.documentElement.scrollWidth - document.documentElement.clientWidth;
  if (beyond > 0) {
    problems.push(`The page scrolls sideways by ${beyond} pixels`);
  }

  for (const element of all("[style]:not([style='']), [onclick], [onload], script:not([src]):not([type='application/json'])")) {
    problems.push(`Something the security policy stops: ${name(element)}`);
  }
  return problems;
}
