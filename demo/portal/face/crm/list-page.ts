import { asText } from "../../php.ts";
import { icon } from "../icons.ts";
import { html, type Markup } from "../markup.ts";
import type { View } from "../page.ts";
import { type Placed, placementMenu, toolbarButtons } from "../placements/buttons.ts";
import { counted, number } from "../words.ts";
import { type Found, findRecords } from "./find-records.ts";
import { filterOf, LIST_PAGE, type ListQuery, listAddress } from "./list-query.ts";
import { renderTable } from "./list-table.ts";
import { listPath, SECTIONS, type Section } from "./sections.ts";
import { type Stage, stagesOf } from "./stages.ts";

export interface ListPlacements {
  toolbar: readonly Placed[];
  menu: readonly Placed[];
}

/** The list of one entity: funnel, stages with their counts, the page of records, the pager. */
export function renderList(view: View, section: Section, query: ListQuery, placed: ListPlacements): Markup {
  const { entity, stageField, many } = section;
  const order = { [query.sort]: query.direction };
  const { search, linked } = query;
  const matching = findRecords(view.portal, { entity, filter: filterOf(query), order, search, linked });
  const { stage } = query;
  const staged = stageField && stage ? matching.all().filter((row) => row[stageField] === stage) : null;
  const total = staged ? staged.length : matching.total;
  const pages = Math.max(1, Math.ceil(total / LIST_PAGE));
  const page = Math.min(query.page, pages);
  const shown = (staged ?? matching).slice((page - 1) * LIST_PAGE, page * LIST_PAGE);
  const here = { ...query, page };
  return html`<div class="head">
<h1>${many}</h1>
${entity === "deal" && funnels(view, here)}
<div class="head-tools">${toolbarButtons(placed.toolbar, {})}<a class="button primary" href="/crm/${entity}/details/0/">${icon("plus")}Создать</a></div>
</div>
<div class="live" data-live="list">
${linkedNote(view, section, here)}
${stageField && stageFilter(view, section, here, matching)}
<section class="panel" aria-label="Список">
<p class="count">${describeCount(section, here, total)}</p>
${shown.length > 0 ? renderTable(view, section, here, shown, placed.menu.length > 0) : nothing(section, here)}
${pages > 1 && pager(section, here, pages, total)}
</section>
</div>
${placementMenu(placed.menu)}`;
}

function funnels({ portal }: View, query: ListQuery): Markup {
  const path = listPath("deal");
  const link = (name: string, category: string | null) =>
    html`<a href="${listAddress(path, query, { category, stage: null })}"${query.category === category && html` aria-current="true"`}>${name}</a>`;
  return html`<nav class="switch" aria-label="Воронка">${link("Все", null)}${portal.crm.categories.map(
    (category) => link(category.name, String(category.id)),
  )}</nav>`;
}

/** Says that the list is narrowed to one record's own, and how to leave that. */
function linkedNote({ portal }: View, section: Section, query: ListQuery): Markup[] {
  return Object.entries(query.linked).map(([entity, id]) => {
    const { titleOf, one } = SECTIONS[entity as keyof typeof SECTIONS];
    const row = portal.crm.tables[entity as keyof typeof SECTIONS].get(Number(id));
    return html`<p class="note">${one}: <b>${row ? titleOf(row) : `№ ${id}`}</b> <a href="${listAddress(listPath(section.entity), query, { linked: {} })}">Показать все</a></p>`;
  });
}

/** Chips of all stages; a funnel must be chosen where there are several. */
function stageFilter({ portal }: View, section: Section, query: ListQuery, matching: Found): Markup | null {
  const { entity, stageField } = section;
  if (!stageField || (entity === "deal" && query.category === null)) return null;
  const counts = new Map<string, number>();
  for (const row of matching.all()) {
    const code = asText(row[stageField]);
    counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  const path = listPath(entity);
  const chip = (stage: Stage | null) => {
    const code = stage?.code ?? null;
    const current = query.stage === code;
    return html`<li><a class="chip ${stage?.tint ?? ""}" href="${listAddress(path, query, { stage: current ? null : code })}"${current && html` aria-current="true"`}>${
      stage && html`<span class="dot"></span>`
    }${stage?.name ?? "Все стадии"} <b>${number(code ? (counts.get(code) ?? 0) : matching.total)}</b></a></li>`;
  };
  return html`<ul class="chips" aria-label="Стадии">${chip(null)}${stagesOf(portal, entity, query.category ?? "0").map(chip)}</ul>`;
}

function describeCount(section: Section, query: ListQuery, count: number): Markup {
  const found = query.search && html`По запросу «<b>${query.search}</b>»: `;
  return html`${found}${counted(count, section.forms)}${
    query.search &&
    html` · <a href="${listAddress(listPath(section.entity), query, { search: "" })}">Сбросить поиск</a>`
  }`;
}

function nothing({ none, entity, create }: Section, query: ListQuery): Markup {
  const narrowed =
    query.search || query.stage || query.category !== null || Object.keys(query.linked).length > 0;
  return html`<div class="nothing">${icon(entity)}<p>${narrowed ? `Таких ${none} нет` : `Здесь пока нет ${none}`}</p>${
    narrowed
      ? html`<a class="button" href="${listPath(entity)}">Показать все</a>`
      : html`<a class="button primary" href="/crm/${entity}/details/0/">${create}</a>`
  }</div>`;
}

function pager({ entity }: Section, query: ListQuery, pages: number, total: number): Markup {
  const { page } = query;
  const to = (target: number) => listAddress(listPath(entity), query, { page: target });
  const near = [...new Set([1, page - 1, page, page + 1, pages])].filter((n) => n >= 1 && n <= pages);
  const numbers = near.map(
    (n, i) =>
      html`<li>${i > 0 && n - (near[i - 1] as number) > 1 && html`<span class="gap" aria-hidden="true">…</span>`}<a class="to-page" href="${to(n)}"${n === page && html` aria-current="page"`}><span class="unseen">Страница </span>${number(n)}</a></li>`,
  );
  const first = (page - 1) * LIST_PAGE + 1;
  return html`<nav class="pager" aria-label="Страницы">
<span>${number(first)}–${number(Math.min(total, first + LIST_PAGE - 1))} из ${number(total)}</span>
<ul>
${page > 1 && html`<li><a class="to-page" rel="prev" href="${to(page - 1)}">${icon("left")}<span class="unseen">Предыдущая страница</span></a></li>`}
${numbers}
${page < pages && html`<li><a class="to-page" rel="next" href="${to(page + 1)}">${icon("right")}<span class="unseen">Следующая страница</span></a></li>`}
</ul></nav>`;
}
