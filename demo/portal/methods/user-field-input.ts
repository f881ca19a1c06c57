import type { Choice } from "../fields/user-field-row.ts";
import { asFlag, asInteger, asList, asMap, asText } from "../php.ts";
import { RestError } from "../rest/error.ts";
import type { Book } from "../store/book.ts";
import { isMap, type Row, type Value } from "../values.ts";

/** The types that a person can choose; applications add `rest_*` ones. */
export const USER_FIELD_TYPES = [
  ["string", "Строка"],
  ["integer", "Целое число"],
  ["double", "Число"],
  ["boolean", "Да/Нет"],
  ["enumeration", "Список"],
  ["datetime", "Дата/Время"],
  ["date", "Дата"],
  ["money", "Деньги"],
  ["url", "Ссылка"],
  ["address", "Адрес"],
  ["file", "Файл"],
  ["employee", "Привязка к сотруднику"],
  ["crm_status", "Привязка к справочникам CRM"],
  ["iblock_section", "Привязка к разделам инф. блоков"],
  ["iblock_element", "Привязка к элементам инф. блоков"],
  ["crm", "Привязка к элементам CRM"],
].map(([ID, title]) => ({ ID, title }));

export const LABELS = [
  "EDIT_FORM_LABEL",
  "LIST_COLUMN_LABEL",
  "LIST_FILTER_LABEL",
  "ERROR_MESSAGE",
  "HELP_MESSAGE",
];
const FLAGS = ["MANDATORY", "SHOW_IN_LIST", "EDIT_IN_LIST", "IS_SEARCHABLE"];
const LONGEST_NAME = 50;
const FIRST_CHOICE = 1001;

/** The row of a new user field, or the portal's refusal. */
export function newUserField(fields: Record<string, unknown>, entityId: string, book: Book): Row {
  const type = asText(fields.USER_TYPE_ID).trim();
  const name = asText(fields.FIELD_NAME).trim();
  const missing = Object.entries({ USER_TYPE_ID: type, FIELD_NAME: name }).filter(([, text]) => text === "");
  if (missing.length > 0) {
    throw new RestError("", missing.map(([key]) => `The '${key}' field is not found.`).join("\n"));
  }
  const multiple = asFlag(fields.MULTIPLE) && type !== "boolean";
  const row: Row = {
    ID: String(book.nextId),
    ENTITY_ID: entityId,
    FIELD_NAME: requireName(name, entityId, book),
    USER_TYPE_ID: requireType(type),
    XML_ID: fields.XML_ID === undefined ? null : asText(fields.XML_ID),
    SORT: String(asInteger(fields.SORT) || 100),
    MULTIPLE: multiple ? "Y" : "N",
    MANDATORY: "N",
    SHOW_FILTER: "N",
    SHOW_IN_LIST: "Y",
    EDIT_IN_LIST: "Y",
    IS_SEARCHABLE: "N",
    SETTINGS: [],
    ...Object.fromEntries(LABELS.map((label) => [label, null])),
  };
  const named = {
    EDIT_FORM_LABEL: fields.LABEL,
    LIST_COLUMN_LABEL: fields.LABEL,
    LIST_FILTER_LABEL: fields.LABEL,
  };
  return updatedUserField(row, { ...(fields.LABEL === undefined ? {} : named), ...fields }, book);
}

/** The row after an update: the name, the type and MULTIPLE are for ever. */
export function updatedUserField(before: Row, fields: Record<string, unknown>, book: Book): Row {
  const row = { ...before };
  for (const name of FLAGS) if (fields[name] !== undefined) row[name] = asFlag(fields[name]) ? "Y" : "N";
  for (const name of LABELS) if (fields[name] !== undefined) row[name] = labelText(fields[name]);
  if (fields.XML_ID !== undefined) row.XML_ID = asText(fields.XML_ID);
  if (asInteger(fields.SORT) > 0) row.SORT = String(asInteger(fields.SORT));
  if (fields.SHOW_FILTER !== undefined) row.SHOW_FILTER = filterMode(fields.SHOW_FILTER);
  if (asMap(fields.SETTINGS)) row.SETTINGS = fields.SETTINGS as Value;
  if (row.USER_TYPE_ID === "enumeration") {
    row.LIST = changedChoices(
      (before.LIST ?? []) as unknown as Choice[],
      fields.LIST,
      book,
    ) as unknown as Value;
  }
  return row;
}

