import type { MirrorDescription } from "../deps.ts";
import { column, FLAG, ID, MOMENT, STATUS, TEXT, type ViewDefinition } from "./definition.ts";
import { joinCompany, joinCurrency, joinStatus, semantic } from "./joins.ts";
import { moneyColumns } from "./money.ts";
import { recordView } from "./record-view.ts";
import { contactColumns, dictionaryColumns, peopleColumns, timeColumns } from "./shared-columns.ts";
import { leadStageValues, SEMANTICS } from "./values.ts";

const SHAPE = {
  title: "text",
  name: "text",
  last_name: "text",
  status_id: "text",
  status_semantic_id: "text",
  opportunity: "numeric",
  currency_id: "text",
  company_id: "bigint",
  company_title: "text",
  contact_id: "bigint",
  source_id: "text",
  has_phone: "boolean",
  has_email: "boolean",
  address_city: "text",
  is_return_customer: "boolean",
  moved_time: "timestamp with time zone",
  date_closed: "timestamp with time zone",
};

export function leads(mirror: MirrorDescription): ViewDefinition {
  const link = "/crm/lead/details/{id}/";
  return recordView(mirror, {
    name: "leads",
    entity: "lead",
    label: { ru: "Лиды", en: "Leads" },
    shape: SHAPE,
    columns: [
      column("id", "ID", ["ID", "ID"], ID, "d.id", { link }),
      column("title", "TITLE", ["Название", "Title"], TEXT, "d.title", { link }),
      column("name", "NAME", ["Имя", "Name"], TEXT, "nullif(concat_ws(' ', d.name, d.last_name), '')", {
        pii: true,
        link,
      }),
      column("stage_id", "STATUS_ID", ["Код стадии", "Stage code"], ["stage", "text"], "d.status_id", {
        values: leadStageValues(mirror),
        words: "stage",
      }),
      column(
        "stage",
        "STATUS_ID",
        ["Стадия", "Stage"],
        ["stage", "text"],
        "coalesce(stage.name, d.status_id)",
        {
          codes: "stage_id",
        },
      ),
      column(
        "stage_order",
        "STATUS_ID",
        ["Порядок стадии", "Stage order"],
        ["number", "integer"],
        "stage.sort",
      ),
      column(
        "result",
        "STATUS_SEMANTIC_ID",
        ["Результат", "Result"],
        STATUS,
        semantic("d.status_semantic_id", "stage"),
        { values: [...SEMANTICS] },
      ),
      ...moneyColumns(mirror, "amount", "OPPORTUNITY", ["Сумма", "Amount"], "d.opportunity"),
      column("company_id", "COMPANY_ID", ["ID компании", "Company ID"], ID, "d.company_id", {
        words: "company",
      }),
      column(
        "company",
        "COMPANY_ID",
        ["Компания", "Company"],
        TEXT,
        "coalesce(company.title, nullif(d.company_title, ''))",
        { codes: "company_id" },
      ),
      column("contact_id", "CONTACT_ID", ["ID контакта", "Contact ID"], ID, "d.contact_id"),
      ...dictionaryColumns(mirror, "SOURCE", "source", "SOURCE_ID", ["Источник", "Source"]),
      ...peopleColumns(mirror),
      ...timeColumns(),
      column("stage_changed", "MOVED_TIME", ["Смена стадии", "Stage changed"], MOMENT, "d.moved_time"),
      column("closed_at", "DATE_CLOSED", ["Дата закрытия", "Closed at"], MOMENT, "d.date_closed"),
      column(
        "repeat_customer",
        "IS_RETURN_CUSTOMER",
        ["Повторный лид", "Repeat customer"],
        FLAG,
        "d.is_return_customer",
      ),
      ...contactColumns(),
    ],
    from: [
      joinCompany(mirror, "d.company_id"),
      joinStatus(mirror, "stage", "d.status_id", "'STATUS'"),
      joinStatus(mirror, "source", "d.source_id", "'SOURCE'"),
      joinCurrency(mirror, "d.currency_id"),
    ],
    refersTo: { company_id: "companies", contact_id: "contacts" },
  });
}
