/** The JSON of a portal's answer, whichever call it belongs to. */
type Json = Record<string, unknown>;

/** What a test lets the portal do differently. Fields and rows may be changed in place. */
export interface Oddities {
  fields?: (fields: Json) => void;
  row?: (row: Json) => void;
}

/**
 * A fetch in whose answers the fields and records of a portal are changed: new user fields, values that no portal
 * should send. `oddities` is looked at for every answer, so a test can change its mind between runs.
 */
export function oddFetch(oddities: Oddities): typeof globalThis.fetch {
  return async (input, init) => {
    const answer = await fetch(input, init);
    const text = await answer.text();
    if (!text.startsWith("{")) return new Response(text, answer);
    const json = JSON.parse(text) as Json;
    visit(json, oddities);
    return new Response(JSON.stringify(json), {
      status: answer.status,
      headers: { "Content-Type": "application/json" },
    });
  };
}

function visit(value: unknown, oddities: Oddities): void {
  if (typeof value !== "object" || value === null) return;
  if (Array.isArray(value)) {
    for (const item of value) if (isRow(item)) oddities.row?.(item);
  } else if (isFields(value as Json)) {
    oddities.fields?.(value as Json);
    return;
  }
  for (const member of Object.values(value)) visit(member, oddities);
}

const isFields = (value: Json) => typeof value["ID"] === "object" && typeof value["TITLE"] === "object";
const isRow = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && "STAGE_ID" in value && "ID" in value;
