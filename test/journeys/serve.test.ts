import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { after, before, describe, it } from "node:test";
import type { Page } from "playwright-core";
import { accessibilityFaults, fits } from "./accessibility.ts";
import { API_KEY, type ServeStack, startServeStack } from "./serve-stack.ts";

describe("the page of npm run serve", () => {
  let stack: ServeStack;
  let home: Awaited<ReturnType<ServeStack["open"]>>;
  let page: Page;
  const shot = (name: string) =>
    page.screenshot({ path: `test/artefacts/serve-${name}.png`, fullPage: true });
  const portals = () => page.locator("b24-portals");
  const section = (name: string) => page.getByRole("link", { name, exact: true }).click();
  const webhook = () => portals().getByLabel("Адрес входящего вебхука");
  const stand = () => stack.portal.control.apps;
  const connect = async (address: string) => {
    await webhook().fill(address);
    await webhook().press("Enter");
  };
  const byKey = async (key: string) => {
    await page.getByLabel("Ключ API").fill(key);
    await page.getByRole("button", { name: "Войти", exact: true }).click();
  };

  before(async () => {
    await mkdir("test/artefacts", { recursive: true });
    stack = await startServeStack();
    home = await stack.open({ viewport: { width: 1280, height: 900 } });
    page = home.page;
  });
  after(() => stack?.close());

  it("is a page under a strict policy that names the sign-in service and nobody else", async () => {
    const answer = await fetch(stack.api.url);
    const policy = answer.headers.get("content-security-policy") ?? "";
    assert.match(policy, /script-src 'self';/);
    assert.match(policy, /style-src 'self';/);
    assert.match(policy, /frame-ancestors 'none'/);
    assert.ok(policy.includes(stack.signIn.url));
    const told = (await (await fetch(`${stack.api.url}/api/v1/sign-in`)).json()) as { methods: string[] };
    assert.deepEqual(told.methods, ["password", "key"]);
  });

  it("asks a stranger to sign in, and says what is wrong with a key", async () => {
    await page.goto(stack.api.url);
    await page.getByRole("heading", { name: "Вход" }).waitFor();
    assert.equal(await page.locator("b24-portals").count(), 0);
    await shot("sign-in");
    await page.getByRole("button", { name: "Войти по ключу API" }).click();
    await byKey("not-a-key");
    await page.getByText("Сервер не знает такого ключа").waitFor();
    await shot("sign-in-wrong");
    assert.deepEqual(await accessibilityFaults(page), []);
  });

  it("lets the administrator's key in and keeps it in this tab alone", async () => {
    await byKey(API_KEY);
    await portals().getByText("Портал ещё не подключён").waitFor();
    await page.getByText("Сервер работает").waitFor();
    await shot("empty");
    const places = await page.evaluate((key) => {
      const has = (storage: Storage) => JSON.stringify({ ...storage }).includes(key);
      return { session: has(sessionStorage), local: has(localStorage), address: location.href.includes(key) };
    }, API_KEY);
    assert.deepEqual(places, { session: true, local: false, address: false });
    assert.deepEqual(await home.context.cookies(), []);
    assert.equal(
      await page.locator("b24-sync-status").count(),
      0,
      "without a portal there is nothing to copy",
    );
  });

  it("says in words why a webhook cannot be connected", async () => {
    await connect("mycompany.bitrix24.ru");
    await portals().getByText("Это не адрес вебхука").waitFor();
    await connect(stack.portal.webhookUrl.replace(/\/rest\/1\/\w+/, "/rest/1/nosuchcode12345"));
    await portals().locator("#webhook-wrong").waitFor();
    await shot("wrong-code");
    await connect("http://127.0.0.1:9/rest/1/abcdefgh/");
    await portals()
      .locator("#webhook-wrong", { hasText: /не отвечает|адрес/ })
      .waitFor();
    assert.equal(await portals().getByRole("listitem").count(), 0, "nothing was kept");
  });

  it("connects the portal by its webhook, and shows the copy's state in a section of its own", async () => {
    await connect(stack.portal.webhookUrl);
    await portals().getByText("Подключён", { exact: true }).waitFor();
    await portals()
      .getByRole("link", { name: new URL(stack.portal.url).host })
      .waitFor();
    assert.equal(await webhook().inputValue(), "", "the credential does not stay on the screen");
    await section("Данные");
    await page.locator("b24-sync-status").getByText("Ещё не загружались").first().waitFor();
    await page.getByRole("button", { name: "Синхронизировать всё" }).click();
    await page.locator("b24-sync-status").getByText("300 сделок").first().waitFor();
    await page.locator("b24-table").waitFor();
    await shot("connected");
    assert.deepEqual(await accessibilityFaults(page), []);
  });

  it("says what a model may see, changes it, and keeps who did", async () => {
    await section("ИИ");
    const settings = page.locator("b24-chart-settings");
    await settings.getByText("ни одна попытка не удалась").waitFor();
    await settings.getByRole("radio", { name: /Названия таблиц и полей/ }).check();
    await settings.getByLabel("Токенов в сутки").fill("50000");
    await settings.getByRole("button", { name: "Сохранить" }).click();
    await settings.getByText("Сохранено").waitFor();
    await settings.getByText(/модель видит: Названия таблиц и полей; токенов в сутки: 50\s000/).waitFor();
    await shot("ai");
    assert.deepEqual(await accessibilityFaults(page), []);
    await page.setViewportSize({ width: 320, height: 900 });
    await fits(page);
    await shot("ai-phone");
    await page.setViewportSize({ width: 1280, height: 900 });
  });

  it("takes the token of an outgoing webhook, whose events are accepted from then on", async () => {
    await section("Кнопки и события");
    const bindings = page.locator("b24-bindings");
    const address = (await bindings.locator("code").textContent()) ?? "";
    assert.match(address, /\/api\/bitrix24\/webhook$/);
    const webhook = stand().addOutgoingWebhook({
      url: `${stack.api.url}/api/bitrix24/webhook`,
      events: ["ONCRMDEALADD"],
    });
    await bindings.getByLabel("Ключ исходящего вебхука").fill(webhook.token);
    await bindings.getByRole("button", { name: "Сохранить ключ" }).click();
    await bindings.getByText("Ключ сохранён").waitFor();
    await shot("outgoing-webhook");
    assert.deepEqual(await accessibilityFaults(page), []);
    await fetch(`${stack.portal.webhookUrl}crm.deal.add?fields[TITLE]=x`);
    await stand().settled();
    assert.equal(stand().deliveries().at(-1)!.status, 200);
  });

  it("makes a key that is shown once, works, and is revoked", async () => {
    await section("Ключи API");
    const keys = page.locator("b24-keys");
    await keys.getByRole("button", { name: "Новый ключ" }).click();
    await keys.getByRole("button", { name: "Создать ключ" }).click();
    await keys.getByText("Назовите ключ").waitFor();
    await keys.getByLabel("Название").fill("Сайт");
    await keys.getByLabel("Запускать синхронизацию").check();
    await keys.getByRole("button", { name: "Создать ключ" }).click();
    await keys.getByText("Скопируйте ключ сейчас").first().waitFor();
    const secret = (await keys.locator("code.key").textContent()) ?? "";
    await shot("key");
    const ask = () => fetch(`${stack.api.url}/api/v1/session`, { headers: { "X-API-Key": secret } });
    const session = (await (await ask()).json()) as { rights: string[] };
    assert.deepEqual(session.rights, ["data:read", "sync:run"]);
    await keys.getByRole("button", { name: "Ключ сохранён, скрыть" }).click();
    assert.equal(await keys.getByText(secret).count(), 0);
    await keys.getByRole("button", { name: "Отозвать ключ «Сайт»" }).click();
    await keys.getByRole("button", { name: "Отозвать навсегда" }).click();
    await keys.getByText("1 недействующий ключ").waitFor();
    assert.equal((await ask()).status, 401);
  });

  it("tells that the webhook was revoked, and what helps", async () => {
    const [, code] = /\/rest\/1\/(\w+)\//.exec(stack.portal.webhookUrl) ?? [];
    assert.equal(
      (await fetch(`${stack.portal.url}/_emulator/webhooks/${code}`, { method: "DELETE" })).ok,
      true,
    );
    await section("Порталы");
    await portals()
      .getByRole("button", { name: /^Проверить портал/ })
      .click();
    await portals().getByText("Нужен новый доступ", { exact: true }).waitFor();
    await portals().locator("[part=error]").waitFor();
    await shot("revoked");
    assert.deepEqual(await accessibilityFaults(page), []);
  });

  it("speaks English, also in the dark", async () => {
    await page.getByRole("button", { name: "EN" }).click();
    await page.getByRole("button", { name: "Dark", exact: true }).click();
    await portals().getByText("Needs new access", { exact: true }).waitFor();
    for (const tag of [
      "b24-portals",
      "b24-applications",
      "b24-keys",
      "b24-health",
      "b24-sync-status",
      "b24-bindings",
    ]) {
      // What people have named stays as they named it.
      const texts = (
        await page
          .locator(tag)
          .getByText(/[а-яё]/i)
          .allTextContents()
      ).map((text) => text.replace(/Сайт|Объект обслуживания/, ""));
      assert.deepEqual(
        texts.filter((text) => /[а-яё]/i.test(text)),
        [],
        tag,
      );
    }
    await shot("english-dark");
    assert.deepEqual(await accessibilityFaults(page), []);
  });

  for (const width of [320, 768, 2560]) {
    it(`fits ${width} px without scrolling sideways`, async () => {
      await page.setViewportSize({ width, height: 900 });
      await fits(page);
      await shot(`${width}`);
    });
  }

  it("removes the portal with its data, once its name was entered", async () => {
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.getByRole("button", { name: "RU" }).click();
    const { host } = new URL(stack.portal.url);
    await portals()
      .getByRole("button", { name: `Удалить портал ${host}` })
      .click();
    await portals().getByRole("button", { name: "Удалить портал и данные" }).click();
    await portals().getByText("Введите точно так").waitFor();
    await shot("remove");
    await portals().getByLabel("Чтобы подтвердить").fill(host);
    await portals().getByRole("button", { name: "Удалить портал и данные" }).click();
    await portals()
      .locator("[part=result]", { hasText: `Портал ${host} удалён` })
      .waitFor();
    await page.locator("b24-sync-status").waitFor({ state: "detached" });
  });

  it("stays signed in over a reload, and not after signing out", async () => {
    await page.reload();
    await portals().waitFor();
    await page.getByRole("button", { name: "Выйти" }).click();
    await page.getByRole("heading", { name: "Вход" }).waitFor();
    assert.equal(await page.evaluate(() => sessionStorage.length), 0);
    await page.reload();
    await page.getByRole("heading", { name: "Вход" }).waitFor();
  });

  it("signs a person in by password, renews the token, and says when the session has ended", async () => {
    await page.getByLabel("Почта").fill("ivan@example.com");
    await page.getByLabel("Пароль").fill("не тот");
    await page.getByRole("button", { name: "Войти", exact: true }).click();
    await page.getByText("Неверный адрес почты или пароль").waitFor();
    stack.signIn.lasts = 30;
    await page.getByLabel("Пароль").fill("верный пароль");
    await page.getByRole("button", { name: "Войти", exact: true }).click();
    await portals().getByText("Портал ещё не подключён").waitFor();
    assert.ok(stack.signIn.grants.includes("refresh_token"), "a token about to end is renewed");
    stack.signIn.ended = true;
    await page.reload();
    await page.getByText("Сеанс истёк").waitFor();
    await shot("ended");
  });

  it("asks again when the key it was signed in by is revoked", async () => {
    const headers = { "X-API-Key": API_KEY, "content-type": "application/json" };
    const made = await fetch(`${stack.api.url}/api/v1/keys`, {
      method: "POST",
      headers,
      body: JSON.stringify({ name: "Временный", rights: ["admin"] }),
    });
    const { key, secret } = (await made.json()) as { key: { id: string }; secret: string };
    await page.getByRole("button", { name: "Войти по ключу API" }).click();
    await byKey(secret);
    await portals().getByText("Портал ещё не подключён").waitFor();
    await fetch(`${stack.api.url}/api/v1/keys/${key.id}`, { method: "DELETE", headers });
    await section("Ключи API");
    await page.getByText("Прежний вход больше не действует").waitFor();
  });

  it("leads from a pasted address to the portal's own page, where access is allowed", async () => {
    const visit = await stack.open();
    await visit.page.goto(`${stack.api.url}/bitrix/oauth/install`);
    const field = visit.page.locator("b24-install").getByLabel("Адрес портала");
    await field.fill(`${stack.portal.url}/crm/deal/list/?page=2`);
    await visit.page.screenshot({ path: "test/artefacts/serve-install.png", fullPage: true });
    await field.press("Enter");
    await visit.page.waitForURL(`${stack.portal.url}/oauth/authorize/**`);
    assert.match(visit.page.url(), /client_id=.+&state=.+/);
    await visit.context.close();
  });

  it("broke no policy and asked nobody else", () => assert.deepEqual(home.complaints, []));
});
