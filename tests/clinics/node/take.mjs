// Takes pages as a clinic's computer does, with the receiver of npm's kill-the-clipboard.
// Reads a list of {shlink, recipient, passcode?, embeddedLengthMax?}, takes each after the other, and
// prints for each what came: the error's name, or the manifest and the resources; and every request
// with its answer.
import { text } from "node:stream/consumers";
import { SHLViewer } from "kill-the-clipboard";

const taken = [];
for (const { shlink, ...wish } of JSON.parse(await text(process.stdin))) {
  const answers = [];
  const watched = async (url, init = {}) => {
    const answer = await fetch(url, init);
    const { status, headers } = answer;
    const body = await answer.clone().text();
    answers.push({ method: init.method ?? "GET", url, status, headers: Object.fromEntries(headers), body });
    return answer;
  };
  try {
    const viewer = new SHLViewer({ shlinkURI: shlink, fetch: watched });
    const { manifest = null, fhirResources } = await viewer.resolveSHL(wish);
    taken.push({ error: "", manifest, resources: fhirResources, answers });
  } catch (error) {
    taken.push({ error: error.name, manifest: null, resources: [], answers });
  }
}
console.log(JSON.stringify(taken));
