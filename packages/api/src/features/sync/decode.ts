import { toDay, toTimestamp } from "./calendar.ts";
import type { Codec, FieldPlan } from "./columns.ts";

/** A value in PostgreSQL's text form, or null. */
export type Cell = string | null;

/** One cell for each column of the field's plan; or what did not fit and why. */
export type Decoded = { readonly cells: readonly Cell[] } | { readonly misfit: Misfit };

export type Misfit =
  | "not_a_number"
  | "out_of_range"
  | "not_a_flag"
  | "not_a_date"
  | "not_text"
  | "unstorable_text"
  | "not_a_list"
  /** The table's contract has no column for the field. */
  | "no_column";

const misfit = (reason: Misfit): Decoded => ({ misfit: reason });

/**
 * One value of a portal's answer as cells of its columns. What the portal means by "nothing" (null, absent, and by
 * type "", "0", false or []) is NULL; what does not fit the type is a misfit, never silently NULL.
 */
export function decodeValue(plan: FieldPlan, value: unknown): Decoded {
  const decoded = plan.field.multiple ? decodeSeveral(plan, value) : decodeOne(plan.codec, value);
  if ("misfit" in decoded || decoded.cells.length === plan.columns.length) return decoded;
  return { cells: plan.columns.map((_, at) => decoded.cells[at] ?? null) };
}

const nothing: Decoded = { cells: [null] };

function decodeSeveral(plan: FieldPlan, value: unknown): Decoded {
  if (
    value === null ||
    value === undefined ||
    value === false ||
    value === "" ||
    value === "0" ||
    value === 0
  )
    return nothing;
  const values = Array.isArray(value) ? value : typeof value === "object" ? Object.values(value) : [value];
  if (values.length === 0) return nothing;
  if (!plan.array) return decodeJson(plan.codec === "file" ? values.map(withoutSignedLinks) : values);
  const cells: string[] = [];
  for (const item of values) {
    const one = decodeOne(plan.codec, item);
    if ("misfit" in one) return one;
    const [cell] = one.cells;
    if (cell !== null && cell !== undefined) cells.push(cell);
  }
  return cells.length === 0 ? nothing : { cells: [toArrayLiteral(cells)] };
}

function decodeOne(codec: Codec, value: unknown): Decoded {
  if (value === null || value === undefined) return nothing;
  return DECODERS[codec](value);
}

const DECODERS: Readonly<Record<Codec, (value: unknown) => Decoded>> = {
  bigint: (value) => decodeWhole(value, 9223372036854775807n),
  integer: (value) => decodeWhole(value, 2147483647n),
  reference: (value) => (value === "0" || value === 0 ? nothing : decodeWhole(value, 9223372036854775807n)),
  numeric: decodeNumeric,
  boolean: decodeFlag,
  text: decodeText,
  code: (value) => (value === "" ? nothing : decodeText(value)),
  date: (value) => decodeMoment(value, toDay),
  timestamp: (value) => decodeMoment(value, toTimestamp),
  money: decodeMoney,
  address: decodeAddress,
  file: (value) => (value === "" || value === false ? nothing : decodeJson(withoutSignedLinks(value))),
  multifield: decodeJson,
  json: (value) => (value === "" ? nothing : decodeJson(value)),
};

function decodeWhole(value: unknown, limit: bigint): Decoded {
  if (value === "" || value === false) return nothing;
  const text = typeof value === "number" && Number.isSafeInteger(value) ? String(value) : value;
  // Nearly all there are: as they are to be written, and within any limit.
  if (typeof text === "string" && /^[1-9]\d{0,8}$/.test(text)) return { cells: [text] };
  if (typeof text !== "string" || !/^\s*[+-]?\d{1,40}(\.0+)?\s*$/.test(text)) return misfit("not_a_number");
  const whole = BigInt(text.trim().replace(/^\+/, "").replace(/\..*$/, ""));
  return whole > limit || whole < -limit - 1n ? misfit("out_of_range") : { cells: [whole.toString()] };
}

/** Long enough for any amount a person can mean, short enough for PostgreSQL. */
const longestNumber = 1000;

function decodeNumeric(value: unknown): Decoded {
  if (value === "" || value === false) return nothing;
  if (typeof value === "number")
    return Number.isFinite(value) ? { cells: [String(value)] } : misfit("not_a_number");
  if (typeof value !== "string") return misfit("not_a_number");
  const text = value.trim();
  if (!/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i.test(text)) return misfit("not_a_number");
  return text.length > longestNumber ? misfit("out_of_range") : { cells: [text] };
}

function decodeFlag(value: unknown): Decoded {
  if (value === "Y" || value === "1" || value === 1 || value === true || value === "y")
    return { cells: ["t"] };
  if (value === "N" || value === "0" || value === 0 || value === false || value === "n")
    return { cells: ["f"] };
  return value === "" ? nothing : misfit("not_a_flag");
}

function decodeText(value: unknown): Decoded {
  if (typeof value === "number" || typeof value === "boolean") return { cells: [String(value)] };
  if (typeof value !== "string") return misfit("not_text");
  return isStorable(value) ? { cells: [value] } : misfit("unstorable_text");
}

/** PostgreSQL has no zero character, and UTF-8 no half of a surrogate pair. */
function isStorable(text: string): boolean {
  return !text.includes("\0") && text.isWellFormed();
}

function decodeMoment(value: unknown, read: (text: string) => string | null): Decoded {
  if (value === "" || value === false) return nothing;
  const text = typeof value === "string" ? read(value.trim()) : null;
  return text === null ? misfit("not_a_date") : { cells: [text] };
}

/** `300|USD`; the currency may be missing. */
function decodeMoney(value: unknown): Decoded {
  if (typeof value !== "string") return decodeNumeric(value);
  const [amount = "", currency = "", ...rest] = value.split("|");
  if (rest.length > 0 || !/^[A-Za-z0-9]{0,10}$/.test(currency)) return misfit("not_a_number");
  const decoded = decodeNumeric(amount);
  return "misfit" in decoded
    ? decoded
    : { cells: [...decoded.cells, currency === "" ? null : currency.toUpperCase()] };
}

/** `text|lat;lng|address id`; only the text is always there. */
function decodeAddress(value: unknown): Decoded {
  if (value === "" || value === false) return nothing;
  const text = decodeText(value);
  if ("misfit" in text) return text;
  const parts = /^([\s\S]*?)(?:\|(-?[\d.]+);(-?[\d.]+))?(?:\|(\d+))?$/.exec(text.cells[0] ?? "");
  if (parts === null || (parts[2] === undefined && parts[4] === undefined)) return text;
  const [, words = "", lat, lng, id] = parts;
  const place = {
    ...(lat && lng ? { lat: Number(lat), lng: Number(lng) } : {}),
    ...(id ? { id: Number(id) } : {}),
  };
  return { cells: [words, JSON.stringify(place)] };
}

function decodeJson(value: unknown): Decoded {
  const text = JSON.stringify(value);
  // JSON.stringify writes a zero character and a lone surrogate as escapes, which jsonb refuses.
  return /\\u(0000|d[89a-f])/i.test(text.replaceAll("\\\\", ""))
    ? misfit("unstorable_text")
    : { cells: [text] };
}

/** Links to files carry a token that opens them: the mirror keeps the file's id only. */
function withoutSignedLinks(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return { id: value };
  const { id, ID } = value as { id?: unknown; ID?: unknown };
  return { id: id ?? ID ?? null };
}

function toArrayLiteral(cells: readonly string[]): string {
  return `{${cells.map((cell) => `"${cell.replace(/[\\"]/g, "\\$&")}"`).join(",")}}`;
}
