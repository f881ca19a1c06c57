import { asText } from "../../php.ts";
import type { Row } from "../../values.ts";
import { html, type Markup } from "../markup.ts";
import { ownCall } from "../own-call.ts";
import type { View } from "../page.ts";
import { money, number } from "../words.ts";
import type { Section } from "./sections.ts";

/** The product rows of a deal or a lead; null where it has none. */
export function cardProducts({ portal, user }: View, { entity }: Section, row: Row): Markup | null {
  if (entity !== "deal" && entity !== "lead") return null;
  const result = ownCall(portal, Number(user.ID), `crm.${entity}.productrows.get`, { id: row.ID })?.result;
  const rows = Array.isArray(result) ? (result as Row[]) : [];
  if (rows.length === 0) return null;
  const currency = asText(row.CURRENCY_ID) || "RUB";
  const sum = rows.reduce((all, one) => all + Number(one.PRICE) * Number(one.QUANTITY), 0);
  return html`<table class="grid products" role="table">
<thead role="rowgroup"><tr role="row"><th role="columnheader">Товар</th><th role="columnheader" class="c-sum">Цена</th><th role="columnheader" class="c-sum">Количество</th><th role="columnheader" class="c-sum">Сумма</th></tr></thead>
<tbody role="rowgroup">${rows.map(
    (one) =>
      html`<tr role="row"><td role="cell" class="c-title">${asText(one.PRODUCT_NAME) || "Без названия"}</td><td role="cell" class="c-sum" data-title="Цена">${money(Number(one.PRICE), currency)}</td><td role="cell" class="c-sum" data-title="Количество">${number(Number(one.QUANTITY))} ${asText(one.MEASURE_NAME)}</td><td role="cell" class="c-sum" data-title="Сумма">${money(Number(one.PRICE) * Number(one.QUANTITY), currency)}</td></tr>`,
  )}</tbody>
<tfoot role="rowgroup"><tr role="row"><th role="rowheader" colspan="3">Всего</th><td role="cell" class="c-sum">${money(sum, currency)}</td></tr></tfoot>
</table>`;
}
