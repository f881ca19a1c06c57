import type { Field } from "../fields/field.ts";
import { asText } from "../php.ts";
import type { Value } from "../values.ts";
import type { Zone } from "../zone.ts";

/** A value from a request in the shape in which the portal will show it. */
export function storeScalar(
  field: Pick<Field, "type" | "name" | "isDynamic">,
  value: unknown,
  zone: Zone,
): Value {
  const text = toText(value);
  switch (field.type) {
    case "integer":
      return field.isDynamic || field.name === "PROBABILITY" ? wholeOr(text, null) : wholeOr(text, "0");
    case "double":
      return storeDouble(field, text);
    case "char":
      return /^(y|1|true)$/i.test(text) ? "Y" : "N";
    case "boolean":
      return /^(y|1|true)$/i.test(text) ? "1" : "0";
    case "date":
      return storeDate(zone.parseDay(text), zone.date);
    case "datetime":
      return storeDate(zone.parse(text), zone.datetime);
    case "money":
      return text === "" || text.includes("|") ? text : `${text}|RUB`;
    case "user":
    case "employee":
      return wholeOr(text, field.isDynamic ? null : "0");
    case "enumeration":
      return wholeOr(text, "0");
    case "file":
      return storeFile(value);
    case "resourcebooking":
      return Number(wholeOr(text, "0"));
    default:
      return storeOther(field.type, text);
  }
}

function storeOther(type: string, text: string): Value {
  if (type === "crm_status" || type === "crm_currency" || type === "crm" || !type.startsWith("crm_"))
    return text;
  return wholeOr(text, "0");
}

function toText(value: unknown): string {
  if (value === null || value === undefined || value === false) return "";
  if (value === true) return "1";
  return typeof value === "object" ? "" : String(value);
}

function wholeOr<T>(text: string, otherwise: T): string | T {
  const number = Number.parseInt(text, 10);
  return Number.isFinite(number) ? String(number) : otherwise;
}

/** System sums have two decimals in the database; a user field keeps what was written. */
function storeDouble(field: Pick<Field, "isDynamic">, text: string): Value {
  const number = Number.parseFloat(text.replace(",", "."));
  if (!Number.isFinite(number)) return field.isDynamic ? null : "0.00";
  return field.isDynamic ? String(number) : number.toFixed(2);
}

function storeDate(at: number | null, format: (at: number) => string): Value {
  return at === null ? "" : format(at);
}

/** Files come as `{fileData: [name, base64]}`; their content is not kept. */
function storeFile(value: unknown): Value {
  const data = (value as { fileData?: unknown } | null)?.fileData ?? value;
  if (!Array.isArray(data) || data.length < 2) return null;
  const id = String(checksum(asText(data[0]) + asText(data[1])));
  const link = (action: string) =>
    `/bitrix/components/bitrix/crm.file/show_file.php?fileId=${id}&action=${action}`;
  return { id, showUrl: link("show"), downloadUrl: link("download") };
}

function checksum(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return 100_000 + ((hash >>> 0) % 900_000);
}
