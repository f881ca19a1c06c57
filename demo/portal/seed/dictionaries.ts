import type { Row } from "../values.ts";
import * as choices from "./words/choices.ts";
import { HOUSE_STAGES, HOUSES_CATEGORY, LEAD_STAGES, SALES_STAGES, type Stage } from "./words/stages.ts";

const EXTRA = { P: "process", S: "success", F: "failure" } as const;

/** Every row of `crm.status.list`, in the portal's order. */
export function seedStatuses(): Row[] {
  const rows: Row[] = [];
  const add = (row: Row) => rows.push({ ID: String(rows.length * 2 + 1), ...row });
  for (const stage of LEAD_STAGES.entries()) add(stageRow("STATUS", stage, null));
  for (const [entityId, list] of Object.entries(LISTS)) {
    list.forEach((choice, i) => {
      add(choiceRow(entityId, choice, i));
    });
  }
  for (const stage of SALES_STAGES.entries()) add(stageRow("DEAL_STAGE", stage, "0"));
  for (const stage of HOUSE_STAGES.entries())
    add(stageRow(`DEAL_STAGE_${HOUSES_CATEGORY}`, stage, String(HOUSES_CATEGORY)));
  return rows;
}

const LISTS: Record<string, readonly choices.Choice[]> = {
  SOURCE: choices.SOURCES,
  CONTACT_TYPE: choices.CONTACT_TYPES,
  COMPANY_TYPE: choices.COMPANY_TYPES,
  EMPLOYEES: choices.EMPLOYEES,
  INDUSTRY: choices.INDUSTRIES,
  DEAL_TYPE: choices.DEAL_TYPES,
  HONORIFIC: choices.HONORIFICS,
};

function choiceRow(entityId: string, [id, name]: choices.Choice, index: number): Row {
  return {
    ENTITY_ID: entityId,
    STATUS_ID: id,
    NAME: name,
    NAME_INIT: "",
    SORT: String((index + 1) * 10),
    SYSTEM: "N",
    CATEGORY_ID: null,
    COLOR: null,
    SEMANTICS: null,
  };
}

/** A stage as `crm.status.list` shows it, without its ID. */
export function stageRow(entityId: string, [index, stage]: [number, Stage], category: string | null): Row {
  const [id, name, color, semantics] = stage;
  const final = semantics !== "P" || id.endsWith("NEW");
  const kind = id.endsWith("APOLOGY") ? "apology" : EXTRA[semantics];
  return {
    ENTITY_ID: entityId,
    STATUS_ID: id,
    NAME: name,
    NAME_INIT: final ? name : "",
    SORT: String((index + 1) * 10),
    SYSTEM: final && !id.endsWith("APOLOGY") ? "Y" : "N",
    CATEGORY_ID: category,
    COLOR: color,
    SEMANTICS: semantics === "P" ? null : semantics,
    EXTRA: { SEMANTICS: kind, COLOR: color },
  };
}

/** Rows of `crm.currency.list`: code, name, roubles for `AMOUNT_CNT` units. */
export function seedCurrencies(updated: string): Row[] {
  const rows = [
    ["RUB", "Российский рубль", "1.0000", "1", "# ₽"],
    ["USD", "Доллар США", "92.5000", "1", "$#"],
    ["EUR", "Евро", "99.8000", "1", "€#"],
    ["BYN", "Белорусский рубль", "28.3000", "1", "# Br"],
    ["KZT", "Казахстанский тенге", "19.1000", "100", "# ₸"],
  ] as const;
  return rows.map(([code, name, amount, count, format], i) => ({
    CURRENCY: code,
    AMOUNT_CNT: count,
    AMOUNT: amount,
    SORT: String((i + 1) * 100),
    BASE: i === 0 ? "Y" : "N",
    FULL_NAME: name,
    LID: "ru",
    FORMAT_STRING: format,
    DEC_POINT: ",",
    THOUSANDS_SEP: null,
    DECIMALS: "2",
    DATE_UPDATE: updated,
  }));
}
