import { expect, fixture, html, oneEvent } from "@open-wc/testing";
import { sampleContext } from "../../../../../stories/sample/context.ts";
import {
  type SyncApi,
  type SyncApiOptions,
  sampleRuns,
  sampleStatus,
  syncApi,
} from "../../../../../stories/sample/sync.ts";
import { waitUntil } from "../../../../../test/wait-until.ts";
import type { Language } from "../../core/index.ts";
import type { B24SyncDetails } from "./sync-details.ts";
import "./sync-details.define.ts";

interface Scene {
  api: SyncApi;
  element: B24SyncDetails;
  root: ShadowRoot;
}

async function scene(
  options: Partial<SyncApiOptions> = {},
  language: Language = "ru",
  width = 800,
): Promise<Scene> {
  const api = syncApi({ status: sampleStatus(), ...options });
  const parentNode = sampleContext({ client: api.client, language });
  parentNode.style.width = `${width}px`;
  document.body.append(parentNode);
  const element = await fixture<B24SyncDetails>(html`<b24-sync-details entity="deal"></b24-sync-details>`, {
    parentNode,
  });
  return { api, element, root: element.shadowRoot! };
}

const plain = (node: { textContent: string | null } | null | undefined) =>
  (node?.textContent ?? "")
    .replace(/[\u00a0\u202f]/g, " ")
    .replace(/\s+/g, " ")
    .trim();

async function press(root: ShadowRoot, selector: string): Promise<void> {
  await waitUntil(() => root.querySelector(selector), selector);
  root.querySelector<HTMLElement>(selector)!.click();
}

async function type(root: ShadowRoot, value: string): Promise<void> {
  await waitUntil(() => root.querySelector("#interval"));
  const field = root.querySelector<HTMLInputElement>("#interval")!;
  field.value = value;
  field.dispatchEvent(new InputEvent("input"));
}

const runs = (root: ShadowRoot) => [...root.querySelectorAll("[part=run]")].map(plain);

