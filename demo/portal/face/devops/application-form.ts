import type { Application } from "../../apps/application.ts";
import { html, type Markup } from "../markup.ts";
import type { View } from "../page.ts";
import { scopeBoxes, textField } from "./fields.ts";
import type { Secret } from "./one-time.ts";
import { state } from "./overview-page.ts";
import { secretBox } from "./secret-box.ts";
import type { WrongFields } from "./wrong-fields.ts";

export interface ApplicationInput {
  title: string;
  handlerUrl: string;
  installUrl: string;
  scopes: readonly string[];
  scriptOnly: boolean;
}

export interface ApplicationFormState {
  /** null for a new one. */
  application: Application | null;
  input: ApplicationInput;
  wrong: WrongFields;
  secrets: readonly Secret[];
}

export const NEW_APPLICATION: ApplicationInput = {
  title: "",
  handlerUrl: "",
  installUrl: "",
  scopes: ["crm", "placement", "user_brief"],
  scriptOnly: false,
};

/** The card of a local application. */
export function renderApplicationForm(view: View, form: ApplicationFormState): Markup {
  const { application, input, wrong, secrets } = form;
  const id = application?.id ?? 0;
  return html`<div class="head">
<nav class="crumbs" aria-label="Путь"><a href="/devops/">Разработчикам</a> <span aria-hidden="true">/</span> Локальное приложение</nav>
<h1>${application?.title ?? "Новое локальное приложение"}</h1>${application && state(application)}
<div class="head-tools">${application && !application.scriptOnly && html`<a class="button primary" href="/marketplace/app/${id}/">Открыть приложение</a>`}</div>
</div>
${secretBox("Ключи приложения", secrets)}
<div class="columns">
<form class="panel write" method="post" action="/devops/app/${id}/" novalidate>
${Object.keys(wrong).length > 0 && html`<p class="fault" role="alert">Приложение не сохранено: исправьте отмеченные поля.</p>`}
${textField({ name: "title", title: "Название", value: input.title, wrong: wrong.title, required: true })}
<label class="box"><input type="checkbox" name="scriptOnly" value="Y"${input.scriptOnly && html` checked`}><span>Использует только API, своих страниц нет</span></label>
${textField({
  name: "handlerUrl",
  title: "Путь вашего обработчика",
  value: input.handlerUrl,
  wrong: wrong.handlerUrl,
  type: "url",
  required: true,
  help: "Открывается в портале во фрейме методом POST; сюда же возвращает вход по OAuth.",
})}
${textField({
  name: "installUrl",
  title: "Путь для первоначальной установки",
  value: input.installUrl,
  wrong: wrong.installUrl,
  type: "url",
  help: "Открывается первым, пока приложение не сообщит installFinish. Приложению без страниц сюда придёт ONAPPINSTALL.",
})}
${scopeBoxes(new Set(input.scopes), "Права доступа")}
<p class="buttons"><button class="button primary">${application ? "Сохранить" : "Добавить"}</button><a class="button" href="/devops/">${application ? "К списку" : "Отменить"}</a></p>
</form>
${application && html`<div>${about(view, application)}${removal(application)}</div>`}
</div>`;
}

function about({ portal }: View, { clientId, id, installed }: Application): Markup {
  const placements = portal.placements.of(clientId);
  const events = portal.handlers.of(clientId);
  return html`<section class="panel group" aria-labelledby="about-title"><h2 id="about-title">Подключение</h2><dl>
<div><dt>client_id</dt><dd><code>${clientId}</code></dd></div>
<div><dt>client_secret</dt><dd class="none">показан при создании</dd></div>
<div><dt>Вход по OAuth</dt><dd><a href="/oauth/authorize/?client_id=${clientId}">/oauth/authorize/</a></dd></div>
<div><dt>Встройки</dt><dd>${placements.length > 0 ? placements.map(({ placement }) => html`<code class="point">${placement}</code>`) : html`<span class="none">нет</span>`}</dd></div>
<div><dt>События</dt><dd>${events.length > 0 ? events.map(({ event }) => html`<code class="point">${event}</code>`) : html`<span class="none">нет</span>`}</dd></div>
</dl>
<form class="buttons" method="post" action="/devops/app/${id}/install/"><button class="button">${installed ? "Переустановить" : "Начать установку заново"}</button></form></section>`;
}

function removal({ id, title }: Application): Markup {
  return html`<details class="panel removal"><summary>Удалить приложение</summary><form method="post" action="/devops/app/${id}/remove/">
<p>Исчезнут его встройки, подписки и роботы, ключи перестанут действовать. При повторном добавлении ключи будут другими.</p>
<label class="box"><input type="checkbox" name="clean" value="Y"><span>Попросить приложение удалить и свои данные</span></label>
<p><button class="button danger">Удалить «${title}»</button></p></form></details>`;
}
