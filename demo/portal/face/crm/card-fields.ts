import type { Field } from "../../fields/field.ts";
import type { Row } from "../../values.ts";
import { html, type Markup, type Piece } from "../markup.ts";
import type { View } from "../page.ts";
import type { FieldGroup, Section } from "./sections.ts";
import { showField } from "./show-value.ts";

/** The fields of a card in their groups; empty ones are folded, groups without a value left out. */
export function cardFields(view: View, section: Section, row: Row): Markup {
  const { fields } = view.portal.crm.catalogues[section.entity];
  const own = fields.filter((field) => field.isDynamic && !field.isHidden).map((field) => field.name);
  const at = Math.min(2, section.groups.length);
  const groups: FieldGroup[] = [
    ...section.groups.slice(0, at),
    { title: "Поля компании", fields: own },
    ...section.groups.slice(at),
  ];
  return html`${groups.map((group, i) => renderGroup(view, section, row, group, i))}`;
}

function renderGroup(
  view: View,
  section: Section,
  row: Row,
  group: FieldGroup,
  index: number,
): Markup | null {
  const filled: Markup[] = [];
  const empty: Markup[] = [];
  for (const name of group.fields) {
    const field = view.portal.crm.catalogues[section.entity].byName.get(name);
    if (!field) continue;
    const shown = showField(view.portal, section.entity, row, field);
    (shown ? filled : empty).push(line(field, shown ?? html`<span class="none">не заполнено</span>`));
  }
  if (filled.length === 0) return null;
  return html`<section class="panel group" aria-labelledby="group-${index}">
<h2 id="group-${index}">${group.title}</h2>
<dl>${filled}</dl>
${empty.length > 0 && html`<details class="empty"><summary>Незаполненные поля: ${empty.length}</summary><dl>${empty}</dl></details>`}
</section>`;
}

function line(field: Field, shown: Piece): Markup {
  return html`<div><dt>${field.title}</dt><dd>${shown}</dd></div>`;
}
