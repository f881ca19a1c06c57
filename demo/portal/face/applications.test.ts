import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import { after, before, describe, it } from "node:test";
import type { Browser, BrowserContext, Frame, Page } from "playwright-core";
import { launchBrowser } from "../../../tools/browser.mjs";
import { type RunningPortal, startPortal } from "../index.ts";
import { type SampleApplication, startSampleApplication } from "./sample-application.ts";

type Sending = {
  send(command: string, params?: unknown, options?: { sid?: string; patience?: number }): Promise<unknown>;
  sendObject(method: string, params: unknown): Promise<unknown>;
  call(method: string, params: unknown): Promise<Answered>;
};
// biome-ignore lint/suspicious/noExplicitAny: answers of every command and method
type Answered = any;

let portal: RunningPortal;
let sample: SampleApplication;
let browser: Browser;
let context: BrowserContext;
let page: Page;
const complaints: string[] = [];

const shot = (name: string) => page.screenshot({ path: `test/artefacts/portal-${name}.png` });

/** The frame of the sample application, once its script can speak. */
async function applicationFrame(within = page): Promise<Frame> {
  const handle = await within.locator("iframe.app-frame").last().elementHandle();
  const frame = await handle?.contentFrame();
  assert.ok(frame, "a frame is open");
  await frame
    .locator("#who")
    .getByText(/\S+ \S+/)
    .waitFor();
  return frame;
}

const say = (frame: Frame, command: string, params?: unknown, options?: object): Promise<Answered> =>
  frame.evaluate(
    ([name, given, extra]) => (window as unknown as Sending).send(name as string, given, extra as object),
    [command, params, options] as const,
  );

const rest = (frame: Frame, method: string, params: unknown = {}): Promise<Answered> =>
  frame.evaluate(([name, given]) => (window as unknown as Sending).call(name as string, given), [
    method,
    params,
  ] as const);

/** Does something and waits for the next opening of the sample application. */
async function openedBy(act: () => Promise<unknown>) {
  const count = sample.opened.length;
  await act();
  const frame = await (async () => {
    for (;;) {
      if (sample.opened.length > count) return applicationFrame();
      await page
        .waitForEvent("framenavigated", { timeout: 120_000 })
        .catch(() => assert.fail("nothing was opened"));
    }
  })();
  const opening = sample.opened[count];
  assert.ok(opening);
  return { frame, opening };
}

before(async () => {
  await mkdir("test/artefacts", { recursive: true });
  const counts = { deals: 300, contacts: 100, companies: 40, leads: 60, users: 20 };
  const anchor = Date.parse("2026-05-01T12:00:00+03:00");
  [portal, sample, browser] = await Promise.all([
    startPortal({ name: "face", counts, anchor, handlers: { local: true, plainHttp: true } }),
    startSampleApplication(),
    launchBrowser() as Promise<Browser>,
  ]);
  portal.control.limits({ rate: { enabled: false } });
  context = await browser.newContext({
    viewport: { width: 1280, height: 860 },
    locale: "ru-RU",
    reducedMotion: "reduce",
  });
  page = await context.newPage();
  page.setDefaultTimeout(120_000);
  page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
});
after(async () => {
  await browser?.close();
  await sample?.close();
  await portal?.close();
});

