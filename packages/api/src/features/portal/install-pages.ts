import { ERRORS } from "@b24kit/client/contract";
import { html } from "hono/html";
import type { Failure } from "../../platform/http/app-error.ts";
import type { AppContext } from "../../platform/http/environment.ts";
import type { Installed } from "./install.ts";
import { messages } from "./messages.ts";
import { type Language, renderPage } from "./page.ts";

/** Asks for the portal's domain. Works without script. */
export function formPage(
  c: AppContext,
  language: Language,
  formsTo: readonly string[],
): Response | Promise<Response> {
  const t = messages[language];
  return renderPage(c, {
    language,
    title: t.installTitle,
    formsTo,
    body: html`<main class="narrow">
      <h1>${t.installTitle}</h1>
      <p>${t.installLead}</p>
      <form method="post" action="/bitrix/oauth/install">
        <label for="domain">${t.domainLabel}</label>
        <input id="domain" name="domain" required maxlength="200" autocomplete="url" autocapitalize="none"
          spellcheck="false" inputmode="url" aria-describedby="hint">
        <p class="detail" id="hint">${t.domainHint}</p>
        <button>${t.installButton}</button>
      </form>
    </main>`,
  });
}

/** Says what was installed, and what to do next. In the frame it also tells the portal that it is finished. */
export function installedPage(c: AppContext, done: Installed, framed: boolean): Response | Promise<Response> {
  const t = messages[done.language];
  return renderPage(c, {
    language: done.language,
    title: t.installed(done.host),
    framedBy: framed ? done.url : null,
    data: { finish: framed && done.finish },
    scripts: ["frame.js"],
    body: html`<main class="narrow">
      <h1>${t.installed(done.host)}</h1>
      <ul>
        ${done.buttons > 0 ? html`<li>${t.buttons(done.buttons)}</li>` : ""}
        <li>${t.events(done.events)}</li>
        <li>${t.scopes(done.scopes.join(", "))}</li>
      </ul>
      ${done.finish && framed ? html`<p>${t.finishLead}</p><button type="button" id="finish">${t.finishButton}</button>` : ""}
      <h2>${t.nextTitle}</h2>
      <ol><li>${t.nextOpen}</li><li>${t.nextSync}</li></ol>
      ${framed ? "" : html`<a class="button" href="${done.url}/">${t.toPortal}</a>`}
    </main>`,
  });
}

/** A failure as a page with its remedy. The detail is English and holds no secret. */
export function failurePage(
  c: AppContext,
  failure: Failure,
  options: { language: Language; framedBy?: string | null },
): Response | Promise<Response> {
  const { language, framedBy = null } = options;
  const t = messages[language];
  const [title, remedy] = t.errors[failure.code] ?? t.otherError;
  c.set("errorCode", failure.code);
  return renderPage(c, {
    language,
    title,
    framedBy,
    status: ERRORS[failure.code][0],
    body: html`<main class="narrow">
      <h1>${title}</h1>
      <p>${remedy}</p>
      <p class="detail" lang="en">${failure.detail} <span>(${failure.code}, ${c.var.requestId})</span></p>
      ${framedBy ? "" : html`<a class="button" href="/bitrix/oauth/install">${t.again}</a>`}
    </main>`,
  });
}

/** The handler's address, opened by hand. */
export function outsidePage(c: AppContext, language: Language): Response | Promise<Response> {
  const t = messages[language];
  c.set("errorCode", "bad_request");
  return renderPage(c, {
    language,
    title: t.outsideTitle,
    status: 400,
    body: html`<main class="narrow"><h1>${t.outsideTitle}</h1><p>${t.outsideLead}</p></main>`,
  });
}
