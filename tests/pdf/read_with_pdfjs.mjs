// Prints what pdf.js reads on the first page of each PDF, a line of JSON for each: its pieces of
// text in the order in which pdf.js gives them, and the words that its tags tell.
import { readFile } from "node:fs/promises";
import { argv } from "node:process";
import { getDocument } from "./pdfjs/node_modules/pdfjs-dist/legacy/build/pdf.mjs";

const told = ({ alt, children = [] }) => [...(alt ? [alt] : []), ...children.flatMap(told)];

for (const path of argv.slice(2)) {
  const loading = getDocument({ data: new Uint8Array(await readFile(path)) });
  const page = await (await loading.promise).getPage(1);
  const { items } = await page.getTextContent();
  const pieces = items.map(({ str, hasEOL }) => (hasEOL ? `${str}\n` : str));
  console.log(JSON.stringify({ items: pieces, told: told(await page.getStructTree()) }));
  await loading.destroy();
}
