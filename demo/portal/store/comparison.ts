import type { Field } from "../fields/field.ts";
import { asText } from "../php.ts";
import type { Value } from "../values.ts";
import type { Zone } from "../zone.ts";

/** What two values of a field are compared by: numbers by size, dates and texts by their characters. */
export type Key = number | string | null;

/** How values of one field are compared. */
export interface Comparison {
  /** The key of one stored scalar; null sorts first and is never above or below anything. */
  stored(value: Value): Key;
  /** The key of a value from a request, which may be any JSON. */
  operand(value: unknown): Key;
  isEmpty(value: Value): boolean;
}

const NUMBERS = new Set(["integer", "double", "user", "employee", "enumeration", "crm_category", "location"]);
const LINKS = new Set(["crm_lead", "crm_deal", "crm_contact", "crm_company", "crm_quote", "crm_entity"]);

export function comparisonOf(field: Pick<Field, "type" | "isDynamic" | "name">, zone: Zone): Comparison {
  if (
    LINKS.has(field.type) ||
    field.type === "enumeration" ||
    field.type === "user" ||
    field.type === "employee"
  ) {
    return { ...numeric, isEmpty: (value) => isBlank(value) || Number(value) === 0 };
  }
  if (NUMBERS.has(field.type) || field.type.startsWith("iblock_")) return numeric;
  if (field.type === "date") return dated((text) => daily(text, zone));
  if (field.type === "datetime") return dated((text) => momentary(text, zone));
  if (field.type === "boolean") return truth;
  if (field.type === "crm_multifield") return contactPoint;
  return textual;
}

const numeric: Comparison = {
  stored: (value) => (isBlank(value) ? null : toNumber(value)),
  operand: toNumber,
  isEmpty: isBlank,
};

const textual: Comparison = {
  stored: (value) => (value === null || value === false ? null : toText(value)),
  operand: toText,
  isEmpty: isBlank,
};

/** A user field of type boolean is stored in many shapes but knows only yes and no. */
const truth: Comparison = {
  stored: (value) => (isTrue(value) ? 1 : 0),
  operand: (value) => (isTrue(value) ? 1 : 0),
  isEmpty: isBlank,
};

const contactPoint: Comparison = {
  stored: (value) => toText((value as { VALUE?: Value } | null)?.VALUE ?? null),
  operand: toText,
  isEmpty: isBlank,
};

/** Stored dates share one format and offset, so their characters order them. */
function dated(read: (text: string) => string | null): Comparison {
  return {
    stored: (value) => (isBlank(value) ? null : String(value)),
    operand: (value) => read(asText(value)),
    isEmpty: isBlank,
  };
}

function daily(text: string, zone: Zone): string | null {
  const day = zone.parseDay(text);
  return day === null ? null : zone.date(day);
}

function momentary(text: string, zone: Zone): string | null {
  const at = zone.parse(text);
  return at === null ? null : zone.datetime(at);
}

export function isBlank(value: unknown): boolean {
  return (
    value === null ||
    value === undefined ||
    value === "" ||
    value === false ||
    (Array.isArray(value) && value.length === 0)
  );
}

export function isTrue(value: unknown): boolean {
  return value === true || value === 1 || value === "1" || value === "Y" || value === "y";
}

/** PHP's way: a text counts as its leading number, a filled array as 1. */
function toNumber(value: unknown): number {
  if (typeof value === "number") return value;
  if (typeof value === "object") return value === null || Object.keys(value).length === 0 ? 0 : 1;
  const number = Number.parseFloat(String(value === true ? 1 : value));
  return Number.isFinite(number) ? number : 0;
}

/** Case does not matter to the portal's database. */
function toText(value: unknown): string {
  return asText(value).toLowerCase();
}