describe("a local application", () => {
  it("is added on the developers' page, which says what is wrong first", async () => {
    await page.goto(`${portal.url}/devops/`);
    await page.getByRole("link", { name: "Добавить приложение" }).click();
    await page.getByLabel("Путь вашего обработчика").fill("ftp://nowhere");
    await page.getByRole("button", { name: "Добавить" }).click();
    await page.getByRole("alert").waitFor();
    await page.getByText("Введите название.").waitFor();
    assert.equal(await page.getByLabel("Название").getAttribute("aria-invalid"), "true");
    await page.getByLabel("Название").fill("Сверка домов");
    await page.getByLabel("Путь вашего обработчика").fill(`${sample.url}/app?from=card`);
    await page.getByLabel("Путь для первоначальной установки").fill(`${sample.url}/install`);
    await page.getByLabel(/Роботы и бизнес-процессы/).check();
    await page.getByRole("button", { name: "Добавить" }).click();
    await page.getByRole("heading", { name: "Ключи приложения" }).waitFor();
    const [application] = portal.control.apps.list();
    assert.ok(application);
    await page.getByText(application.clientSecret).waitFor();
    await shot("application-card");
  });

  it("shows its secret once", async () => {
    const { clientSecret, clientId } = portal.control.apps.list()[0]!;
    await page.reload();
    await page.getByText(clientId).first().waitFor();
    assert.ok(!(await page.content()).includes(clientSecret));
  });

  it("opens first on its install page, by POST with the documented fields", async () => {
    const { frame, opening } = await openedBy(() =>
      page.getByRole("link", { name: "Открыть приложение" }).click(),
    );
    const application = portal.control.apps.list()[0]!;
    assert.equal(opening.path, "/install");
    assert.deepEqual(Object.keys(opening.query).sort(), ["APP_SID", "DOMAIN", "LANG", "PROTOCOL"]);
    assert.equal(opening.query.DOMAIN, new URL(portal.url).host);
    assert.deepEqual(Object.keys(opening.form).sort(), [
      ...["APPLICATION_SCOPE", "APPLICATION_TOKEN", "AUTH_EXPIRES", "AUTH_ID", "PLACEMENT"],
      ...["PLACEMENT_OPTIONS", "REFRESH_ID", "SERVER_ENDPOINT", "member_id", "status"],
    ]);
    assert.equal(opening.form.PLACEMENT, "DEFAULT");
    assert.equal(opening.form.APPLICATION_TOKEN, application.applicationToken);
    assert.equal(
      await frame.evaluate(() => window.name),
      `${opening.query.DOMAIN}|0|${opening.query.APP_SID}`,
    );
  });

  it("binds its places, and they stay hidden until the installation is finished", async () => {
    const frame = await applicationFrame();
    for (const place of ["LIST_TOOLBAR", "LIST_MENU", "DETAIL_TAB", "DETAIL_TOOLBAR"])
      assert.equal(
        (
          await rest(frame, "placement.bind", {
            PLACEMENT: `CRM_DEAL_${place}`,
            HANDLER: `${sample.url}/${place}`,
            TITLE: `Сверка: ${place}`,
          })
        ).result,
        true,
      );
    await rest(frame, "placement.bind", {
      PLACEMENT: "LEFT_MENU",
      HANDLER: `${sample.url}/left`,
      TITLE: "Дома на карте",
    });
    const other = await context.newPage();
    await other.goto(`${portal.url}/crm/deal/list/`);
    assert.equal(await other.getByRole("button", { name: /Сверка/ }).count(), 0);
    await other.close();
  });

  it("is not shown to others meanwhile", async () => {
    const other = await browser.newContext();
    const theirs = await other.newPage();
    await theirs.goto(`${portal.url}/crm/deal/list/`);
    await theirs.locator(".who summary").click();
    await theirs.getByLabel("Войти как").selectOption("2");
    await theirs.getByRole("button", { name: "Войти" }).click();
    await theirs.waitForURL(/crm\/deal\/list/);
    assert.equal(await theirs.getByRole("link", { name: "Сверка домов" }).count(), 0);
    await theirs.goto(`${portal.url}/marketplace/app/1/`);
    await theirs.getByText("установлено не полностью").waitFor();
    await other.close();
  });

  it("finishes its installation from the frame, and its own page comes", async () => {
    const frame = await applicationFrame();
    const init = await say(frame, "getInitData", undefined, { patience: 5000 });
    assert.equal(init.INSTALL, true);
    const { opening } = await openedBy(() => say(frame, "setInstallFinish", {}).catch(() => null));
    assert.equal(opening.path, "/app");
    assert.equal(opening.query.from, "card", "the handler's own query is kept");
    assert.equal(portal.control.apps.list()[0]?.installed, true);
    await shot("application-page");
  });
});

