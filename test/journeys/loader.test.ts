import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, describe, it } from "node:test";
import { gzipSync } from "node:zlib";
import { type Table, tableFromArrays, tableToIPC } from "apache-arrow";
import type { Browser, Page } from "playwright-core";
import { launchBrowser } from "../../tools/browser.mjs";
import { PATIENCE_MS } from "./context.ts";

const FOLDER = "/some/folder";
const CDN = new URL("../../packages/elements/cdn/", import.meta.url);

const ARROW = {
  "access-control-allow-origin": "*",
  "content-type": "application/vnd.apache.arrow.stream",
};
const deals = Float64Array.from([42, 17, 9]);
const TABLES: Readonly<Record<string, Table>> = {
  stages: tableFromArrays({ stage: ["New", "In work", "Won"], deals }),
  months: tableFromArrays({ month: [1, 2, 3].map((month) => new Date(Date.UTC(2026, month, 1))), deals }),
};

interface Origin {
  url: string;
  close(): void;
}

async function listen(answer: RequestListener): Promise<Origin> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = () => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}

let browser: Browser;
let scripts: Origin;
let pages: Origin;
let csp = "";
const asked: string[] = [];

const page = (head: string, body: string) =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8">${head}</head><body>${body}</body></html>`;
const BODY = "<b24-provider><b24-sync-status></b24-sync-status></b24-provider>";

before(async () => {
  execFileSync(process.execPath, ["tools/build.mjs", "--if-stale"], { stdio: "ignore" });
  browser = await launchBrowser();
  scripts = await listen(async (request, response) => {
    const path = new URL(request.url ?? "/", "http://x").pathname;
    asked.push(path);
    const table = TABLES[path.replace("/api/v1/queries/", "")];
    if (table) {
      response.writeHead(200, ARROW).end(tableToIPC(table, "stream"));
      return;
    }
    const file =
      path.startsWith(`${FOLDER}/`) &&
      (await readFile(new URL(path.slice(FOLDER.length + 1), CDN)).catch(() => null));
    response.setHeader("access-control-allow-origin", "*");
    if (file) response.writeHead(200, { "content-type": "text/javascript" }).end(file);
    else response.writeHead(404, { "content-type": "text/plain" }).end();
  });
  pages = await listen((request, response) => {
    const html = new URL(request.url ?? "/", "http://x").searchParams.get("html") ?? "";
    response.writeHead(200, { "content-type": "text/html", "content-security-policy": csp }).end(html);
  });
  csp = `default-src 'none'; script-src ${scripts.url}; connect-src ${scripts.url} ${scripts.url.replace("http", "ws")}`;
});
after(async () => {
  await browser?.close();
  scripts?.close();
  pages?.close();
});

/** Opens a page with this in its head; CSP violations and thrown errors end up in `faults`. */
async function open(head: string, body = BODY): Promise<{ page: Page; faults: string[] }> {
  asked.length = 0;
  const opened = await browser.newPage();
  opened.setDefaultTimeout(PATIENCE_MS);
  const faults: string[] = [];
  opened.on("pageerror", (error) => faults.push(error.message));
  opened.on("console", (message) => {
    if (/Content Security Policy|b24kit:/.test(message.text())) faults.push(message.text());
  });
  await opened.goto(`${pages.url}/?html=${encodeURIComponent(page(head, body))}`);
  return { page: opened, faults };
}

/** What the reader sees of the element: the API here answers 404 to everything, so an error in words. */
const shown = (page: Page) =>
  page.locator("b24-sync-status").getByRole("button", { name: "Try again" }).waitFor();

describe("the script tag", () => {
  const forms = {
    plain: (src: string) => `<script src="${src}"></script>`,
    async: (src: string) => `<script async src="${src}"></script>`,
    defer: (src: string) => `<script defer src="${src}"></script>`,
    module: (src: string) => `<script type="module" src="${src}"></script>`,
    crossorigin: (src: string) => `<script crossorigin src="${src}"></script>`,
  };
  for (const [name, form] of Object.entries(forms)) {
    it(`works as ${name}, from another origin and a sub-folder, under a strict CSP`, async () => {
      const { page, faults } = await open(form(`${scripts.url}${FOLDER}/b24.js`));
      await shown(page);
      const base = await page.evaluate(() => document.querySelector("b24-provider")?.client?.baseUrl);
      assert.equal(base, scripts.url);
      assert.deepEqual(faults, []);
      await page.close();
    });
  }

  it("loads only what the page uses, and the rest when it appears", async () => {
    const { page, faults } = await open(forms.plain(`${scripts.url}${FOLDER}/b24.js`));
    await shown(page);
    const heavy = () => asked.filter((path) => /echarts|arrow|table|chart/.test(path));
    assert.deepEqual(heavy(), []);
    await page.evaluate(() =>
      document.body.insertAdjacentHTML("beforeend", "<section><b24-table></b24-table></section>"),
    );
    await page.waitForFunction(() => customElements.get("b24-table"));
    assert.deepEqual(
      heavy().filter((path) => /echarts/.test(path)),
      [],
    );
    assert.deepEqual(faults, []);
    await page.close();
  });

  for (const [type, query] of [
    ["bar", "stages"],
    ["line", "months"],
  ] as const) {
    it(`draws a first ${type} chart from at most 245 KB`, async () => {
      const chart = `<b24-provider><b24-chart query="${query}" type="${type}"></b24-chart></b24-provider>`;
      const { page, faults } = await open(forms.plain(`${scripts.url}${FOLDER}/b24.js`), chart);
      await page.locator("b24-chart svg path").first().waitFor({ state: "attached" });
      await page.waitForLoadState("networkidle");
      const files = [...new Set(asked)].filter((path) => path.startsWith(FOLDER));
      const sizes = await Promise.all(
        files.map(
          async (path) => gzipSync(await readFile(new URL(path.slice(FOLDER.length + 1), CDN))).length,
        ),
      );
      const sum = sizes.reduce((all, size) => all + size, 0);
      assert.ok(files.some((path) => path.includes("echarts")));
      assert.ok(sum <= 245_000, `${sum} B: ${files.join(" ")}`);
      assert.deepEqual(faults, []);
      await page.close();
    });
  }

  it("does nothing on a page without elements but look", async () => {
    const { page } = await open(forms.plain(`${scripts.url}${FOLDER}/b24.js`), "<p>plain</p>");
    await page.waitForLoadState("networkidle");
    assert.deepEqual(
      asked.map((path) => path.slice(FOLDER.length + 1)),
      ["b24.js", "b24.module.js"],
    );
    await page.close();
  });

  it("serves elements inside a shadow root of the page's own when asked to", async () => {
    const src = `${scripts.url}${FOLDER}/b24.js`;
    const { page } = await open(forms.plain(src), '<div id="host"></div>');
    await page.evaluate(
      async (module) => {
        const root = document.querySelector("#host")!.attachShadow({ mode: "open" });
        root.innerHTML = "<b24-sync-status></b24-sync-status>";
        const { watch } = await import(module);
        watch(root);
      },
      src.replace("b24.js", "b24.module.js"),
    );
    await page.waitForFunction(() => customElements.get("b24-sync-status"));
    await page.close();
  });
});
