import { html, raw } from "hono/html";
import type { HtmlEscapedString } from "hono/utils/html";
import type { Consent, ConsentFault, ConsentRequest } from "./consent.ts";
import { PAGE_STYLE } from "./page-style.ts";
import { SCOPE_NAMES } from "./scope-names.ts";

type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

/** Asks a person whether an application may work in their name. */
export function consentPage(portalName: string, consent: Consent, request: ConsentRequest): Html {
  const { application, people } = consent;
  return page(
    portalName,
    `Доступ для «${application.title}»`,
    html`<div class="mark" aria-hidden="true">${application.title.slice(0, 1).toUpperCase()}</div>
      <h1>Приложение «${application.title}» просит доступ</h1>
      <p class="note">Оно сможет работать с порталом от вашего имени, пока вы или администратор не удалите его.</p>
      <form method="post" action="/oauth/authorize/">
        <input type="hidden" name="client_id" value="${request.clientId}" />
        <input type="hidden" name="state" value="${request.state}" />
        <h2>Что ему будет доступно</h2>
        <ul>
          ${application.scopes.map((scope) => html`<li>${SCOPE_NAMES[scope] ?? scope}<code>${scope}</code></li>`)}
        </ul>
        <label for="user">Вы входите как</label>
        <select id="user" name="user_id">
          ${people.map(({ id, name }) => html`<option value="${id}" ${id === consent.userId ? raw("selected") : ""}>${name}</option>`)}
        </select>
        <p class="where">После согласия откроется <b>${new URL(application.handlerUrl).host}</b></p>
        <div class="buttons">
          <button class="primary" name="allow" value="Y">Разрешить</button>
          <button name="allow" value="N">Отказать</button>
        </div>
      </form>`,
  );
}

const FAULTS: Record<ConsentFault, [title: string, text: string]> = {
  no_client: [
    "Не указано приложение",
    "В адресе страницы нет параметра client_id. Откройте вход из самого приложения.",
  ],
  unknown_client: [
    "Приложение не найдено",
    "На этом портале нет приложения с таким client_id. Проверьте его в карточке приложения: при повторном добавлении код меняется.",
  ],
  removed_client: [
    "Приложение удалено",
    "Администратор удалил это приложение с портала. Попросите добавить его снова.",
  ],
  inactive_user: ["Вход закрыт", "Этот сотрудник уволен или отключён. Войдите под другим именем."],
  denied: ["Доступ не предоставлен", "Вы отказали приложению. Эту страницу можно закрыть."],
};

/** Says on the portal's own page why there is no access. */
export function faultPage(portalName: string, fault: ConsentFault): Html {
  const [title, text] = FAULTS[fault];
  return page(
    portalName,
    title,
    html`<div class="mark warn" aria-hidden="true">!</div>
      <h1>${title}</h1>
      <p class="note">${text}</p>
      <p class="where"><a href="/">На портал</a></p>`,
  );
}

function page(portalName: string, title: string, body: Html): Html {
  return html`<!doctype html>
<html lang="ru">
<head>
<meta charset="utf-8" />
<meta name="viewport" content="width=device-width, initial-scale=1" />
<meta name="referrer" content="same-origin" />
<title>${title}</title>
<style>${raw(PAGE_STYLE)}</style>
</head>
<body>
<main>
<p class="portal">${portalName}</p>
<section>${body}</section>
</main>
</body>
</html>`;
}
