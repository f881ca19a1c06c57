import { asText } from "../../php.ts";
import { ENTITY_TYPE_ID, isMap, type Row } from "../../values.ts";
import { html, type Markup } from "../markup.ts";
import { ownCall } from "../own-call.ts";
import type { View } from "../page.ts";
import { person } from "../people.ts";
import { moment } from "../words.ts";
import type { Section } from "./sections.ts";
import { type Stage, stagesOf } from "./stages.ts";

interface Moment {
  at: string;
  what: Markup;
  who: unknown;
}

/** What happened to a record, newest first: the stages it went through, its creation, its last change. */
export function cardHistory(view: View, section: Section, row: Row): Markup {
  const created = asText(row.DATE_CREATE);
  const modified = asText(row.DATE_MODIFY);
  const moments: Moment[] = [
    ...stageMoments(view, section, row),
    { at: created, what: html`Создание`, who: row.CREATED_BY_ID },
  ];
  if (moments.every(({ at }) => at !== modified))
    moments.push({ at: modified, what: html`Последнее изменение`, who: row.MODIFY_BY_ID });
  // Moments of one second keep their order: the creation is the oldest of them.
  moments.sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0));
  return html`<section class="panel history" aria-labelledby="history">
<h2 id="history">История</h2>
<ol>${moments.map(
    ({ at, what, who }) =>
      html`<li><p>${what}</p><p class="when"><time datetime="${at}">${moment(at)}</time>${person(view.portal, who)}</p></li>`,
  )}</ol>
</section>`;
}

function stageMoments(view: View, { entity, stageField }: Section, row: Row): Moment[] {
  if (!stageField) return [];
  const stages = stagesOf(view.portal, entity, asText(row.CATEGORY_ID) || "0");
  const known = stageRecords(view, entity, row);
  const label = (code: unknown) => stageLabel(stages, code);
  if (known.length > 0)
    return known.map((one) => ({ at: asText(one.CREATED_TIME), what: label(one[stageField]), who: null }));
  if (!row.MOVED_TIME) return [];
  return [{ at: asText(row.MOVED_TIME), what: label(row[stageField]), who: row.MOVED_BY_ID }];
}

function stageLabel(stages: readonly Stage[], code: unknown): Markup {
  const stage = stages.find((one) => one.code === code);
  return html`Стадия: <span class="badge ${stage?.tint ?? ""}">${stage?.name ?? asText(code)}</span>`;
}

function stageRecords({ portal, user }: View, entity: Section["entity"], row: Row): Row[] {
  const params = {
    entityTypeId: ENTITY_TYPE_ID[entity],
    filter: { OWNER_ID: row.ID },
    order: { ID: "DESC" },
  };
  const result = ownCall(portal, Number(user.ID), "crm.stagehistory.list", params)?.result;
  return isMap(result) && Array.isArray(result.items) ? (result.items as Row[]) : [];
}
