import type { Field } from "../../fields/field.ts";
import { asText } from "../../php.ts";
import type { Portal } from "../../portal.ts";
import { isBlank } from "../../store/comparison.ts";
import { type Entity, isMap, type Row, type Value } from "../../values.ts";
import { html, join, type Markup, type Piece } from "../markup.ts";
import { person } from "../people.ts";
import { day, moment, money, number, phone } from "../words.ts";
import { cardPath, SECTIONS } from "./sections.ts";
import { stagesOf } from "./stages.ts";

/** A field of a record as a person reads it; null where it is empty. */
export function showField(portal: Portal, entity: Entity, row: Row, field: Field): Markup | null {
  const value = row[field.name] ?? null;
  if (isBlank(value)) return null;
  if (field.type === "crm_multifield") return showPoints(field.name, value);
  const members = Array.isArray(value) ? value : [value];
  const shown = members.map((member) => showOne(portal, entity, row, field, member)).filter(isSomething);
  return shown.length > 0 ? html`${join(shown.map(wrap), html`, `)}` : null;
}

const isSomething = (piece: Piece) =>
  piece !== null && piece !== undefined && piece !== false && piece !== "";
const wrap = (piece: Piece) => html`${piece}`;

function showOne(portal: Portal, entity: Entity, row: Row, field: Field, value: Value): Piece {
  const text = asText(value);
  switch (field.type) {
    case "user":
    case "employee":
      return person(portal, value);
    case "date":
      return showDay(portal, text);
    case "datetime":
      return html`<time datetime="${text}">${moment(text)}</time>`;
    case "char":
    case "boolean":
      return value === true || text === "Y" || text === "1" ? "Да" : "Нет";
    case "enumeration":
      return field.items?.find((item) => item.ID === text)?.VALUE ?? null;
    case "crm_status":
      return statusName(portal, entity, row, field, text);
    case "crm_category":
      return portal.crm.categories.find((category) => String(category.id) === text)?.name ?? text;
    case "money": {
      const [amount, currency = "RUB"] = text.split("|");
      return money(Number(amount), currency);
    }
    case "double":
      return showDouble(row, field, text);
    case "integer":
      return field.name === "ID" || /\D/.test(text) ? text : number(Number(text));
    default:
      return showRest(portal, field, value);
  }
}

function showRest(portal: Portal, field: Field, value: Value): Piece {
  const text = asText(value);
  if (field.type === "file") return isMap(value) ? `Файл № ${asText(value.id)}` : null;
  if (field.type === "url") return outsideLink(text);
  if (field.type === "address") return text.split("|")[0];
  if (field.type.startsWith("crm_")) return recordLink(portal, field.type.slice(4), text);
  if (field.type === "crm") return showBinding(portal, field, text);
  return isMap(value) ? JSON.stringify(value) : text;
}

function showDay(portal: Portal, text: string): Piece {
  const at = portal.zone.parseDay(text);
  return at === null
    ? text
    : html`<time datetime="${new Date(at).toISOString().slice(0, 10)}">${day(at)}</time>`;
}

const AMOUNTS = new Set(["OPPORTUNITY", "REVENUE", "TAX_VALUE"]);

function showDouble(row: Row, field: Field, text: string): Piece {
  if (!AMOUNTS.has(field.name)) return number(Number(text));
  return money(Number(text), asText(row.CURRENCY_ID) || "RUB");
}

function statusName(portal: Portal, entity: Entity, row: Row, field: Field, code: string): Piece {
  if (field.name === SECTIONS[entity].stageField) {
    const stages = stagesOf(portal, entity, asText(row.CATEGORY_ID) || "0");
    return stages.find((stage) => stage.code === code)?.name ?? code;
  }
  const status = portal.crm.statuses.find(
    ({ ENTITY_ID, STATUS_ID }) => ENTITY_ID === field.statusType && STATUS_ID === code,
  );
  return status ? asText(status.NAME) : code;
}

/** A link to a record's card by its title; null where there is no such record. */
export function recordLink(portal: Portal, entity: string, id: string): Markup | null {
  if (!Object.hasOwn(SECTIONS, entity)) return null;
  const { titleOf } = SECTIONS[entity as Entity];
  const row = portal.crm.tables[entity as Entity].get(Number(id));
  if (!row) return null;
  const title = titleOf(row);
  return html`<a href="${cardPath(entity as Entity, row.ID)}" title="${title}">${title}</a>`;
}

const PREFIXES: Record<string, Entity> = { L: "lead", D: "deal", C: "contact", CO: "company" };
const KINDS: Record<string, Entity> = { LEAD: "lead", DEAL: "deal", CONTACT: "contact", COMPANY: "company" };

/** `CO_3`; a number alone where the field binds to one kind of record. */
function showBinding(portal: Portal, field: Field, text: string): Piece {
  const [prefix = "", id] = text.split("_");
  if (id && PREFIXES[prefix]) return recordLink(portal, PREFIXES[prefix], id);
  const settings = isMap(field.settings) ? field.settings : {};
  const kind = Object.keys(KINDS).find((name) => settings[name] === "Y");
  return kind ? recordLink(portal, KINDS[kind] as Entity, text) : text;
}

function outsideLink(text: string): Piece {
  if (!/^https?:\/\//i.test(text)) return text;
  return html`<a href="${text}" target="_blank" rel="noopener noreferrer">${text.replace(/^https?:\/\//i, "")}</a>`;
}

/** Phones, addresses and sites, each with what a click on it should do. */
function showPoints(name: string, value: Value): Markup | null {
  const points = (Array.isArray(value) ? value : []).map((point) => asText((point as Row | null)?.VALUE));
  const shown = points
    .filter(Boolean)
    .map((point) => html`<span class="point">${showPoint(name, point)}</span>`);
  return shown.length > 0 ? html`${shown}` : null;
}

function showPoint(name: string, point: string): Piece {
  if (name === "PHONE") return html`<a href="tel:${point.replace(/[^\d+]/g, "")}">${phone(point)}</a>`;
  if (name === "EMAIL") return html`<a href="mailto:${point}">${point}</a>`;
  return name === "WEB" || name === "LINK" ? outsideLink(point) : point;
}
