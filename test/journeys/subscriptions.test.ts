import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, describe, it } from "node:test";
import type { Page } from "playwright-core";
import { Webhook } from "standardwebhooks";
import { API_KEY, type ServeStack, startServeStack } from "./serve-stack.ts";

interface Received {
  headers: Record<string, string>;
  body: string;
}

/** A program that is told of syncs; `status` is what it answers. */
async function startReceiver() {
  const received: Received[] = [];
  const receiver = { url: "", status: 200, received };
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    received.push({ headers: request.headers as Record<string, string>, body });
    response.writeHead(receiver.status).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  receiver.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { receiver, close: () => server.close() };
}

describe("outgoing webhooks on the page of npm run serve", () => {
  let stack: ServeStack;
  let page: Page;
  let complaints: string[];
  let program: Awaited<ReturnType<typeof startReceiver>>;
  let secret = "";
  const panel = () => page.locator("b24-subscriptions");
  const shot = (name: string) =>
    page.screenshot({ path: `test/artefacts/subscriptions-${name}.png`, fullPage: true });
  const section = (name: string) => page.getByRole("link", { name, exact: true }).click();

  before(async () => {
    program = await startReceiver();
    stack = await startServeStack({ OUTGOING_ORIGINS: program.receiver.url });
    ({ page, complaints } = await stack.open({ viewport: { width: 1280, height: 900 } }));
    await page.goto(stack.api.url);
    await page.getByRole("button", { name: "Войти по ключу API" }).click();
    await page.getByLabel("Ключ API").fill(API_KEY);
    await page.getByRole("button", { name: "Войти", exact: true }).click();
    await page.getByLabel("Адрес входящего вебхука").fill(stack.portal.webhookUrl);
    await page.getByLabel("Адрес входящего вебхука").press("Enter");
    await page.locator("b24-portals").getByText("Подключён", { exact: true }).waitFor();
    await section("Вебхуки");
  });
  after(async () => {
    await stack?.close();
    program?.close();
  });

  it("refuse an address inside the network that the settings do not name", async () => {
    await panel().getByText("Адресов пока нет").waitFor();
    await shot("empty");
    await panel().getByRole("button", { name: "Новый адрес" }).click();
    await panel().getByLabel("Адрес", { exact: true }).fill("https://127.0.0.1:1/hook");
    await panel().getByRole("button", { name: "Добавить адрес" }).click();
    await panel().locator("[part=wrong], .wrong, [part=error]").first().waitFor();
    await shot("refused");
  });

  it("show the secret once, and a test arrives signed by it", async () => {
    await panel().getByLabel("Адрес", { exact: true }).fill(`${program.receiver.url}/hook`);
    await panel().getByRole("button", { name: "Добавить адрес" }).click();
    await panel().getByText("Скопируйте секрет сейчас", { exact: true }).waitFor();
    secret = ((await panel().locator("code", { hasText: "whsec_" }).textContent()) ?? "").trim();
    await shot("secret");
    await panel().getByRole("button", { name: "Секрет сохранён, скрыть" }).click();
    assert.equal(await panel().getByText(secret).count(), 0);
    await panel()
      .getByRole("button", { name: /^Отправить пробу/ })
      .click();
    await panel()
      .getByText(/Проба дошла: ответ 200/)
      .waitFor();
    const { body, headers } = program.receiver.received.at(-1)!;
    assert.equal((new Webhook(secret).verify(body, headers) as { type: string }).type, "test");
  });

  it("tell of a sync that ended, and the log says so", async () => {
    await section("Данные");
    await page.getByRole("button", { name: "Синхронизировать всё" }).click();
    await page.locator("b24-sync-status").getByText("300 сделок").first().waitFor();
    await section("Вебхуки");
    await panel().getByText("Журнал отправки").click();
    await panel().getByText("Синхронизация закончена").first().waitFor();
    await panel().getByText("Дошло").first().waitFor();
    await shot("log");
    const told = program.receiver.received.map(({ body, headers }) =>
      new Webhook(secret).verify(body, headers),
    );
    assert.ok(told.some((message) => (message as { type: string }).type === "sync.run.finished"));
  });

  it("say why a test did not arrive", async () => {
    program.receiver.status = 500;
    await panel()
      .getByRole("button", { name: /^Отправить пробу/ })
      .click();
    await panel().getByText("Проба не дошла").waitFor();
    await page.setViewportSize({ width: 320, height: 900 });
    await shot("failed-320");
    await page.setViewportSize({ width: 1280, height: 900 });
  });

  it("are deleted when a person has agreed", async () => {
    await panel()
      .getByRole("button", { name: /^Удалить / })
      .click();
    await panel().getByRole("button", { name: "Удалить навсегда" }).click();
    await panel().getByText("Адресов пока нет").waitFor();
    assert.deepEqual(complaints, []);
  });
});