function requireName(name: string, entityId: string, book: Book): string {
  const upper = name.toUpperCase();
  const full = upper.startsWith("UF_CRM_") ? upper : `UF_CRM_${upper}`;
  if (full.length > LONGEST_NAME) {
    throw new RestError("ERROR_CORE", "Название поля слишком длинное (более 50 символов).");
  }
  if (!/^[A-Z0-9_]+$/.test(full)) {
    throw new RestError(
      "ERROR_CORE",
      "Название поля содержит недопустимые символы. Разрешены: A-Z, 0-9 и _.",
    );
  }
  if (book.rows.some((row) => row.ENTITY_ID === entityId && row.FIELD_NAME === full)) {
    throw new RestError("ERROR_CORE", `Поле ${full} для объекта ${entityId} уже существует.`);
  }
  return full;
}

function requireType(type: string): string {
  if (
    USER_FIELD_TYPES.some(({ ID }) => ID === type) ||
    type === "resourcebooking" ||
    type.startsWith("rest_")
  ) {
    return type;
  }
  throw new RestError("ERROR_CORE", "Указан неверный пользовательский тип.");
}

/** A label is a text, or a map of languages. */
function labelText(value: unknown): string {
  if (!isMap(value)) return asText(value);
  return asText(value.ru ?? value.en ?? Object.values(value)[0]);
}

function filterMode(value: unknown): string {
  const text = asText(value).toUpperCase();
  if (["N", "I", "E", "S"].includes(text)) return text;
  return asFlag(value) ? "E" : "N";
}

/** Choices with a known ID change, or go by `DEL: "Y"`; others are added; those that are not named stay. */
function changedChoices(before: readonly Choice[], given: unknown, book: Book): Choice[] {
  let last = highestChoice(book);
  const choices = [...before];
  for (const entry of asList(given).map((item) => asMap(item) ?? { VALUE: item })) {
    const index = choices.findIndex(({ ID }) => ID === asText(entry.ID));
    const known = choices[index];
    if (known && asFlag(entry.DEL)) choices.splice(index, 1);
    else if (known) choices[index] = { ...known, ...choiceOf(entry, known) };
    else if (asText(entry.VALUE) !== "") {
      const ID = String(++last);
      const blank = {
        ID,
        SORT: String((choices.length + 1) * 10),
        VALUE: "",
        DEF: "N",
        XML_ID: `choice_${ID}`,
      };
      choices.push({ ...blank, ...choiceOf(entry, blank) });
    }
  }
  const codes = choices.map(({ XML_ID }) => XML_ID);
  const twice = codes.find((code, i) => codes.indexOf(code) !== i);
  if (twice !== undefined)
    throw new RestError("ERROR_CORE", `Значение списка с XML_ID='${twice}' уже существует.`);
  return choices.sort((a, b) => Number(a.SORT) - Number(b.SORT));
}

function choiceOf(entry: Record<string, unknown>, known: Choice): Choice {
  return {
    ...known,
    ...(entry.VALUE === undefined ? {} : { VALUE: asText(entry.VALUE) }),
    ...(entry.SORT === undefined ? {} : { SORT: String(asInteger(entry.SORT)) }),
    ...(entry.DEF === undefined ? {} : { DEF: asFlag(entry.DEF) ? "Y" : "N" }),
    ...(entry.XML_ID === undefined ? {} : { XML_ID: asText(entry.XML_ID) }),
  };
}

/** Choices of all fields share one run of numbers. */
function highestChoice(book: Book): number {
  const all = book.rows.flatMap((row) => (row.LIST ?? []) as unknown as Choice[]);
  return all.reduce((last, { ID }) => Math.max(last, Number(ID)), FIRST_CHOICE - 1);
}
