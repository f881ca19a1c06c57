import { ERRORS } from "@b24kit/client/contract";
import { html } from "hono/html";
import type { Failure } from "../../platform/http/app-error.ts";
import type { AppContext } from "../../platform/http/environment.ts";
import type { Installed } from "./install.ts";
import { type Language, renderPage } from "./page.ts";
import { pageTitles } from "./places.ts";

/** Asks for the portal's domain. */
export function formPage(
  c: AppContext,
  language: Language,
  formsTo: readonly string[],
): Response | Promise<Response> {
  return renderPage(c, {
    language,
    title: pageTitles[language].install,
    formsTo,
    body: html`<b24-provider locale="${language}"><b24-install></b24-install></b24-provider>`,
  });
}

/** Says what was installed, and what to do next. In the frame it also tells the portal that it is finished. */
export function installedPage(c: AppContext, done: Installed, framed: boolean): Response | Promise<Response> {
  const { language, host, url, buttons, events, scopes } = done;
  return renderPage(c, {
    language,
    title: pageTitles[language].install,
    framedBy: framed ? url : null,
    body: html`<b24-provider locale="${language}" ${framed ? "frame" : ""}>
      <b24-install stage="done" domain="${host}" portal-url="${url}" buttons="${buttons}" events="${events}"
        scopes="${scopes.join(" ")}" ${framed ? "framed" : ""} ${done.finish ? (framed ? "finish" : "unfinished") : ""}></b24-install>
    </b24-provider>`,
  });
}

export interface FailureContext {
  readonly language: Language;
  /** Origin of the portal whose frame the page stands in. */
  readonly framedBy: string | null;
}

/** A failure as a page with its remedy. The detail is English and holds no secret. */
export function failurePage(
  c: AppContext,
  { code, detail }: Failure,
  { language, framedBy }: FailureContext,
): Response | Promise<Response> {
  c.set("errorCode", code);
  return renderPage(c, {
    language,
    title: pageTitles[language].install,
    framedBy,
    status: ERRORS[code][0],
    body: html`<b24-provider locale="${language}" ${framedBy ? "frame" : ""}>
      <b24-install stage="failed" error="${code}" detail="${detail}" request-id="${c.var.requestId}" ${framedBy ? "framed" : ""}></b24-install>
    </b24-provider>`,
  });
}

/** The handler's address, opened by hand. */
export function outsidePage(c: AppContext, language: Language): Response | Promise<Response> {
  c.set("errorCode", "bad_request");
  return renderPage(c, {
    language,
    title: pageTitles[language].data,
    status: 400,
    body: html`<b24-provider locale="${language}"><b24-install stage="outside"></b24-install></b24-provider>`,
  });
}
