import { asText } from "../../php.ts";
import type { Row } from "../../values.ts";
import { icon } from "../icons.ts";
import { html, type Markup, type Piece } from "../markup.ts";
import type { View } from "../page.ts";
import { moment } from "../words.ts";
import { type ListQuery, listAddress } from "./list-query.ts";
import { type Column, cardPath, listPath, type Section } from "./sections.ts";
import { recordLink, showField } from "./show-value.ts";
import { stagesOf } from "./stages.ts";

/** One page of records. Roles are written out because narrow screens show the rows as cards. */
export function renderTable(
  view: View,
  section: Section,
  query: ListQuery,
  rows: readonly Row[],
  hasMenu: boolean,
): Markup {
  return html`<table class="grid" role="table">
<thead role="rowgroup"><tr role="row">
${hasMenu && html`<th role="columnheader" class="c-menu"><span class="unseen">Действия</span></th>`}
${sortHeader({ field: "ID", title: "ID", shape: "plain" }, section, query)}
${section.columns.map((column) => sortHeader(column, section, query))}
</tr></thead>
<tbody role="rowgroup">${rows.map((row) => renderRow(view, section, row, hasMenu))}</tbody>
</table>`;
}

const UNSORTED = new Set(["PHONE", "EMAIL"]);

function sortHeader(column: Column, { entity }: Section, query: ListQuery): Markup {
  const kind = column.field === "ID" ? "c-id" : `c-${column.shape}`;
  if (UNSORTED.has(column.field)) return html`<th role="columnheader" class="${kind}">${column.title}</th>`;
  const current = query.sort === column.field;
  const descending = current && query.direction === "DESC";
  // The list opens with the newest on top; any other column starts from its beginning.
  const direction = current && !descending ? "DESC" : "ASC";
  const sort = current && column.field !== "ID" && descending ? "ID" : column.field;
  const address = listAddress(listPath(entity), query, {
    sort,
    direction: sort === "ID" ? "DESC" : direction,
  });
  const order = current ? (descending ? "descending" : "ascending") : "none";
  return html`<th role="columnheader" class="${kind}" aria-sort="${order}"><a href="${address}">${column.title}${
    current && icon(descending ? "down" : "up")
  }</a></th>`;
}

function renderRow(view: View, section: Section, row: Row, hasMenu: boolean): Markup {
  const title = section.titleOf(row);
  return html`<tr role="row">
${
  hasMenu &&
  html`<td role="cell" class="c-menu"><button type="button" class="round" data-row-menu="${row.ID as string}" aria-haspopup="menu" aria-label="Действия: ${title}">${icon("rows")}</button></td>`
}
<td role="cell" class="c-id">${row.ID as string}</td>
${section.columns.map((column) => html`<td role="cell" class="c-${column.shape}" data-title="${column.title}">${showCell(view, section, row, column)}</td>`)}
</tr>`;
}

function showCell(view: View, section: Section, row: Row, column: Column): Piece {
  const { portal } = view;
  if (column.shape === "title") {
    const title = section.titleOf(row);
    return html`<a class="record" href="${cardPath(section.entity, row.ID)}" title="${title}">${title}</a>`;
  }
  if (column.shape === "stage") return stageCell(view, section, row);
  if (column.shape === "client")
    return (
      recordLink(portal, "company", asText(row.COMPANY_ID)) ??
      recordLink(portal, "contact", asText(row.CONTACT_ID)) ??
      html`<span class="none">—</span>`
    );
  // The day is enough in a list; the card tells the minute.
  if (column.shape === "date") return shortMoment(asText(row[column.field]));
  const field = portal.crm.catalogues[section.entity].byName.get(column.field);
  return (field && showField(portal, section.entity, row, field)) ?? html`<span class="none">—</span>`;
}

function shortMoment(text: string): Markup {
  const [date] = moment(text).split(",");
  return html`<time datetime="${text}" title="${moment(text)}">${date}</time>`;
}

/** The stage as the portal draws it: a bar filled as far as the record has come, and the stage's name. */
function stageCell({ portal }: View, { entity, stageField }: Section, row: Row): Markup {
  const stages = stagesOf(portal, entity, asText(row.CATEGORY_ID) || "0");
  const index = stages.findIndex((stage) => stage.code === row[stageField as string]);
  const stage = stages[index];
  if (!stage) return html`${asText(row[stageField as string])}`;
  const steps = stages.filter((one) => one.semantics === "P").length + 1;
  const reached = stage.semantics === "P" ? index + 1 : steps;
  const bar = Array.from({ length: steps }, (_, i) => html`<i${i < reached && html` class="on"`}></i>`);
  return html`<span class="way ${stage.tint}"><span class="way-bar" aria-hidden="true">${bar}</span><span>${stage.name}</span></span>`;
}
