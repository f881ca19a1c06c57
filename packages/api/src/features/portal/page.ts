import { html } from "hono/html";
import type { AppContext } from "../../platform/http/environment.ts";
import { pagePolicy } from "../../platform/http/security-headers.ts";

export type Html = ReturnType<typeof html>;
export type Language = "ru" | "en";

export interface Page {
  readonly language: Language;
  readonly title: string;
  /** Our elements; everything that people read on the page is theirs to say. */
  readonly body: Html;
  readonly status?: number;
  /** Origin of the portal that may show the page in a frame; nobody by default. */
  readonly framedBy?: string | null;
  /** Origins of portals to which a form may lead. */
  readonly formsTo?: readonly string[];
}

/** A page of ours under a strict policy: nothing inline, no cookie, framed by nobody but the portal it is for. */
export function renderPage(c: AppContext, page: Page): Response | Promise<Response> {
  const { language, title, body, framedBy, formsTo = [] } = page;
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
    <script src="/b24.js" async></script>
  </head>
  <body>
    <noscript><p lang="ru">Включите JavaScript: без него страница не работает.</p><p lang="en">Turn JavaScript on: the page does not work without it.</p></noscript>
    ${body}
  </body>
</html>`);
}

/** The language that the portal, else the browser, asks for. */
export function readLanguage(c: AppContext, lang?: string): Language {
  const asked = lang ?? c.req.query("LANG") ?? c.req.header("Accept-Language") ?? "";
  return /^(ru|be|kk|uk|ua|by|kz)\b/i.test(asked.trim()) ? "ru" : "en";
}
