import { createHash } from "node:crypto";
import type { Application } from "../../apps/application.ts";
import { icon } from "../icons.ts";
import { html, type Markup, type Piece } from "../markup.ts";
import type { View } from "../page.ts";
import { person } from "../people.ts";
import type { Secret } from "./one-time.ts";
import { secretBox } from "./secret-box.ts";

/** Everything that talks with this portal from outside: applications and webhooks. */
export function renderOverview(view: View, secrets: readonly Secret[]): Markup {
  return html`<div class="head"><h1>Разработчикам</h1></div>
${secretBox("Вебхук создан", secrets)}
${applications(view)}
${incoming(view)}
${outgoing(view)}
${deliveries(view)}`;
}

function block(id: string, title: string, about: string, add: Markup | null, body: Piece): Markup {
  return html`<section class="panel block" aria-labelledby="${id}"><div class="block-head"><div><h2 id="${id}">${title}</h2><p class="about">${about}</p></div>${add}</div>${body}</section>`;
}

const addButton = (path: string, text: string) =>
  html`<a class="button" href="${path}">${icon("plus")}${text}</a>`;

function applications({ portal }: View): Markup {
  const list = portal.applications.list();
  const rows = list.map(
    (one) => html`<li class="entry">
<div class="entry-main"><a class="entry-title" href="/devops/app/${one.id}/">${one.title}</a>${state(one)}<small>${host(one.handlerUrl)} · ${one.scopes.join(", ") || "без прав"}</small></div>
<div class="entry-tools">${!one.scriptOnly && html`<a class="button" href="/marketplace/app/${one.id}/">Открыть</a>`}</div></li>`,
  );
  return block(
    "applications",
    "Локальные приложения",
    "Работают только на этом портале, получают OAuth-ключи и встраиваются в его страницы.",
    addButton("/devops/app/0/", "Добавить приложение"),
    list.length > 0 ? html`<ul>${rows}</ul>` : html`<p class="none">Приложений пока нет.</p>`,
  );
}

export function state({ installed, scriptOnly }: Application): Markup {
  if (!installed) return html`<span class="tag warn">Ждёт установки</span>`;
  return html`<span class="tag good">${scriptOnly ? "Работает через API" : "Установлено"}</span>`;
}

function host(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}

/** A webhook is named by a digest: its code, which is its whole secret, never comes back to a page. */
export function webhookName(code: string): string {
  return createHash("sha256").update(code).digest("hex").slice(0, 12);
}

function incoming({ portal }: View): Markup {
  const rows = [...portal.webhooks].map(
    ([code, { userId, scopes }]) => html`<li class="entry">
<div class="entry-main"><span class="entry-title"><code>/rest/${userId}/••••${code.slice(-4)}/</code></span>${code === portal.defaultCode && html`<span class="tag">Есть с самого начала</span>`}<small>${[...scopes].join(", ")}</small></div>
<div class="entry-tools">${person(portal, userId)}${revoke("incoming", webhookName(code), `вебхук, код которого кончается на ${code.slice(-4)}`)}</div></li>`,
  );
  return block(
    "incoming",
    "Входящие вебхуки",
    "Адрес с ключом: программа по нему вызывает методы портала от имени сотрудника.",
    addButton("/devops/webhook/", "Создать вебхук"),
    rows.length > 0 ? html`<ul>${rows}</ul>` : html`<p class="none">Вебхуков нет.</p>`,
  );
}

function outgoing({ portal }: View): Markup {
  const list = portal.outgoingWebhooks.list();
  const rows = list.map(
    ({ id, url, events }) => html`<li class="entry">
<div class="entry-main"><span class="entry-title">${host(url)}</span><small>${events.join(", ")}</small></div>
<div class="entry-tools">${revoke("outgoing", String(id), `исходящий вебхук на ${host(url)}`)}</div></li>`,
  );
  return block(
    "outgoing",
    "Исходящие вебхуки",
    "Портал сам сообщает о событиях на ваш адрес: один раз и без повторов.",
    addButton("/devops/outgoing/", "Подписаться на события"),
    list.length > 0 ? html`<ul>${rows}</ul>` : html`<p class="none">Подписок нет.</p>`,
  );
}

function revoke(kind: string, name: string, what: string): Markup {
  return html`<form method="post" action="/devops/${kind}/${name}/revoke/"><button class="button danger">Отозвать<span class="unseen"> ${what}</span></button></form>`;
}

const OUTCOMES: Record<string, string> = {
  waiting: "Ждёт отправки",
  sending: "Отправляется",
  answered: "Принято",
  failed: "Нет ответа",
  lost: "Потеряно",
};
const SHOWN = 20;

function deliveries({ portal }: View): Markup | null {
  const last = portal.delivery.records.slice(-SHOWN).reverse();
  if (last.length === 0) return null;
  return html`<details class="panel block"><summary><h2 class="fold-title">Последние отправленные события</h2></summary><ul>${last.map(
    ({ label, url, outcome, status }) =>
      html`<li class="entry"><div class="entry-main"><code>${label}</code><small>${url}</small></div><div class="entry-tools"><span class="tag ${outcome === "answered" && status !== null && status < 300 ? "good" : outcome === "waiting" || outcome === "sending" ? "" : "bad"}">${OUTCOMES[outcome]}${status !== null && ` · ${status}`}</span></div></li>`,
  )}</ul></details>`;
}
