import type { Entity } from "@b24kit/client";
import { aTimeout, expect, fixture, html, oneEvent } from "@open-wc/testing";
import { sampleContext } from "../../../../../stories/sample/context.ts";
import {
  busyLimits,
  loading,
  manyStatus,
  runOf,
  type SyncApi,
  type SyncApiOptions,
  sampleStatus,
  statusOf,
  syncApi,
} from "../../../../../stories/sample/sync.ts";
import { waitUntil } from "../../../../../test/wait-until.ts";
import type { Language } from "../../core/index.ts";
import type { SyncStartEvent } from "../events.ts";
import type { B24SyncStatus } from "./sync-status.ts";
import "./sync-status.define.ts";

interface Scene {
  api: SyncApi;
  element: B24SyncStatus;
}

const apis: SyncApi[] = [];
afterEach(() => {
  for (const api of apis.splice(0)) api.client.close();
});

async function scene(options: SyncApiOptions, language: Language = "ru", width = 700): Promise<Scene> {
  const api = syncApi(options);
  apis.push(api);
  const parentNode = sampleContext({ client: api.client, language });
  parentNode.style.width = `${width}px`;
  document.body.append(parentNode);
  const element = await fixture<B24SyncStatus>(html`<b24-sync-status></b24-sync-status>`, { parentNode });
  return { api, element };
}

async function live(options: SyncApiOptions, language: Language = "ru", width = 700): Promise<Scene> {
  const made = await scene(options, language, width);
  await waitUntil(() => words(made.element).includes(language === "ru" ? "вживую" : "Live"), "live");
  return made;
}

const plain = (text: string | null | undefined) =>
  (text ?? "")
    .replace(/[\u00a0\u202f]/g, " ")
    .replace(/\s+/g, " ")
    .trim();
const words = (element: B24SyncStatus) => plain(element.shadowRoot?.textContent);
const row = (element: B24SyncStatus, entity: string) =>
  element.shadowRoot!.querySelector<HTMLElement>(`[data-entity=${entity}]`)!;
const button = (element: B24SyncStatus, entity: string, action: string) =>
  row(element, entity).querySelector<HTMLButtonElement>(`[data-action=${action}]`);
const announced = (element: B24SyncStatus) =>
  plain(element.shadowRoot!.querySelector("[aria-live]")!.textContent);

