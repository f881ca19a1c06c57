import { html, raw } from "hono/html";
import type { AppContext } from "../../platform/http/environment.ts";
import { pagePolicy } from "../../platform/http/security-headers.ts";

export type Html = ReturnType<typeof html>;
export type Language = "ru" | "en";

export interface Page {
  readonly language: Language;
  readonly title: string;
  readonly body: Html;
  readonly status?: number;
  /** Origin of the portal that may show the page in a frame; nobody by default. */
  readonly framedBy?: string | null;
  /** For our scripts: read from the page itself, so that it stands in no address. */
  readonly data?: object;
  /** Names of scripts beside the page. */
  readonly scripts?: readonly string[];
  /** Origins of portals to which a form may lead. */
  readonly formsTo?: readonly string[];
  /** With the elements: the page has what fits a record. */
  readonly elements?: boolean;
}

/** A page of ours under a strict policy: nothing inline, no cookie, framed by nobody but the portal it is for. */
export function renderPage(c: AppContext, page: Page): Response | Promise<Response> {
  const { language, title, body, data, scripts = [], framedBy, formsTo = [] } = page;
  const policy = pagePolicy(c, { ...(framedBy ? { frameAncestors: ["'self'", framedBy] } : {}) });
  c.header(
    "Content-Security-Policy",
    policy.replace("form-action 'self'", ["form-action 'self'", ...formsTo].join(" ")),
  );
  c.header("Cache-Control", "no-store");
  c.status((page.status ?? 200) as 200);
  return c.html(html`<!doctype html>
<html lang="${language}">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <meta name="color-scheme" content="light dark">
    <meta name="referrer" content="same-origin">
    <title>${title}</title>
    <link rel="icon" href="data:,">
    <link rel="stylesheet" href="/bitrix/pages/page.css">
    ${data === undefined ? "" : html`<script type="application/json" id="b24kit-page">${raw(toBlock(data))}</script>`}
    ${scripts.map((name) => html`<script src="/bitrix/pages/${name}" defer></script>`)}
    ${page.elements ? html`<script src="/b24.js" async></script>` : ""}
  </head>
  <body>${body}</body>
</html>`);
}

/** JSON that cannot end the block it stands in. */
function toBlock(data: object): string {
  return JSON.stringify(data).replace(
    /[<>&\u2028\u2029]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/** The language that the portal, else the browser, asks for. */
export function readLanguage(c: AppContext, lang?: string): Language {
  const asked = lang ?? c.req.query("LANG") ?? c.req.header("Accept-Language") ?? "";
  return /^(ru|be|kk|uk|ua|by|kz)\b/i.test(asked.trim()) ? "ru" : "en";
}
