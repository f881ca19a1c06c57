import type { MirrorDescription } from "../deps.ts";
import { column, DATE, FLAG, ID, MOMENT, STATUS, TEXT, type ViewDefinition } from "./definition.ts";
import {
  dealStages,
  joinCompany,
  joinContact,
  joinCurrency,
  joinFunnel,
  joinStatus,
  semantic,
} from "./joins.ts";
import { moneyColumns } from "./money.ts";
import { recordView } from "./record-view.ts";
import { dictionaryColumns, peopleColumns, timeColumns } from "./shared-columns.ts";
import { dealStageValues, namedValues, SEMANTICS } from "./values.ts";

const SHAPE = {
  title: "text",
  stage_id: "text",
  stage_semantic_id: "text",
  category_id: "integer",
  opportunity: "numeric",
  currency_id: "text",
  company_id: "bigint",
  contact_id: "bigint",
  lead_id: "bigint",
  source_id: "text",
  type_id: "text",
  probability: "bigint",
  begindate: "date",
  closedate: "date",
  closed: "boolean",
  is_return_customer: "boolean",
  moved_time: "timestamp with time zone",
};

export function deals(mirror: MirrorDescription): ViewDefinition {
  return recordView(mirror, {
    name: "deals",
    entity: "deal",
    label: { ru: "Сделки", en: "Deals" },
    shape: SHAPE,
    columns: [
      column("id", "ID", ["ID", "ID"], ID, "d.id", { link: "/crm/deal/details/{id}/" }),
      column("title", "TITLE", ["Название", "Title"], TEXT, "d.title", { link: "/crm/deal/details/{id}/" }),
      ...stageColumns(mirror),
      ...moneyColumns(mirror, "amount", "OPPORTUNITY", ["Сумма", "Amount"], "d.opportunity"),
      column(
        "probability",
        "PROBABILITY",
        ["Вероятность", "Probability"],
        ["percent", "bigint"],
        "d.probability",
      ),
      column("company_id", "COMPANY_ID", ["ID компании", "Company ID"], ID, "d.company_id", {
        words: "company",
      }),
      column("company", "COMPANY_ID", ["Компания", "Company"], TEXT, "company.title", {
        codes: "company_id",
        link: "/crm/company/details/{company_id}/",
      }),
      column("contact_id", "CONTACT_ID", ["ID контакта", "Contact ID"], ID, "d.contact_id", {
        words: "contact",
      }),
      column(
        "contact",
        "CONTACT_ID",
        ["Контакт", "Contact"],
        TEXT,
        "nullif(concat_ws(' ', contact.name, contact.last_name), '')",
        { codes: "contact_id", link: "/crm/contact/details/{contact_id}/", pii: true },
      ),
      column("lead_id", "LEAD_ID", ["ID лида", "Lead ID"], ID, "d.lead_id"),
      ...dictionaryColumns(mirror, "SOURCE", "source", "SOURCE_ID", ["Источник", "Source"]),
      ...dictionaryColumns(mirror, "DEAL_TYPE", "type", "TYPE_ID", ["Тип", "Type"]),
      ...peopleColumns(mirror),
      ...timeColumns(),
      column("stage_changed", "MOVED_TIME", ["Смена стадии", "Stage changed"], MOMENT, "d.moved_time"),
      column("begin_date", "BEGINDATE", ["Дата начала", "Start date"], DATE, "d.begindate"),
      column("close_date", "CLOSEDATE", ["Дата завершения", "Close date"], DATE, "d.closedate"),
      column("closed", "CLOSED", ["Закрыта", "Closed"], FLAG, "d.closed"),
      column(
        "repeat_customer",
        "IS_RETURN_CUSTOMER",
        ["Повторная сделка", "Repeat customer"],
        FLAG,
        "d.is_return_customer",
      ),
    ],
    from: [
      joinCompany(mirror, "d.company_id"),
      joinContact(mirror, "d.contact_id"),
      joinStatus(mirror, "stage", "d.stage_id", dealStages("d.category_id")),
      joinStatus(mirror, "source", "d.source_id", "'SOURCE'"),
      joinStatus(mirror, "type", "d.type_id", "'DEAL_TYPE'"),
      joinFunnel(mirror, "d.category_id"),
      joinCurrency(mirror, "d.currency_id"),
    ],
    refersTo: { company_id: "companies", contact_id: "contacts", lead_id: "leads", funnel_id: "funnels" },
  });
}

function stageColumns(mirror: MirrorDescription) {
  const { categories } = mirror;
  return [
    column(
      "funnel_id",
      "CATEGORY_ID",
      ["ID воронки", "Funnel ID"],
      ["id", "integer"],
      "coalesce(d.category_id, 0)",
      {
        values: namedValues(categories),
        words: "funnel",
      },
    ),
    column("funnel", "CATEGORY_ID", ["Воронка", "Funnel"], STATUS, "funnel.name", { codes: "funnel_id" }),
    column("stage_id", "STAGE_ID", ["Код стадии", "Stage code"], ["stage", "text"], "d.stage_id", {
      values: dealStageValues(mirror),
      words: "stage",
    }),
    column("stage", "STAGE_ID", ["Стадия", "Stage"], ["stage", "text"], "coalesce(stage.name, d.stage_id)", {
      codes: "stage_id",
    }),
    column("stage_order", "STAGE_ID", ["Порядок стадии", "Stage order"], ["number", "integer"], "stage.sort"),
    column(
      "result",
      "STAGE_SEMANTIC_ID",
      ["Результат", "Result"],
      STATUS,
      semantic("d.stage_semantic_id", "stage"),
      {
        values: [...SEMANTICS],
      },
    ),
  ];
}