describe("<b24-sync-details>", () => {
  const states: [string, Partial<SyncApiOptions>, string[]][] = [
    ["when all is quiet", {}, []],
    ["with a log open", {}, ["[data-action=log]"]],
    ["with a log that cannot be had", { log: "internal" }, ["[data-action=log]"]],
    ["before the first run", { runs: [] }, []],
    ["when it is switched off", { config: { enabled: false } }, []],
    ["before anything came", { runs: "silent" }, []],
    ["without rights", { runs: "forbidden" }, []],
    ["with an error", { runs: "internal" }, []],
  ];
  for (const [name, options, presses] of states) {
    it(`is accessible ${name}`, async () => {
      const { element, root } = await scene(options);
      for (const selector of presses) await press(root, selector);
      await waitUntil(() => options.runs === "silent" || !root.querySelector(".skeleton"));
      await expect(element).to.be.accessible();
      element.parentElement!.style.colorScheme = "dark";
      await expect(element).to.be.accessible();
    });
  }

  it("lists what ran, with what it made and why it failed, page by page", async () => {
    const { api, root } = await scene();
    await waitUntil(() => runs(root).length === 5);
    expect(runs(root)[1]).to.match(
      /^Обновление: готово .+ Журнал прочитано 12 записей · изменилось 9 записей · 1 запрос · за 18 с$/,
    );
    expect(runs(root)[2]).to.include("Обновление: ошибка").and.include("Портал не отвечает");
    expect(runs(root)[0], "nothing is read to compare").not.to.include("прочитано");
    await press(root, "[data-action=more]");
    await waitUntil(() => runs(root).length === 8);
    expect(root.querySelector("[data-action=more]")).to.equal(null);
    expect(api.asked.filter((one) => one.endsWith("/runs")).length).to.equal(2);
  });

  for (const [language, expected, stranger] of [
    [
      "ru",
      [
        "Поставлено в очередь по расписанию: полная загрузка",
        "Справочник «departments» недоступен: Вебхуку не хватает прав",
        "Загружаем всё: около 12 745 записей, частей: 3",
        "Портал ограничил запросы, ждём до 14:05",
        "На портале удалено: 25 записей; помечены удалёнными",
        "Сверка: источник 12 745 = зеркало 12 745",
        "Готово: прочитано 12 745 записей, изменилось 120, 7 запросов, работа портала 25 с, всего 12 с",
      ],
      /[a-z]{4}/i,
    ],
    [
      "en",
      [
        "Queued by the schedule: full load",
        "Loading everything: about 12,745 records, parts: 3",
        "Comparison: source 12,745 = mirror 12,745",
        "Done: 12,745 records read, 120 changed, 7 requests, 25 s of the portal's work, 12 s in all",
      ],
      /[а-яё]/i,
    ],
  ] as const) {
    it(`renders every word of a run's log (${language}), and a code of tomorrow as it came`, async () => {
      const { root } = await scene({}, language);
      await press(root, "[data-action=log]");
      await waitUntil(() => root.querySelectorAll("[part=log] li").length > 0);
      const lines = [...root.querySelectorAll("[part=log] li")];
      const log = lines.map(plain).join("\n");
      for (const words of expected) expect(log).to.include(words);
      const unknown = lines.filter((line) => line.querySelector("code")).map(plain);
      expect(unknown.length).to.equal(1);
      expect(unknown[0]).to.include("something_new");
      // Names of columns and dictionaries are the only foreign words.
      const own = lines.filter(
        (line) => !line.querySelector("code") && !/uf_crm|departments/.test(plain(line)),
      );
      for (const line of own) expect(plain(line)).not.to.match(stranger);
      await press(root, "[data-action=log]");
      await waitUntil(() => !root.querySelector("[part=log]"));
    });
  }

  it("changes the schedule, after asking the page by an event", async () => {
    const { api, element, root } = await scene();
    await type(root, " 15 ");
    root.querySelector<HTMLInputElement>("[name=webhooks]")!.click();
    const contract = root.querySelector<HTMLSelectElement>("[name=contract]")!;
    contract.value = "quarantine";
    contract.dispatchEvent(new Event("change"));
    await element.updateComplete;
    expect(plain(root.querySelector("#contract-hint"))).to.include("в карантине как пришли");
    setTimeout(() => press(root, "[data-action=save]"));
    const event = await oneEvent(element, "b24-sync-configure");
    expect(event.detail.change).to.deep.equal({
      entity_type: "deal",
      enabled: true,
      sync_interval_minutes: 15,
      webhook_enabled: false,
      contract: "quarantine",
    });
    await waitUntil(() => plain(root.querySelector(".saved")) === "Сохранено");
    expect(api.asked).to.include("PUT /api/v1/sync/config");
    element.addEventListener("b24-sync-configure", (asked) => asked.preventDefault());
    await type(root, "20");
    await press(root, "[data-action=save]");
    expect(api.asked.filter((one) => one.startsWith("PUT")).length).to.equal(1);
  });

  for (const wrong of ["", "0", "1.5", "10081", "-5", "час"]) {
    it(`says beside the field that "${wrong}" is no interval, and sends nothing`, async () => {
      const { api, element, root } = await scene();
      await type(root, wrong);
      await press(root, "[data-action=save]");
      await waitUntil(() => root.activeElement?.id === "interval");
      const field = root.querySelector("#interval")!;
      expect(field.getAttribute("aria-invalid")).to.equal("true");
      expect(plain(root.querySelector("#interval-wrong"))).to.equal(
        "Введите целое число минут от 1 до 10 080.",
      );
      expect(field.getAttribute("aria-describedby")).to.include("interval-wrong");
      expect(api.asked.some((one) => one.startsWith("PUT"))).to.equal(false);
      if (wrong === "0") await expect(element).to.be.accessible();
    });
  }

  it("keeps what was entered when the API refuses", async () => {
    const { root } = await scene({ configure: "forbidden" });
    await type(root, "5");
    await press(root, "[data-action=save]");
    await waitUntil(() => root.querySelector("[part=error]"));
    expect(root.querySelector<HTMLInputElement>("#interval")!.value).to.equal("5");
  });

  it("reads the history anew when the run has moved on, and keeps the open log", async () => {
    const options: Partial<SyncApiOptions> = { runs: sampleRuns().slice(2) };
    const { api, element, root } = await scene(options);
    await press(root, "[data-run='38'] [data-action=log]");
    await waitUntil(() => root.querySelector("[part=log]"));
    const before = api.asked.filter((one) => one.endsWith("/runs")).length;
    element.revision = "39 completed";
    await waitUntil(() => api.asked.filter((one) => one.endsWith("/runs")).length > before);
    await waitUntil(() => api.asked.filter((one) => one.endsWith("/log")).length === 2);
    expect(root.querySelector("[data-run='38'] [part=log]")).not.to.equal(null);
  });

  it("only shows the schedule to who may not change it", async () => {
    const { element, root } = await scene();
    element.readonly = true;
    await waitUntil(() => plain(root.querySelector("form")).includes("нужно право sync:run"));
    expect([...root.querySelectorAll("input")].every(({ disabled }) => disabled)).to.equal(true);
    expect(root.querySelector("[data-action=save]")).to.equal(null);
  });

  it("fits into 280 px with a log open", async () => {
    const { element, root } = await scene({}, "ru", 280);
    await press(root, "[data-action=log]");
    await waitUntil(() => root.querySelector("[part=log] li"));
    expect(element.scrollWidth).to.be.at.most(280);
    for (const part of root.querySelectorAll("*"))
      expect(part.getBoundingClientRect().right, part.className).to.be.at.most(
        element.getBoundingClientRect().right + 1,
      );
  });
});
