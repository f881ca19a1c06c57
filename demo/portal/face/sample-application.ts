import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { html } from "./markup.ts";

/** One POST that the sample application was opened with. */
export interface Opened {
  path: string;
  query: Record<string, string>;
  form: Record<string, string>;
}

export interface SampleApplication {
  url: string;
  opened: Opened[];
  close(): Promise<void>;
}

/** The application's script: `send()` speaks the frame protocol as the SDKs do. */
const SCRIPT = `
const [domain, protocol, appSid] = window.name.split("|");
const target = (protocol === "1" ? "https://" : "http://") + domain;
const waiting = new Map();
let count = 0;
addEventListener("message", (event) => {
  if (event.origin !== target) return;
  const [key, ...rest] = event.data.split(":");
  const text = rest.join(":");
  waiting.get(key)?.(text ? JSON.parse(text) : undefined);
});
window.send = (command, params, { sid = appSid, patience = 400 } = {}) => new Promise((resolve) => {
  const key = "cb" + ++count;
  waiting.set(key, resolve);
  setTimeout(() => resolve("silence"), patience);
  parent.postMessage([command, params === undefined ? "" : JSON.stringify(params), key, sid].filter(Boolean).join(":"), target);
});
window.sendObject = (method, params) => new Promise((resolve) => {
  const key = "cb" + ++count;
  waiting.set(key, resolve);
  setTimeout(() => resolve("silence"), 400);
  parent.postMessage({ method, params, callback: key, appSid }, target);
});
window.call = async (method, params) => {
  const { AUTH_ID } = await send("getInitData", undefined, { patience: 5000 });
  const answer = await fetch(target + "/rest/" + method, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ ...params, auth: AUTH_ID }),
  });
  return answer.json();
};
call("profile", {}).then(({ result }) => {
  document.querySelector("#who").textContent = result.NAME + " " + result.LAST_NAME;
});
`;

const STYLE = `body { margin: 0; padding: 24px; font: 14px/1.5 system-ui, sans-serif; color: #333; background: #fff }
h1 { margin: 0 0 16px; font-size: 20px; font-weight: 400 } dl { display: grid; grid-template-columns: auto 1fr; gap: 8px 24px; margin: 0 }
dt { color: #525c69 } dd { margin: 0 } code { font: 13px ui-monospace, monospace }`;

/** A tiny application on a loopback port of its own, for tests of the portal's pages. */
export async function startSampleApplication(): Promise<SampleApplication> {
  const opened: Opened[] = [];
  const server = createServer(async (request, response) => {
    const url = new URL(request.url ?? "/", "http://application");
    if (url.pathname === "/script.js")
      return void response.setHeader("content-type", "text/javascript").end(SCRIPT);
    if (url.pathname === "/style.css") return void response.setHeader("content-type", "text/css").end(STYLE);
    // As many a static host does: only a portal's POST is answered.
    if (request.method !== "POST") return void response.writeHead(405).end();
    let body = "";
    for await (const chunk of request) body += chunk;
    const form = Object.fromEntries(new URLSearchParams(body));
    opened.push({ path: url.pathname, query: Object.fromEntries(url.searchParams), form });
    response.setHeader("content-type", "text/html; charset=utf-8").end(renderFrame(url.pathname, form));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    opened,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function renderFrame(path: string, form: Record<string, string>): string {
  return html`<!doctype html><html lang="ru"><head><meta charset="utf-8"><title>Сверка домов</title>
<link rel="stylesheet" href="/style.css"><script src="/script.js" defer></script></head>
<body><h1>Сверка домов</h1><dl>
<dt>Страница</dt><dd><code>${path}</code></dd>
<dt>Место</dt><dd><code id="placement">${form.PLACEMENT}</code></dd>
<dt>Запись</dt><dd><code id="options">${form.PLACEMENT_OPTIONS}</code></dd>
<dt>Сотрудник</dt><dd id="who">…</dd>
</dl></body></html>`.text;
}