describe("the frame protocol", () => {
  let frame: Frame;
  before(async () => {
    ({ frame } = await openedBy(() => page.goto(`${portal.url}/marketplace/app/1/`)));
  });

  it("answers getInitData with all that an SDK reads", async () => {
    const data = await say(frame, "getInitData", undefined, { patience: 5000 });
    const told = Object.keys(data).sort();
    for (const name of [
      ...[
        "AUTH_ID",
        "REFRESH_ID",
        "AUTH_EXPIRES",
        "DOMAIN",
        "PROTOCOL",
        "PATH",
        "LANG",
        "MEMBER_ID",
        "IS_ADMIN",
      ],
      ...["APP_OPTIONS", "USER_OPTIONS", "PLACEMENT", "PLACEMENT_OPTIONS", "INSTALL", "FIRST_RUN"],
    ])
      assert.ok(told.includes(name), name);
    assert.deepEqual(
      [data.IS_ADMIN, data.INSTALL, data.PLACEMENT, data.LANG],
      [true, false, "DEFAULT", "ru"],
    );
  });

  it("renews the tokens", async () => {
    const before = await say(frame, "getInitData", undefined, { patience: 5000 });
    const renewed = await say(frame, "refreshAuth", {}, { patience: 5000 });
    assert.notEqual(renewed.AUTH_ID, before.AUTH_ID);
    assert.deepEqual(Object.keys(renewed).sort(), ["AUTH_EXPIRES", "AUTH_ID", "REFRESH_ID"]);
  });

  it("keeps options of the application and of the person", async () => {
    await say(frame, "setAppOption", { name: "region", value: "Калуга" }, { patience: 5000 });
    await say(frame, "setUserOption", { name: "theme", value: "dark" }, { patience: 5000 });
    const data = await say(frame, "getInitData", undefined, { patience: 5000 });
    assert.deepEqual([data.APP_OPTIONS, data.USER_OPTIONS], [{ region: "Калуга" }, { theme: "dark" }]);
  });

  it("fits the frame, names the page, scrolls it", async () => {
    await say(frame, "resizeWindow", { width: "100%", height: 1800 });
    assert.equal(await page.locator("iframe.app-frame").evaluate((one) => one.clientHeight), 1800);
    await say(frame, "setTitle", { title: "Сверка: 490 домов" });
    assert.equal(await page.title(), "Сверка: 490 домов");
    assert.equal(await page.getByRole("heading", { level: 1 }).textContent(), "Сверка: 490 домов");
    await say(frame, "setScroll", { scroll: 300 });
    assert.equal(await page.evaluate(() => window.scrollY), 300);
  });

  it("takes commands as objects, too", async () => {
    const answer = await frame.evaluate(() =>
      (window as unknown as Sending).sendObject("setTitle", { title: "Объект" }),
    );
    assert.equal(answer, "Объект");
  });

  it("stays silent to what it does not know, and to frames that are not its own", async () => {
    assert.equal(await say(frame, "imCallTo", { userId: 1 }), "silence");
    assert.equal(await say(frame, "constructor", {}), "silence");
    assert.equal(await say(frame, "setTitle", { title: "чужой" }, { sid: "0".repeat(32) }), "silence");
    // Another window knows the right APP_SID, and is not heard.
    const title = await page.title();
    await page.evaluate(
      (sid) => window.postMessage(`setTitle:{"title":"подделка"}:cb1:${sid}`, "*"),
      sample.opened.at(-1)?.query.APP_SID,
    );
    assert.equal(await page.title(), title);
  });

  it("opens a page of the portal over itself and tells when that is closed", async () => {
    const answer = say(
      frame,
      "openPath",
      { path: "/crm/deal/../../crm/contact/details/5/?IFRAME=Y" },
      { patience: 20_000 },
    );
    const slider = page.getByRole("dialog");
    const inside = page.frameLocator("dialog iframe");
    await inside.getByRole("link", { name: "Контакты" }).waitFor();
    assert.equal(
      await inside.getByRole("navigation", { name: "Разделы портала" }).count(),
      0,
      "without the menu",
    );
    await shot("open-path");
    await slider.getByRole("button", { name: "Закрыть" }).click();
    assert.deepEqual(await answer, { result: "close" });
    assert.deepEqual(await say(frame, "openPath", { path: "https://evil.example/" }), {
      result: "error",
      errorCode: "PATH_NOT_AVAILABLE",
    });
  });

  it("opens the application once more, which closes itself", async () => {
    const closed = say(frame, "openApplication", { house: 17 }, { patience: 20_000 });
    await page.getByRole("dialog").waitFor();
    const second = await applicationFrame();
    assert.deepEqual(JSON.parse(sample.opened.at(-1)!.form.PLACEMENT_OPTIONS!), { house: "17" });
    await say(second, "closeApplication", {}).catch(() => null);
    await page.getByRole("dialog").waitFor({ state: "detached" });
    assert.equal(await closed, undefined);
  });

  it("lets a person choose a colleague and records", async () => {
    const colleague = say(frame, "selectUser", { mult: false }, { patience: 20_000 });
    const dialog = page.getByRole("dialog", { name: "Выбор сотрудника" });
    await dialog.getByRole("listitem").nth(3).waitFor();
    await shot("select-user");
    const name = await dialog.getByRole("button").first().locator("span").textContent();
    await dialog.getByRole("searchbox").fill(name!);
    await dialog.getByRole("listitem").first().getByRole("button").press("Enter");
    assert.equal((await colleague).name, name);

    const chosen = say(
      frame,
      "selectCRM",
      { entityType: ["deal", "company"], multiple: true },
      { patience: 20_000 },
    );
    const records = page.getByRole("dialog", { name: "Выбор из CRM" });
    await records.getByText("Сделка № 300").click();
    await records.getByText("Компания № 40").click();
    await records.getByRole("button", { name: "Выбрать" }).click();
    const answer = await chosen;
    assert.deepEqual([answer.deal[0].id, answer.company[0].id], ["D_300", "CO_40"]);
  });
});

