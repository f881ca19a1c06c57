import { asText } from "../../php.ts";
import type { Row } from "../../values.ts";

const LINKS = new Set(["COMPANY_ID", "CONTACT_ID", "LEAD_ID"]);
const POINTS = new Set(["PHONE", "EMAIL"]);

/** A field of a record as its form shows it for writing: the same text sent back means that nothing was changed. */
export function formText(row: Row, name: string): string {
  const value = row[name];
  if (POINTS.has(name)) {
    const [first] = Array.isArray(value) ? value : [];
    return asText((first as Row | undefined)?.VALUE);
  }
  const text = asText(value);
  if (LINKS.has(name) && text === "0") return "";
  return name === "OPPORTUNITY" ? text.replace(/\.0+$/, "").replace(".", ",") : text;
}

/** What a person changed in the form of a record; line ends and outer spaces are no change. */
export function changedTexts(row: Row, given: Record<string, string>): Record<string, string> {
  const plain = (text: string) => text.replace(/\r\n?/g, "\n").trim();
  return Object.fromEntries(
    Object.entries(given).filter(([name, text]) => plain(text) !== plain(formText(row, name))),
  );
}
