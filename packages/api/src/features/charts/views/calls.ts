import { CALL_DIRECTIONS, CALL_RESULTS } from "../../../platform/bitrix/codes.ts";
import type { MirrorDescription } from "../deps.ts";
import { column, FLAG, ID, join, MOMENT, STATUS, type ViewDefinition } from "./definition.ts";
import { joinCurrency, joinUser } from "./joins.ts";
import { moneyColumns } from "./money.ts";
import { personColumns } from "./shared-columns.ts";
import { meant, meantValues, ownCode, ownValues } from "./values.ts";

const SHAPE = {
  id: "bigint",
  call_type: "bigint",
  portal_user_id: "bigint",
  call_start_date: "timestamp with time zone",
  call_duration: "bigint",
  call_failed_code: "text",
  cost: "numeric",
  cost_currency: "text",
  crm_entity_type: "text",
};

/** The results that are told apart; all others are calls that failed. */
const TOLD = CALL_RESULTS.filter(({ name }) => ["answered", "missed", "declined", "busy"].includes(name));
const OUTCOMES = [...meantValues(TOLD), ...ownValues(["failed", "Несостоявшийся", "Failed"])].map(
  (value, order) => ({ ...value, order }),
);
const OUTCOME = `coalesce(${meant("d.call_failed_code", TOLD)},
  CASE WHEN d.call_failed_code LIKE '603%' THEN 'declined' WHEN d.call_failed_code <> '' THEN 'failed' END)`;

const CUSTOMERS = ownValues(
  ["contact", "Контакт", "Contact"],
  ["company", "Компания", "Company"],
  ["lead", "Лид", "Lead"],
  ["deal", "Сделка", "Deal"],
);
const CUSTOMER_OF = { CONTACT: "contact", COMPANY: "company", LEAD: "lead", DEAL: "deal" };

/** The telephone log, without numbers and recordings. */
export function calls(mirror: MirrorDescription): ViewDefinition {
  return {
    name: "calls",
    entity: "call",
    label: { ru: "Звонки", en: "Calls" },
    rows: mirror.rows["call"] ?? null,
    columns: [
      column("id", "ID", ["ID", "ID"], ID, "d.id"),
      column(
        "direction",
        "CALL_TYPE",
        ["Направление", "Direction"],
        STATUS,
        meant("d.call_type", CALL_DIRECTIONS),
        { values: meantValues(CALL_DIRECTIONS) },
      ),
      column("outcome", "CALL_FAILED_CODE", ["Исход", "Outcome"], STATUS, OUTCOME, { values: OUTCOMES }),
      column("answered", "CALL_FAILED_CODE", ["Состоялся", "Answered"], FLAG, "d.call_failed_code = '200'"),
      ...personColumns(mirror, "responsible", "PORTAL_USER_ID", {
        label: ["Сотрудник", "Employee"],
        id: "d.portal_user_id",
        alias: "u",
      }),
      column("started", "CALL_START_DATE", ["Начало", "Started"], MOMENT, "d.call_start_date"),
      column(
        "minutes",
        "CALL_DURATION",
        ["Длительность, мин", "Duration, min"],
        ["number", "numeric"],
        "round(d.call_duration / 60.0, 2)",
      ),
      column(
        "customer_kind",
        "CRM_ENTITY_TYPE",
        ["С кем", "With whom"],
        STATUS,
        ownCode("d.crm_entity_type", CUSTOMER_OF),
        { values: CUSTOMERS },
      ),
      ...moneyColumns(mirror, "cost", "COST", ["Стоимость", "Cost"], "d.cost", "d.cost_currency"),
    ],
    from: [
      mirror.from("calls", SHAPE, "d"),
      joinUser(mirror, "u", "d.portal_user_id"),
      joinCurrency(mirror, "d.cost_currency"),
    ],
    joins: [join("calls", "responsible_id", "users")],
  };
}