describe("places in the CRM", () => {
  const options = (form: Record<string, string>) => JSON.parse(form.PLACEMENT_OPTIONS!);

  it("a button above the list", async () => {
    await page.goto(`${portal.url}/crm/deal/list/?category=0`);
    const { frame, opening } = await openedBy(() =>
      page.getByRole("button", { name: "Сверка: LIST_TOOLBAR" }).click(),
    );
    assert.deepEqual(options(opening.form), { URI: "/crm/deal/list/" });
    assert.equal(opening.form.PLACEMENT, "CRM_DEAL_LIST_TOOLBAR");
    assert.deepEqual(await say(frame, "getInterface", {}), { command: ["reloadData"], event: [] });
    await shot("list-toolbar");
  });

  it("reads the list anew when the application says so", async () => {
    const frame = await applicationFrame();
    const [{ ID }] = portal.control.records({ entity: "deal", after: 299, limit: 1 }) as [{ ID: string }];
    await rest(frame, "crm.deal.update", { id: ID, fields: { TITLE: "Переименовано приложением" } });
    await page.evaluate(() => history.replaceState(null, "", "/crm/deal/list/"));
    await say(frame, "reloadData", {}, { patience: 5000 });
    await page.getByText("Переименовано приложением").waitFor();
    assert.equal(await page.locator("dialog iframe").count(), 1, "the frame is still there");
    await page.keyboard.press("Escape");
    await page.getByRole("dialog").waitFor({ state: "detached" });
  });

  it("an item in the menu of a row, by keyboard", async () => {
    await page.goto(`${portal.url}/crm/deal/list/`);
    const button = page
      .getByRole("row")
      .nth(3)
      .getByRole("button", { name: /^Действия/ });
    const id = await button.getAttribute("data-row-menu");
    await button.press("Enter");
    const item = page.getByRole("menuitem", { name: "Сверка: LIST_MENU" });
    await item.waitFor();
    await shot("row-menu");
    await page.keyboard.press("Escape");
    assert.ok(await button.evaluate((one) => one === document.activeElement), "the focus comes back");
    await button.press("Enter");
    const { opening } = await openedBy(() => page.keyboard.press("Enter"));
    assert.deepEqual(options(opening.form), { ID: id, URI: "/crm/deal/list/" });
    await page.getByRole("dialog").getByRole("button", { name: "Закрыть" }).click();
  });

  it("a tab of the card, opened when it is chosen", async () => {
    await page.goto(`${portal.url}/crm/deal/details/7/`);
    const before = sample.opened.length;
    await page.getByRole("tab", { name: "Общие" }).focus();
    assert.equal(sample.opened.length, before);
    const { opening } = await openedBy(() => page.keyboard.press("End"));
    assert.deepEqual(options(opening.form), { ID: "7", URI: "/crm/deal/details/7/" });
    assert.equal(opening.form.PLACEMENT, "CRM_DEAL_DETAIL_TAB");
    await shot("detail-tab");
    await page.keyboard.press("Home");
    await page.getByRole("heading", { name: "О сделке" }).waitFor();
    await page.keyboard.press("End");
    assert.equal(sample.opened.length, before + 1, "once");
  });

  it("a button of the card", async () => {
    const { opening } = await openedBy(() =>
      page.getByRole("button", { name: "Сверка: DETAIL_TOOLBAR" }).click(),
    );
    assert.deepEqual(options(opening.form), { ID: "7" });
    await page.getByRole("dialog").getByRole("button", { name: "Закрыть" }).click();
  });

  it("an item of the left menu", async () => {
    const { opening } = await openedBy(() => page.getByRole("link", { name: "Дома на карте" }).click());
    assert.deepEqual([opening.path, opening.form.PLACEMENT], ["/left", "LEFT_MENU"]);
  });

  it("are gone with the application", async () => {
    await page.goto(`${portal.url}/devops/app/1/`);
    await page.getByText("Удалить приложение").click();
    await page.getByRole("button", { name: "Удалить «Сверка домов»" }).click();
    await page.getByText("Приложений пока нет.").waitFor();
    await page.goto(`${portal.url}/crm/deal/list/`);
    assert.equal(await page.getByText("Сверка:").count(), 0);
  });

  it("and nothing on the way was refused or broken", () => {
    // The form that says what is wrong answers 422, which the browser notes.
    assert.deepEqual(
      complaints.filter((text) => !text.includes("422")),
      [],
    );
  });
});
