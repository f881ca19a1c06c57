import { EVENTS_BY_SCOPE, isWebhookEvent } from "../../events/catalogue.ts";
import { html, type Markup } from "../markup.ts";
import type { View } from "../page.ts";
import { personName } from "../people.ts";
import { scopeBoxes, textField } from "./fields.ts";
import type { WrongFields } from "./wrong-fields.ts";

const head = (title: string) => html`<div class="head">
<nav class="crumbs" aria-label="Путь"><a href="/devops/">Разработчикам</a> <span aria-hidden="true">/</span> Вебхук</nav>
<h1>${title}</h1></div>`;

/** A new incoming webhook: in whose name, and what it may do. */
export function renderWebhookForm({ portal, user }: View): Markup {
  return html`${head("Новый входящий вебхук")}
<form class="panel write" method="post" action="/devops/webhook/">
<div class="field"><label for="userId">От чьего имени</label><select id="userId" name="userId">${portal.crm.users
    .filter((one) => one.ACTIVE === true)
    .map(
      (one) =>
        html`<option value="${one.ID as string}"${one === user && html` selected`}>${personName(one)}</option>`,
    )}</select></div>
${scopeBoxes(new Set(["crm"]), "Права доступа")}
<p class="buttons"><button class="button primary">Создать</button><a class="button" href="/devops/">Отменить</a></p>
</form>`;
}

/** The events that a person would look for first; the others of the catalogue stand below. */
const RECORD_EVENT = /^ONCRM(LEAD|DEAL|CONTACT|COMPANY)(ADD|UPDATE|DELETE)$/;
const WHAT: Record<string, string> = { LEAD: "Лид", DEAL: "Сделка", CONTACT: "Контакт", COMPANY: "Компания" };
const DONE: Record<string, string> = { ADD: "создание", UPDATE: "изменение", DELETE: "удаление" };

export function renderOutgoingForm(url: string, chosen: ReadonlySet<string>, wrong: WrongFields): Markup {
  const events = Object.values(EVENTS_BY_SCOPE).flat().filter(isWebhookEvent);
  const box = (event: string) => {
    const [, what = "", done = ""] = RECORD_EVENT.exec(event) ?? [];
    const name = what && html`<span>${WHAT[what]}: ${DONE[done]}</span> `;
    return html`<label class="box"><input type="checkbox" name="events" value="${event}"${chosen.has(event) && html` checked`}>${name}<code>${event}</code></label>`;
  };
  return html`${head("Новый исходящий вебхук")}
<form class="panel write" method="post" action="/devops/outgoing/" novalidate>
${textField({ name: "url", title: "Адрес вашего обработчика", value: url, wrong: wrong.url, type: "url", required: true, help: "Портал отправит сюда POST с данными формы; повторов не будет." })}
<fieldset class="boxes"${wrong.events && html` aria-describedby="events-wrong"`}><legend>События</legend>${events.filter((one) => RECORD_EVENT.test(one)).map(box)}</fieldset>
<details><summary>Остальные события</summary><fieldset class="boxes"><legend class="unseen">Остальные события</legend>${events.filter((one) => !RECORD_EVENT.test(one)).map(box)}</fieldset></details>
${wrong.events && html`<p class="fault" id="events-wrong" role="alert">${wrong.events}</p>`}
<p class="buttons"><button class="button primary">Подписаться</button><a class="button" href="/devops/">Отменить</a></p>
</form>`;
}
