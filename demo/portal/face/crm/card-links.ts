import { asText } from "../../php.ts";
import type { Portal } from "../../portal.ts";
import type { Entity, Row } from "../../values.ts";
import { html, type Markup } from "../markup.ts";
import type { View } from "../page.ts";
import { money, number, phone } from "../words.ts";
import { findRecords } from "./find-records.ts";
import { cardPath, listPath, SECTIONS } from "./sections.ts";
import { stagesOf } from "./stages.ts";

const SHOWN = 5;

/** Which records point at this one. */
const BACKWARD: Record<Entity, readonly Entity[]> = {
  deal: [],
  lead: ["deal"],
  contact: ["deal", "lead"],
  company: ["deal", "contact", "lead"],
};

/** Records that a card is linked with: those it names, and those that name it. */
export function cardLinks(view: View, entity: Entity, row: Row): Markup {
  const groups = [...named(view.portal, row), ...naming(view.portal, entity, row)];
  return html`${groups.map((group) => renderGroup(view, entity, row, group))}`;
}

interface LinkGroup {
  entity: Entity;
  rows: Row[];
  total: number;
}

function named({ crm }: Portal, row: Row): LinkGroup[] {
  const wanted: [Entity, unknown[]][] = [
    ["company", Array.isArray(row.COMPANY_IDS) ? row.COMPANY_IDS : [row.COMPANY_ID]],
    ["contact", Array.isArray(row.CONTACT_IDS) ? row.CONTACT_IDS : [row.CONTACT_ID]],
    ["lead", [row.LEAD_ID]],
  ];
  return wanted.flatMap(([entity, ids]) => {
    const rows = ids.map((id) => crm.tables[entity].get(Number(id))).filter((one) => one !== undefined);
    return rows.length > 0 ? [{ entity, rows, total: rows.length }] : [];
  });
}

function naming(portal: Portal, entity: Entity, row: Row): LinkGroup[] {
  const linked = { [entity]: asText(row.ID) };
  return BACKWARD[entity].flatMap((other) => {
    const found = findRecords(portal, {
      entity: other,
      filter: {},
      order: { ID: "DESC" },
      search: "",
      linked,
    });
    return found.total > 0 ? [{ entity: other, rows: found.slice(0, SHOWN), total: found.total }] : [];
  });
}

function renderGroup({ portal }: View, from: Entity, row: Row, { entity, rows, total }: LinkGroup): Markup {
  const { many, titleOf } = SECTIONS[entity];
  return html`<section class="panel links" aria-labelledby="links-${entity}">
<h2 id="links-${entity}">${many} <span class="number">${number(total)}</span></h2>
<ul>${rows.map(
    (one) =>
      html`<li><a href="${cardPath(entity, one.ID)}">${titleOf(one)}</a>${about(portal, entity, one)}</li>`,
  )}</ul>
${total > rows.length && html`<a class="all" href="${listPath(entity)}?${from}=${row.ID as string}">Показать все ${number(total)}</a>`}
</section>`;
}

/** A line below the title: the stage and the sum, or how to reach them. */
function about(portal: Portal, entity: Entity, row: Row): Markup | null {
  const { stageField } = SECTIONS[entity];
  if (stageField) {
    const stages = stagesOf(portal, entity, asText(row.CATEGORY_ID) || "0");
    const stage = stages.find((one) => one.code === row[stageField]);
    const sum =
      Number(row.OPPORTUNITY) > 0 && money(Number(row.OPPORTUNITY), asText(row.CURRENCY_ID) || "RUB");
    return html`<small class="${stage?.tint ?? ""}"><span class="dot"></span>${stage?.name}${sum && html` · ${sum}`}</small>`;
  }
  const [point] = Array.isArray(row.PHONE) ? row.PHONE : [];
  const text = asText((point as Row | undefined)?.VALUE);
  return text ? html`<small>${phone(text)}</small>` : null;
}
