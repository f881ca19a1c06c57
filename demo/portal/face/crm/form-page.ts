import type { Field } from "../../fields/field.ts";
import { findUser } from "../../people.ts";
import { asText } from "../../php.ts";
import type { Row } from "../../values.ts";
import { html, type Markup, type Piece } from "../markup.ts";
import type { View } from "../page.ts";
import { personName } from "../people.ts";
import { formText } from "./form-text.ts";
import { cardPath, listPath, type Section } from "./sections.ts";
import { stagesOf } from "./stages.ts";

export interface FormState {
  /** null for a new record. */
  row: Row | null;
  /** What the person wrote, where the portal did not take it. */
  given: Record<string, string>;
  fault: string | null;
}

/** The form in which a person adds or changes a record. */
export function renderForm(view: View, section: Section, state: FormState): Markup {
  const { entity, many, create, titleOf, form } = section;
  const { row, fault } = state;
  const title = row ? titleOf(row) : create;
  const back = row ? cardPath(entity, row.ID) : listPath(entity);
  return html`<div class="head">
<nav class="crumbs" aria-label="Путь"><a href="${listPath(entity)}">${many}</a> <span aria-hidden="true">/</span> ${row ? "Изменение" : "Создание"}</nav>
<h1>${title}</h1>
</div>
<form class="panel write" method="post" action="${row ? `/crm/${entity}/edit/${asText(row.ID)}/` : cardPath(entity, 0)}">
${fault && html`<p class="fault" role="alert">${fault}</p>`}
${form.map((name) => {
  const field = view.portal.crm.catalogues[entity].byName.get(name);
  return field && renderField(view, section, field, state);
})}
<p class="buttons"><button class="button primary">${row ? "Сохранить" : "Создать"}</button><a class="button" href="${back}">Отменить</a></p>
</form>
${row && removal(section, row)}`;
}

function removal({ entity, remove, titleOf }: Section, row: Row): Markup {
  return html`<details class="panel removal"><summary>${remove}</summary><form method="post" action="/crm/${entity}/delete/${asText(row.ID)}/"><p>Запись исчезнет без корзины, приложения узнают об этом.</p><p><button class="button danger">Удалить «${titleOf(row)}»</button></p></form></details>`;
}

function renderField(view: View, section: Section, field: Field, { row, given }: FormState): Markup {
  const id = `f-${field.name}`;
  const value = given[field.name] ?? (row ? formText(row, field.name) : startingValue(view, field));
  return html`<div class="field"><label for="${id}">${field.title}</label>${control(view, section, field, id, value, row)}</div>`;
}

function startingValue({ user }: View, { name }: Field): string {
  if (name === "ASSIGNED_BY_ID") return asText(user.ID);
  return name === "CURRENCY_ID" ? "RUB" : "";
}

function control(
  view: View,
  section: Section,
  field: Field,
  id: string,
  value: string,
  row: Row | null,
): Markup {
  const options = optionsOf(view, section, field, row);
  // A value that can no longer be chosen (someone who left) stays until another one is.
  if (options && value !== "" && !options.some(([code]) => code === value))
    options.unshift([value, keptName(view, field, value)]);
  if (options)
    return html`<select id="${id}" name="${field.name}">${options.map(
      ([code, name]) => html`<option value="${code}"${code === value && html` selected`}>${name}</option>`,
    )}</select>`;
  if (field.name === "COMMENTS")
    return html`<textarea id="${id}" name="${field.name}" rows="4">${value}</textarea>`;
  const kind = KINDS[field.name] ?? html`type="text"`;
  return html`<input id="${id}" name="${field.name}" ${kind} value="${value}"${isLink(field) && html` inputmode="numeric" placeholder="Номер записи"`}>`;
}

function keptName({ portal }: View, field: Field, value: string): string {
  const user = field.type === "user" ? findUser(portal, Number(value)) : undefined;
  return user ? `${personName(user)} (не работает)` : value;
}

const isLink = (field: Field) => field.type === "crm_company" || field.type === "crm_contact";

const KINDS: Record<string, Markup> = {
  PHONE: html`type="tel" autocomplete="off"`,
  EMAIL: html`type="email" autocomplete="off"`,
  OPPORTUNITY: html`type="text" inputmode="decimal"`,
};

function optionsOf(view: View, section: Section, field: Field, row: Row | null): [string, Piece][] | null {
  const { crm } = view.portal;
  if (field.name === section.stageField)
    return stagesOf(view.portal, section.entity, asText(row?.CATEGORY_ID) || "0").map((one) => [
      one.code,
      one.name,
    ]);
  if (field.type === "user")
    return crm.users.filter((one) => one.ACTIVE === true).map((one) => [asText(one.ID), personName(one)]);
  if (field.type === "crm_currency")
    return crm.currencies.map((one) => [asText(one.CURRENCY), asText(one.FULL_NAME)]);
  if (field.type !== "crm_status") return null;
  const book = crm.statuses.filter((one) => one.ENTITY_ID === field.statusType);
  return [
    ["", "Не выбрано"],
    ...book.map((one): [string, Piece] => [asText(one.STATUS_ID), asText(one.NAME)]),
  ];
}