describe("<b24-sync-status>", () => {
  describe("is accessible", () => {
    const failed = runOf("deal", { state: "failed", error: { code: "insufficient_scope", detail: "crm" } });
    const waiting = {
      ...loading,
      run: runOf("deal", { ...loading.run, state: "waiting", waitingUntil: new Date().toISOString() }),
    };
    const states: [string, SyncApiOptions][] = [
      ["when all is quiet", { status: sampleStatus() }],
      ["while loading", { status: sampleStatus({ deal: loading }) }],
      ["while waiting", { status: sampleStatus({ deal: waiting }) }],
      ["after a failure", { status: sampleStatus({ deal: { run: failed } }) }],
      ["before anything came", { status: "silent" }],
      ["without a portal", { status: "unknown_portal" }],
      ["without rights", { status: "forbidden" }],
      ["with an error", { status: "internal" }],
    ];
    for (const [name, options] of states) {
      it(name, async () => {
        const { element } = await scene(options);
        await aTimeout(20);
        await expect(element).to.be.accessible();
        element.parentElement!.style.colorScheme = "dark";
        await expect(element).to.be.accessible();
      });
    }
  });

  it("says per entity what it has, what the last run made, and when the next comes", async () => {
    const { element } = await live({ status: sampleStatus() });
    const text = plain(row(element, "deal").textContent);
    expect(text).to.include("Сделки Готово 10 000 сделок");
    expect(text).to.match(/Обновлено 5 минут назад, (\d+ [а-я]+\.?, )?\d\d:\d\d/);
    expect(text).to.include("прочитано 10 000, изменилось 120, за 12 с");
    expect(text).to.match(/следующее через 2[45] минут/);
    expect(plain(row(element, "lead").textContent)).to.include("2 001 лид");
    expect(row(element, "deal").querySelector("time")!.title).to.match(/2\d{3}/);
  });

  it("says it in English too, with nothing Russian left", async () => {
    const { element } = await live({ status: sampleStatus({ deal: loading }) }, "en");
    expect(words(element)).to.include("Deals Loading 4,200 deals");
    expect(words(element)).to.include("4,200 of 10,000 · 850 records/s · 7 s left · 2 requests");
    expect(words(element)).not.to.match(/[а-яё]/i);
    await expect(element).to.be.accessible();
  });

  it("shows progress with count, share, rate and time left, live", async () => {
    const { api, element } = await live({ status: sampleStatus({ deal: loading }) });
    const bar = () => row(element, "deal").querySelector("progress")!;
    expect(bar().getAttribute("aria-label")).to.equal("Загрузка: Сделки");
    expect([bar().value, bar().max]).to.deep.equal([4200, 10_000]);
    const before = bar();
    api.emit(statusOf("deal", { ...loading, run: { ...loading.run!, rowsRead: 7000, secondsLeft: 3 } }));
    await waitUntil(() => bar().value === 7000);
    expect(bar()).to.equal(before);
    expect(plain(row(element, "deal").textContent)).to.include(
      "70 % 7 000 из 10 000 · 850 записей/с · осталось 3 с",
    );
    expect(announced(element), "progress is not read out").to.equal("");
  });

  it("tells how far products of deals are by the deals that were read", async () => {
    const run = runOf("product_row", {
      ...{ state: "running", type: "full", rowsRead: 812, rowsExpected: null, requests: 26 },
      ...{ owners: { entity: "deal", read: 1_250, expected: 10_000 }, rate: 48, secondsLeft: 183 },
    });
    const { element } = await live({ status: manyStatus({ product_row: { run } }) });
    const bar = row(element, "product_row").querySelector("progress")!;
    expect([bar.value, bar.max]).to.deep.equal([1_250, 10_000]);
    expect(plain(row(element, "product_row").textContent)).to.include(
      "просмотрено сделок: 1 250 из 10 000 · 812 товаров · 48 в секунду · осталось 3 мин",
    );
  });

  it("shows an unknown total as such", async () => {
    const run = {
      ...loading.run!,
      rowsRead: 0,
      rowsExpected: null,
      requests: 0,
      rate: null,
      secondsLeft: null,
    };
    const { element } = await live({ status: sampleStatus({ deal: { ...loading, run } }) });
    expect(row(element, "deal").querySelector("progress")!.position).to.equal(-1);
    expect(words(element)).to.include("Узнаём у портала, сколько записей");
  });

  it("says that a limit of the portal holds the run, and until when", async () => {
    const run = { ...loading.run!, state: "waiting" as const, waitingUntil: "2026-05-12T11:05:00Z" };
    const { element } = await live({ status: sampleStatus({ deal: { ...loading, run } }) });
    expect(words(element)).to.include("Продолжится само в 14:05, ничего не потеряно");
  });

  it("says in words what failed and what to do", async () => {
    const run = runOf("deal", { state: "failed", error: { code: "insufficient_scope", detail: "crm" } });
    const { element } = await live({ status: sampleStatus({ deal: { run } }) });
    const error = plain(row(element, "deal").querySelector("[part=error]")!.textContent);
    expect(error).to.include("Вебхуку не хватает прав Добавьте вебхуку");
    expect(error).to.include("crm");
  });

  it("tells what was read before a first load failed, and does not call it never loaded", async () => {
    const error = { code: "portal_unreachable" as const, detail: "" };
    const run = runOf("deal", { state: "failed", rowsRead: 4200, error });
    const { element } = await live({
      status: sampleStatus({ deal: { run, rows: 4200, lastCompletedAt: null } }),
    });
    const said = plain(row(element, "deal").textContent);
    expect(said).to.include("До ошибки успели прочитать 4 200 записей, они сохранены");
    expect(said).not.to.include("Загрузите впервые");
  });

  it("asks by a cancelable event, starts the run and announces it", async () => {
    const { api, element } = await live({ status: sampleStatus() });
    setTimeout(() => button(element, "contact", "incremental")!.click());
    const event: SyncStartEvent = await oneEvent(element, "b24-sync-start");
    expect(event.detail).to.deep.equal({ entity: "contact", type: "incremental" });
    await waitUntil(() => plain(row(element, "contact").textContent).includes("В очереди"));
    expect(api.asked).to.include("POST /api/v1/sync/start/contact");
    const run = runOf("contact", { id: 500, state: "running", rowsRead: 1 });
    setTimeout(() => api.emit(statusOf("contact", { run })));
    await oneEvent(element, "b24-sync-started");
    await waitUntil(() => announced(element) === "Контакты: синхронизация началась");
    setTimeout(() => api.emit(statusOf("contact", { run: { ...run, state: "completed", rowsRead: 4000 } })));
    const finished = await oneEvent(element, "b24-sync-finished");
    expect(finished.detail.run.id).to.equal(500);
    await waitUntil(() => announced(element) === "Контакты: готово, прочитано 4 000 записей");
  });

  it("starts nothing when the page says no", async () => {
    const { api, element } = await live({ status: sampleStatus() });
    element.addEventListener("b24-sync-start", (event) => event.preventDefault());
    button(element, "deal", "incremental")!.click();
    await aTimeout(10);
    expect(api.asked.filter((one) => one.startsWith("POST"))).to.deep.equal([]);
  });

  it("starts all that is idle: what was never loaded in full, the rest by its changes", async () => {
    const fresh = { run: null, lastCompletedAt: null, nextRunAt: null, rows: 0 };
    const { api, element } = await live({ status: sampleStatus({ deal: loading, lead: fresh }) });
    const started: string[] = [];
    element.addEventListener("b24-sync-start", ({ detail }) =>
      started.push(`${detail.entity} ${detail.type}`),
    );
    element.shadowRoot!.querySelector<HTMLButtonElement>("[data-action=all]")!.click();
    await waitUntil(() => api.asked.filter((one) => one.startsWith("POST")).length === 3);
    expect(started).to.deep.equal(["contact incremental", "lead full", "company incremental"]);
  });

  it("starts a smart process that a run has found, where everything was asked for", async () => {
    const { api, element } = await live({ status: sampleStatus() });
    const found = { ...statusOf("deal"), run: null, lastCompletedAt: null, rows: 0 };
    const started: string[] = [];
    element.addEventListener("b24-sync-start", (event) => {
      started.push((event as SyncStartEvent).detail.entity);
    });
    api.emit({ ...found, entity: "dynamic_156" });
    await waitUntil(() => row(element, "dynamic_156"), "shown");
    expect(started, "nobody has asked for it").to.deep.equal([]);
    element.shadowRoot!.querySelector<HTMLButtonElement>("[data-action=all]")!.click();
    await waitUntil(() => started.includes("dynamic_156"), "with all others");
    api.emit({ ...found, entity: "dynamic_200" });
    await waitUntil(() => started.at(-1) === "dynamic_200", "found later");
  });

  it("shows a refusal beside the entity", async () => {
    const { element } = await live({ status: sampleStatus(), start: "run_active" });
    button(element, "deal", "incremental")!.click();
    await waitUntil(() => row(element, "deal").querySelector("[part=error]"));
    expect(plain(row(element, "deal").textContent)).to.include("Синхронизация уже идёт");
    expect(announced(element)).to.include("Сделки: ошибка");
    expect(button(element, "deal", "incremental")!.disabled).to.equal(false);
  });

  it("asks before it stops a long load, by keyboard alone", async () => {
    const { api, element } = await live({ status: sampleStatus({ deal: loading }) });
    button(element, "deal", "stop")!.click();
    await waitUntil(() => element.shadowRoot!.activeElement?.getAttribute("data-action") === "stop-no");
    expect(words(element)).to.include("Остановить загрузку? Загруженное (4 200 сделок) сохранится.");
    await expect(element).to.be.accessible();
    (element.shadowRoot!.activeElement as HTMLElement).click();
    await waitUntil(() => element.shadowRoot!.activeElement?.getAttribute("data-action") === "stop");
    expect(api.asked.some((one) => one.includes("cancel"))).to.equal(false);
    button(element, "deal", "stop")!.click();
    await waitUntil(() => button(element, "deal", "stop-yes"));
    setTimeout(() => button(element, "deal", "stop-yes")!.click());
    await oneEvent(element, "b24-sync-finished");
    await waitUntil(() =>
      plain(row(element, "deal").textContent).includes("Остановлено: успели прочитать 4 200 записей"),
    );
  });

  it("pauses a load and lets it go on", async () => {
    const { api, element } = await live({ status: sampleStatus({ deal: loading }) });
    setTimeout(() => button(element, "deal", "pause")!.click());
    expect((await oneEvent(element, "b24-sync-pause")).detail).to.deep.equal({ entity: "deal" });
    await waitUntil(() => plain(row(element, "deal").textContent).includes("Приостановлено"));
    await waitUntil(() => announced(element) === "Сделки: приостановлено");
    await expect(element).to.be.accessible();
    setTimeout(() => button(element, "deal", "resume")!.click());
    await oneEvent(element, "b24-sync-resume");
    await waitUntil(() => button(element, "deal", "pause"));
    expect(api.asked).to.include.members(["POST /api/v1/sync/pause/deal", "POST /api/v1/sync/resume/deal"]);
  });

  it("opens a row into its details, and compares both sides", async () => {
    const { api, element } = await live({ status: sampleStatus() });
    const toggle = button(element, "lead", "details")!;
    toggle.click();
    const details = () => row(element, "lead").querySelector("b24-sync-details")?.shadowRoot;
    await waitUntil(() => details()?.querySelector("[part=run]"), "its code came");
    expect(toggle.getAttribute("aria-expanded")).to.equal("true");
    expect(api.asked).to.include("GET /api/v1/sync/runs");
    await expect(element).to.be.accessible();
    setTimeout(() => button(element, "lead", "reconcile")!.click());
    const event: SyncStartEvent = await oneEvent(element, "b24-sync-start");
    expect(event.detail).to.deep.equal({ entity: "lead", type: "reconcile" });
    await waitUntil(() => api.asked.includes("POST /api/v1/sync/reconcile/lead"));
    toggle.click();
    await waitUntil(() => !row(element, "lead").querySelector("b24-sync-details"));
  });

  it("asks before it reads a large entity anew, and not before a small one", async () => {
    const { api, element } = await live({ status: sampleStatus() });
    const starts = () => api.asked.filter((one) => one.includes("/start/"));
    for (const entity of ["deal", "lead"]) button(element, entity, "details")!.click();
    await waitUntil(() => button(element, "lead", "full"));
    button(element, "deal", "full")!.click();
    await waitUntil(() => element.shadowRoot!.activeElement?.getAttribute("data-action") === "full-no");
    expect(words(element)).to.include("Прочитать заново 10 000 сделок? Это не меньше 5 запросов к порталу");
    await expect(element).to.be.accessible();
    button(element, "deal", "full-no")!.click();
    await waitUntil(() => element.shadowRoot!.activeElement?.getAttribute("data-action") === "full");
    expect(starts()).to.deep.equal([]);
    button(element, "lead", "full")!.click();
    await waitUntil(() => starts().length === 1);
    button(element, "deal", "full")!.click();
    await waitUntil(() => button(element, "deal", "full-yes"));
    button(element, "deal", "full-yes")!.click();
    await waitUntil(() => starts().length === 2);
  });

  it("says how both sides compare, and what waits for a person", async () => {
    const at = new Date(Date.now() - 7_200_000).toISOString();
    const equal = { at, source: 12_745, mirror: 12_745, deleted: 0, withheld: 0 };
    const { element } = await live({
      status: sampleStatus({
        deal: { reconcile: equal },
        contact: { reconcile: { ...equal, source: 2200, mirror: 4000, withheld: 1800 }, quarantined: 3 },
      }),
    });
    expect(plain(row(element, "deal").textContent)).to.match(
      /источник 12 745 = зеркало 12 745 · сверено 2 часа назад/,
    );
    const contact = plain(row(element, "contact").textContent);
    expect(contact).to.include("источник 2 200 ≠ зеркало 4 000");
    expect(contact).to.include("Портал не показал 1 800 записей, но мы их не удалили");
    expect(contact).to.include("3 значения не подошли к типу колонки");
    await expect(element).to.be.accessible();
    element.parentElement!.style.colorScheme = "dark";
    await expect(element).to.be.accessible();
  });

  it("shows what of the portal's limits is used up", async () => {
    const { element } = await live({ status: sampleStatus({ deal: loading }), limits: busyLimits });
    await waitUntil(() => element.shadowRoot!.querySelector("[part=limits]"));
    const limits = element.shadowRoot!.querySelector("[part=limits]")!;
    expect(plain(limits.textContent)).to.include(
      "Запросы: 42 из 50 crm.deal.list: 352,4 из 384 с за 10 минут",
    );
    expect([...limits.querySelectorAll("meter")].map(({ max }) => max)).to.deep.equal([50, 384, 384]);
    await expect(element).to.be.accessible();
  });

  it("folds what is calm where there are many kinds of data, and names each in the portal's words", async () => {
    const failed = runOf("call" as Entity, {
      state: "failed",
      error: { code: "insufficient_scope", detail: "telephony" },
    });
    const { element } = await live({ status: manyStatus({ call: { run: failed } }) });
    const shown = () =>
      [...element.shadowRoot!.querySelectorAll<HTMLElement>("[data-entity]")].map(
        ({ dataset }) => dataset.entity,
      );
    expect(shown()).to.deep.equal(["deal", "contact", "lead", "company", "call"]);
    expect(words(element)).to.include("14 видов данных · с ошибкой: 1");
    const fold = element.shadowRoot!.querySelector<HTMLElement>("[data-action=fold]")!;
    expect(plain(fold.textContent)).to.equal("Ещё 9 видов данных, всё в порядке");
    fold.click();
    await waitUntil(() => shown().length === 14);
    const names = [...element.shadowRoot!.querySelectorAll("h3")].map(({ textContent }) => textContent);
    expect(names).to.include.members(["Задачи", "Заявки на ремонт", "Смарт-процесс 131"]);
    expect(plain(row(element, "dynamic_128").textContent)).to.include("320 записей");
    await expect(element).to.be.accessible();
  });

  it("says when what it shows is stale, and takes the connection up again", async () => {
    const { api, element } = await live({ status: sampleStatus() });
    api.drop();
    await waitUntil(() => element.shadowRoot!.querySelector("[part=stale]"));
    expect(words(element)).to.match(/Показаны данные на \d\d:\d\d/);
    expect(plain(row(element, "deal").textContent), "rows stay").to.include("10 000 сделок");
    await expect(element).to.be.accessible();
  });

  it("shows who may only look that they may not start", async () => {
    const { element } = await live({ status: sampleStatus(), rights: ["data:read"] });
    await waitUntil(() => words(element).includes("нужно право sync:run"));
    const buttons = [...element.shadowRoot!.querySelectorAll("button:not([data-action=details])")];
    expect(buttons.every((one) => (one as HTMLButtonElement).disabled)).to.equal(true);
  });

  it("says what would be here when no portal is connected", async () => {
    const { element } = await scene({ status: "unknown_portal" });
    await waitUntil(() => words(element).includes("Портал ещё не подключён"));
    expect(words(element)).to.include("BITRIX24_WEBHOOK_URL");
  });

  it("shows only the entities it is asked for, without buttons when read only", async () => {
    const { element } = await live({ status: sampleStatus() });
    element.entities = "lead, deal";
    element.readonly = true;
    await element.updateComplete;
    const shown = [...element.shadowRoot!.querySelectorAll<HTMLElement>("[data-entity]")].map(
      ({ dataset }) => dataset.entity,
    );
    expect(shown).to.deep.equal(["deal", "lead"]);
    expect(element.shadowRoot!.querySelector("button")).to.equal(null);
  });

  for (const width of [320, 700, 1200]) {
    it(`fits into ${width} px`, async () => {
      const run = runOf("lead", {
        state: "failed",
        error: { code: "portal_unreachable", detail: "x".repeat(90) },
      });
      const { element } = await live(
        { status: sampleStatus({ deal: loading, lead: { run, quarantined: 2 } }), limits: busyLimits },
        "ru",
        width,
      );
      button(element, "contact", "details")!.click();
      const details = () => row(element, "contact").querySelector("b24-sync-details")?.shadowRoot;
      await waitUntil(() => details()?.querySelector("[part=run]"));
      expect(element.scrollWidth).to.be.at.most(width);
      for (const part of element.shadowRoot!.querySelectorAll<HTMLElement>("header, .row, .row *")) {
        expect(part.getBoundingClientRect().right, part.className).to.be.at.most(
          element.getBoundingClientRect().right + 1,
        );
      }
    });
  }
});
