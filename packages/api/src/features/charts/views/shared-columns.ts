import type { MirrorDescription } from "../deps.ts";
import { column, FLAG, ID, MOMENT, STATUS, TEXT, USER, type ViewColumn } from "./definition.ts";
import { dictionaryValues, namedValues } from "./values.ts";

/** Columns of the mirror that every entity has. */
export const SHARED_SHAPE = {
  id: "bigint",
  assigned_by_id: "bigint",
  created_by_id: "bigint",
  date_create: "timestamp with time zone",
  date_modify: "timestamp with time zone",
  last_activity_time: "timestamp with time zone",
  utm_source: "text",
  utm_medium: "text",
  utm_campaign: "text",
} as const;

/** Somebody by id and by name; the join `alias` gives the name. */
export function personColumns(
  mirror: MirrorDescription,
  name: string,
  field: string,
  { label: [ru, en], id, alias }: PersonSource,
): ViewColumn[] {
  const values = namedValues(mirror.users);
  const ofId = PERSON_ID[name] ?? [`ID: ${ru}`, `${en} ID`];
  return [
    column(`${name}_id`, field, ofId, ID, id, { values, words: name }),
    column(name, field, [ru, en], USER, `${alias}.full_name`, { codes: `${name}_id` }),
  ];
}

interface PersonSource {
  readonly label: readonly [ru: string, en: string];
  /** SQL of the id. */
  readonly id: string;
  readonly alias: string;
}

const PERSON_ID: Readonly<Record<string, readonly [ru: string, en: string]>> = {
  responsible: ["ID ответственного", "Responsible ID"],
  created_by: ["ID создателя", "Creator ID"],
};

/** The aliases `u` and `creator` have to be joined. */
export function peopleColumns(mirror: MirrorDescription): ViewColumn[] {
  return [
    ...personColumns(mirror, "responsible", "ASSIGNED_BY_ID", {
      label: ["Ответственный", "Responsible"],
      id: "d.assigned_by_id",
      alias: "u",
    }),
    ...personColumns(mirror, "created_by", "CREATED_BY_ID", {
      label: ["Кем создано", "Created by"],
      id: "d.created_by_id",
      alias: "creator",
    }),
  ];
}

export function timeColumns(): ViewColumn[] {
  return [
    column("created", "DATE_CREATE", ["Дата создания", "Created"], MOMENT, "d.date_create"),
    column("modified", "DATE_MODIFY", ["Дата изменения", "Modified"], MOMENT, "d.date_modify"),
    column(
      "last_activity",
      "LAST_ACTIVITY_TIME",
      ["Последняя активность", "Last activity"],
      MOMENT,
      "d.last_activity_time",
    ),
  ];
}

export function utmColumns(): ViewColumn[] {
  return [
    column("utm_source", "UTM_SOURCE", ["UTM: источник", "UTM source"], STATUS, "nullif(d.utm_source, '')"),
    column("utm_medium", "UTM_MEDIUM", ["UTM: канал", "UTM medium"], STATUS, "nullif(d.utm_medium, '')"),
    column(
      "utm_campaign",
      "UTM_CAMPAIGN",
      ["UTM: кампания", "UTM campaign"],
      STATUS,
      "nullif(d.utm_campaign, '')",
    ),
  ];
}

/** A code and its words from a dictionary; `alias` has to be joined. */
export function dictionaryColumns(
  mirror: MirrorDescription,
  dictionary: string,
  name: string,
  field: string,
  [ru, en]: readonly [ru: string, en: string],
  mirrored = field.toLowerCase(),
): ViewColumn[] {
  const code = `d.${mirrored}`;
  return [
    column(`${name}_id`, field, [`Код: ${ru.toLowerCase()}`, `${en} code`], STATUS, code, {
      values: dictionaryValues(mirror, dictionary),
      words: name,
    }),
    column(name, field, [ru, en], STATUS, `coalesce(${name}.name, ${code})`, { codes: `${name}_id` }),
  ];
}

/** Whether a person can be reached, without telling how. */
export function contactColumns(): ViewColumn[] {
  return [
    column("has_phone", "HAS_PHONE", ["Есть телефон", "Has a phone"], FLAG, "d.has_phone"),
    column("has_email", "HAS_EMAIL", ["Есть e-mail", "Has an e-mail"], FLAG, "d.has_email"),
    column("city", "ADDRESS_CITY", ["Город", "City"], TEXT, "nullif(d.address_city, '')", { pii: true }),
  ];
}
