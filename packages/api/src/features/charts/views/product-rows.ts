import type { MirrorDescription } from "../deps.ts";
import { column, DATE, ID, join, MOMENT, STATUS, TEXT, type ViewDefinition } from "./definition.ts";
import { dealStages, joinCurrency, joinFunnel, joinStatus, joinUser, semantic } from "./joins.ts";
import { moneyColumns } from "./money.ts";
import { personColumns } from "./shared-columns.ts";
import { dictionaryValues, namedValues, SEMANTICS } from "./values.ts";

const SHAPE = {
  id: "bigint",
  owner_id: "bigint",
  product_id: "bigint",
  product_name: "text",
  quantity: "numeric",
  measure_name: "text",
  price: "numeric",
  discount_sum: "numeric",
};

const DEAL = {
  id: "bigint",
  title: "text",
  assigned_by_id: "bigint",
  category_id: "integer",
  stage_id: "text",
  stage_semantic_id: "text",
  currency_id: "text",
  source_id: "text",
  date_create: "timestamp with time zone",
  closedate: "date",
};

/** What was sold in deals: each row with what its deal says of it, so that it is told apart by time, result and person. */
export function productRows(mirror: MirrorDescription): ViewDefinition {
  const link = "/crm/deal/details/{deal_id}/";
  return {
    name: "product_rows",
    entity: "product_row",
    label: { ru: "Товары в сделках", en: "Products of deals" },
    rows: mirror.rows["product_row"] ?? null,
    columns: [
      column("id", "id", ["ID", "ID"], ID, "d.id"),
      // The same product may have been renamed; a row without one is told by the name that was typed in.
      column("product_id", "productId", ["ID товара", "Product ID"], ID, "nullif(d.product_id, 0)"),
      column("product", "productName", ["Товар", "Product"], TEXT, "nullif(d.product_name, '')"),
      column("quantity", "quantity", ["Количество", "Quantity"], ["number", "numeric"], "d.quantity"),
      column("unit", "measureName", ["Единица", "Unit"], STATUS, "nullif(d.measure_name, '')"),
      ...moneyColumns(
        mirror,
        "amount",
        "price",
        ["Сумма", "Amount"],
        "d.price * d.quantity",
        "deal.currency_id",
      ),
      column("price", "price", ["Цена", "Price"], ["money", "numeric"], "d.price", { unit: "{currency}" }),
      column(
        "discount",
        "discountSum",
        ["Скидка на единицу", "Discount per unit"],
        ["money", "numeric"],
        "d.discount_sum",
        {
          unit: "{currency}",
        },
      ),
      column("deal_id", "ownerId", ["ID сделки", "Deal ID"], ID, "d.owner_id", { words: "deal", link }),
      column("deal", "ownerId", ["Сделка", "Deal"], TEXT, "deal.title", { codes: "deal_id", link }),
      ...dealColumns(mirror),
    ],
    from: [
      mirror.from("product_rows", SHAPE, "d"),
      `LEFT JOIN ${mirror.from("deals", DEAL, "deal")} ON deal.id = d.owner_id`,
      joinUser(mirror, "u", "deal.assigned_by_id"),
      joinStatus(mirror, "stage", "deal.stage_id", dealStages("deal.category_id")),
      joinStatus(mirror, "source", "deal.source_id", "'SOURCE'"),
      joinFunnel(mirror, "deal.category_id"),
      joinCurrency(mirror, "deal.currency_id"),
    ],
    joins: [
      join("product_rows", "deal_id", "deals"),
      join("product_rows", "responsible_id", "users"),
      join("product_rows", "funnel_id", "funnels"),
    ],
  };
}

function dealColumns(mirror: MirrorDescription) {
  return [
    column(
      "result",
      "STAGE_SEMANTIC_ID",
      ["Результат", "Result"],
      STATUS,
      semantic("deal.stage_semantic_id", "stage"),
      { values: [...SEMANTICS] },
    ),
    column(
      "funnel_id",
      "CATEGORY_ID",
      ["ID воронки", "Funnel ID"],
      ["id", "integer"],
      "coalesce(deal.category_id, 0)",
      { values: namedValues(mirror.categories), words: "funnel" },
    ),
    column("funnel", "CATEGORY_ID", ["Воронка", "Funnel"], STATUS, "funnel.name", { codes: "funnel_id" }),
    column("source_id", "SOURCE_ID", ["Код: источник", "Source code"], STATUS, "deal.source_id", {
      values: dictionaryValues(mirror, "SOURCE"),
      words: "source",
    }),
    column("source", "SOURCE_ID", ["Источник", "Source"], STATUS, "coalesce(source.name, deal.source_id)", {
      codes: "source_id",
    }),
    ...personColumns(mirror, "responsible", "ASSIGNED_BY_ID", {
      label: ["Ответственный", "Responsible"],
      id: "deal.assigned_by_id",
      alias: "u",
    }),
    column("created", "DATE_CREATE", ["Дата создания сделки", "Deal created"], MOMENT, "deal.date_create"),
    column("close_date", "CLOSEDATE", ["Дата завершения сделки", "Deal closed"], DATE, "deal.closedate"),
  ];
}
