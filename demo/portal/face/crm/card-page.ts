import { asText } from "../../php.ts";
import type { Row } from "../../values.ts";
import { icon } from "../icons.ts";
import { html, type Markup } from "../markup.ts";
import type { View } from "../page.ts";
import { type Placed, toolbarButtons } from "../placements/buttons.ts";
import { cardFields } from "./card-fields.ts";
import { cardHistory } from "./card-history.ts";
import { cardLinks } from "./card-links.ts";
import { cardProducts } from "./card-products.ts";
import { cardPath, listPath, type Section } from "./sections.ts";
import { type Stage, stagesOf } from "./stages.ts";

export interface CardPlacements {
  tabs: readonly Placed[];
  toolbar: readonly Placed[];
}

interface Tab {
  id: string;
  title: string;
  body: Markup;
  /** An application's tab opens its frame when first chosen. */
  placed?: Placed;
}

/** The card of one record: stages, fields, linked records, history; tabs of applications beside them. */
export function renderCard(view: View, section: Section, row: Row, placed: CardPlacements): Markup {
  const { entity, many, one, titleOf } = section;
  const id = asText(row.ID);
  return html`<div class="head">
<nav class="crumbs" aria-label="Путь"><a href="${listPath(entity)}">${many}</a> <span aria-hidden="true">/</span> ${one} № ${id}</nav>
<h1 data-live="title">${titleOf(row)}</h1>
<div class="head-tools">${toolbarButtons(placed.toolbar, { id })}<a class="button" href="/crm/${entity}/edit/${id}/">Изменить</a></div>
</div>
${stageBar(view, section, row)}
${renderTabs(tabsOf(view, section, row, placed), id)}`;
}

function tabsOf(view: View, section: Section, row: Row, { tabs }: CardPlacements): Tab[] {
  const products = cardProducts(view, section, row);
  const common = html`<div class="columns" data-live="common"><div>${cardFields(view, section, row)}</div><div>${cardLinks(view, section.entity, row)}${cardHistory(view, section, row)}</div></div>`;
  return [
    { id: "common", title: "Общие", body: common },
    ...(products
      ? [
          {
            id: "products",
            title: "Товары",
            body: html`<div class="panel" data-live="products">${products}</div>`,
          },
        ]
      : []),
    ...tabs.map((one) => ({
      id: `app-${one.id}`,
      title: one.title,
      body: html`<div class="app-place" data-app-place></div>`,
      placed: one,
    })),
  ];
}

function renderTabs(tabs: readonly Tab[], recordId: string): Markup {
  if (tabs.length === 1) return (tabs[0] as Tab).body;
  return html`<div class="tabs" role="tablist" aria-label="Разделы карточки">${tabs.map(
    ({ id, title, placed }, i) =>
      html`<button type="button" role="tab" id="tab-${id}" aria-controls="panel-${id}" aria-selected="${i === 0 ? "true" : "false"}"${i > 0 && html` tabindex="-1"`}${
        placed && html` data-tab-placement="${placed.id}" data-record="${recordId}"`
      }>${title}</button>`,
  )}</div>
${tabs.map(({ id, body }, i) => html`<div role="tabpanel" id="panel-${id}" aria-labelledby="tab-${id}"${i > 0 && html` hidden`}>${body}</div>`)}`;
}

/** The stages as the portal draws them: a person moves the record by pressing one. */
function stageBar({ portal }: View, { entity, stageField }: Section, row: Row): Markup | null {
  if (!stageField) return null;
  const stages = stagesOf(portal, entity, asText(row.CATEGORY_ID) || "0");
  const current = stages.findIndex((stage) => stage.code === row[stageField]);
  const now = stages[current];
  const way = stages.filter((stage) => stage.semantics === "P");
  const ends = stages.filter((stage) => stage.semantics !== "P");
  const button = (stage: Stage, index: number) => {
    const state = stage === now ? "now" : now?.semantics !== "P" || index < current ? "done" : "next";
    return html`<li><button name="stage" value="${stage.code}" title="${stage.name}" class="step-${state} ${(state === "next" ? stage : (now ?? stage)).tint}"${stage === now && html` aria-current="step"`}><span>${stage.name}</span></button></li>`;
  };
  return html`<form class="stages" data-live="stages" method="post" action="${cardPath(entity, row.ID)}stage/">
<p class="stage-now ${now?.tint ?? ""}" aria-hidden="true"><span class="dot"></span>${now?.name}</p>
<ol aria-label="Стадии">${way.map(button)}${
    now &&
    now.semantics !== "P" &&
    html`<li><button name="stage" value="${now.code}" class="step-now ${now.tint}" aria-current="step"><span>${now.name}</span></button></li>`
  }</ol>
<details class="more"><summary class="button">${now && now.semantics !== "P" ? "Изменить итог" : "Завершить"}${icon("down")}</summary><div class="sheet">${ends
    .filter((stage) => stage !== now)
    .map(
      (stage) =>
        html`<button name="stage" value="${stage.code}" class="menu-item ${stage.tint}"><span class="dot"></span>${stage.name}</button>`,
    )}</div></details>
</form>`;
}
