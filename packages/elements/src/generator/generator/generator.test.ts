import { expect, fixture, html, oneEvent } from "@open-wc/testing";
import { sampleContext } from "../../../../../stories/sample/context.ts";
import {
  type GeneratorApi,
  type GeneratorApiOptions,
  generationOf,
  generatorApi,
  generatorStatus,
  sampleLog,
} from "../../../../../stories/sample/generator.ts";
import { waitUntil } from "../../../../../test/wait-until.ts";
import type { Language } from "../../core/index.ts";
import { type Channel, settle, tabSession } from "../tab-session.ts";
import type { B24Generator } from "./generator.ts";
import "./generator.define.ts";

const apis: GeneratorApi[] = [];
afterEach(() => {
  for (const api of apis.splice(0)) api.client.close();
});

const plain = (text: string | null | undefined) => (text ?? "").replace(/[\s\u00a0\u202f]+/g, " ").trim();
const words = (element: B24Generator) => plain(element.shadowRoot?.textContent);
const find = <E extends HTMLElement>(element: B24Generator, selector: string) =>
  element.shadowRoot!.querySelector<E>(selector);
const press = (element: B24Generator, action: string) => find(element, `[data-action="${action}"]`)!.click();
const type = (element: B24Generator, name: string, text: string) => {
  const field = find<HTMLInputElement>(element, `#${name}`)!;
  field.value = text;
  field.dispatchEvent(new InputEvent("input"));
};

async function scene(options: GeneratorApiOptions, language: Language = "ru", width = 700) {
  const api = generatorApi(options);
  apis.push(api);
  const parentNode = sampleContext({ client: api.client, language });
  parentNode.style.width = `${width}px`;
  document.body.append(parentNode);
  const element = await fixture<B24Generator>(html`<b24-generator></b24-generator>`, { parentNode });
  if (options.status !== "silent") await waitUntil(() => !find(element, ".skeleton"), "the first picture");
  if (typeof options.status !== "string")
    await waitUntil(() => api.asked.some((line) => line.startsWith("GET /events")), "subscribed");
  await element.updateComplete;
  return { api, element };
}

const half = { company: 100, contact: 40 };
const running = generationOf({ state: "running", rate: 38, secondsLeft: 2 }, half);

describe("<b24-generator>", () => {
  describe("is accessible", () => {
    const states: [string, GeneratorApiOptions["status"]][] = [
      ["before the first run", generatorStatus()],
      ["while running", generatorStatus(running)],
      [
        "while it waits for its tab",
        generatorStatus(generationOf({ state: "held", heldUntil: new Date().toISOString() }, half)),
      ],
      [
        "when done with refusals",
        generatorStatus(generationOf({}, { contact: 96 }, 4), { before: [generationOf({ id: "2" })] }),
      ],
      [
        "after a failure",
        generatorStatus(
          generationOf(
            { state: "failed", reason: "error", error: { code: "portal_unreachable", detail: "x" } },
            half,
          ),
        ),
      ],
      [
        "when undone",
        generatorStatus(
          generationOf({ state: "undone", undone: { deleted: 197, kept: 3, missing: 0 } }, half),
        ),
      ],
      ["before anything came", "silent"],
      ["without rights", "forbidden"],
    ];
    for (const [name, status] of states) {
      it(name, async () => {
        const { element } = await scene({ status });
        for (const details of element.shadowRoot!.querySelectorAll("details")) details.open = true;
        await expect(element).to.be.accessible();
      });
    }
  });

  it("fits 320 px in both languages", async () => {
    for (const language of ["ru", "en"] as const) {
      for (const run of [null, running, generationOf({}, { contact: 96 }, 4)]) {
        const { element } = await scene({ status: generatorStatus(run) }, language, 320);
        expect(find(element, ".card")!.scrollWidth, language).to.be.at.most(320);
      }
    }
  });

  it("asks the page, then makes what the fields say, as this tab", async () => {
    const { api, element } = await scene({ status: generatorStatus() });
    expect(find<HTMLInputElement>(element, "#contact")!.value).to.equal("100");
    type(element, "company", "12");
    type(element, "deal", "7");
    setTimeout(() => press(element, "start"));
    const { detail } = await oneEvent(element, "b24-generator-start");
    expect(detail.order).to.deep.equal({ companies: 12, contacts: 100, leads: 0, deals: 7, locale: "ru" });
    await waitUntil(() => words(element).includes("В очереди"));
    const asked = api.asked.find((line) => line.startsWith("POST /generator/runs"))!;
    expect(JSON.parse(asked.replace("POST /generator/runs ", "")).session_id).to.equal(await tabSession());
    expect(words(element)).not.to.include("в другой вкладке");
  });

  it("makes nothing where the page says no, or a field makes no sense", async () => {
    const { api, element } = await scene({ status: generatorStatus() });
    element.addEventListener("b24-generator-start", (event) => event.preventDefault(), { once: true });
    press(element, "start");
    type(element, "contact", "много");
    press(element, "start");
    await element.updateComplete;
    expect(words(element)).to.include("Целое число от 0 до 100 000");
    expect(element.shadowRoot!.activeElement?.id).to.equal("contact");
    expect(api.asked.filter((line) => line.startsWith("POST"))).to.deep.equal([]);
  });

  it("shows what it would be, and keeps the seed of what was shown", async () => {
    const { api, element } = await scene({ status: generatorStatus() });
    press(element, "preview");
    await waitUntil(() => words(element).includes("ООО «УралТрейд»"));
    expect(words(element)).to.include("13 запросов к порталу");
    expect(find<HTMLInputElement>(element, "#seed")!.value).to.equal("20261128");
    expect(api.asked.some((line) => line.startsWith("POST /generator/runs"))).to.equal(false);
    type(element, "contact", "1500");
    await element.updateComplete;
    expect(find(element, ".preview"), "it would be something else now").to.equal(null);
    expect(find<HTMLInputElement>(element, "#seed")!.value).to.equal("20261128");
  });

  it("opens its log at what was said last", async () => {
    const log = sampleLog(
      Array.from({ length: 60 }, (_, at) => [
        "batch_started",
        { entity: "contact", from: at * 20 + 1, to: at * 20 + 20 },
      ]),
    );
    const { element } = await scene({ status: generatorStatus(generationOf(), { log }) });
    find<HTMLDetailsElement>(element, ".log")!.open = true;
    const list = find(element, ".log ol")!;
    await waitUntil(() => list.scrollTop > 0, "scrolled");
    expect(list.scrollTop + list.clientHeight).to.be.closeTo(list.scrollHeight, 1);
  });

  it("says so in the other tabs, and shows there live how far it is", async () => {
    const { api, element } = await scene({ status: generatorStatus(running) });
    expect(words(element)).to.include("Генерация уже запущена в другой вкладке. Ожидайте результатов...");
    expect(find(element, "form")).to.equal(null);
    const done = generationOf({ id: running.id });
    setTimeout(() =>
      api.emit({
        run: done,
        log: sampleLog([
          ["generation_done", { session: done.session, company: 100, contact: 100, linked: 100 }],
        ]).slice(-1),
      }),
    );
    const { detail } = await oneEvent(element, "b24-generator-finished");
    expect(detail.run.state).to.equal("completed");
    await element.updateComplete;
    for (const line of ["Контактов создано: 100", "Компаний создано: 100", "Успешно привязано: 100"])
      expect(words(element)).to.include(line);
    expect(words(element)).to.include("Готово! Статистика для сессии a1b2c3d4:");
    expect(find(element, "b24-table")!.getAttribute("query")).to.equal("generator-results");
  });

  it("tells why a run was stopped, in the seed's words, and goes on with it", async () => {
    const why = {
      request: "остановка по запросу",
      disconnected: "пользователь отключился",
      error: "ошибка: Connection timeout",
    } as const;
    for (const [reason, text] of Object.entries(why)) {
      const error =
        reason === "error" ? { code: "portal_unreachable" as const, detail: "Connection timeout" } : null;
      const run = generationOf(
        { state: error ? "failed" : "stopped", reason: reason as keyof typeof why, error },
        half,
      );
      const { api, element } = await scene({ status: generatorStatus(run) });
      expect(words(element)).to.include(`Генерация отменена для сессии a1b2c3d4 - ${text}`);
      press(element, "resume");
      await waitUntil(() => api.asked.some((line) => line.includes("/resume")));
    }
  });

  it("stops at the button", async () => {
    const { api, element } = await scene({ status: generatorStatus(running) });
    expect(find<HTMLButtonElement>(element, '[data-action="stop"]')!.disabled, "enabled").to.equal(false);
    press(element, "stop");
    await waitUntil(() => words(element).includes("Новые партии не начинаются"));
    expect(api.asked.some((line) => line.includes("/stop"))).to.equal(true);
  });

  it("deletes only after a question whose safe answer has the focus", async () => {
    const { api, element } = await scene({ status: generatorStatus(generationOf()) });
    press(element, "undo");
    await element.updateComplete;
    expect(words(element)).to.include("Удалить из портала 200 записей этой генерации?");
    expect((element.shadowRoot!.activeElement as HTMLElement).dataset["action"]).to.equal("undo-no");
    press(element, "undo-no");
    await element.updateComplete;
    expect(api.asked.some((line) => line.includes("/undo"))).to.equal(false);
    press(element, "undo");
    await element.updateComplete;
    press(element, "undo-yes");
    await waitUntil(() => api.asked.some((line) => line.includes('/undo {"force":false}')));
  });

  it("offers to delete what people have edited apart from the rest", async () => {
    const kept = generationOf(
      { state: "undone", undone: { deleted: 197, kept: 3, missing: 0 } },
      { company: 100, contact: 100 },
    );
    const { api, element } = await scene({ status: generatorStatus(kept) });
    expect(words(element)).to.include("3 записи оставлены: их изменили люди");
    press(element, "undo");
    await element.updateComplete;
    press(element, "undo-yes");
    await waitUntil(() => api.asked.some((line) => line.includes('/undo {"force":true}')));
  });

  it("lists what the portal refused, with the field", async () => {
    const { element } = await scene({ status: generatorStatus(generationOf({}, { contact: 96 }, 4)) });
    await waitUntil(() => words(element).includes("поле «sourceId»"));
    expect(words(element)).to.include("Портал не принял 4 записи");
  });

  it("has no buttons for those who may not, and says which right it takes", async () => {
    const { element } = await scene({ status: generatorStatus(generationOf()), rights: ["data:read"] });
    await waitUntil(() => words(element).includes("generator:run"));
    expect(find<HTMLButtonElement>(element, '[data-action="start"]')!.disabled).to.equal(true);
    expect(find<HTMLButtonElement>(element, '[data-action="undo"]')!.disabled).to.equal(true);
  });

  it("speaks English", async () => {
    const { element } = await scene({ status: generatorStatus(running) }, "en");
    expect(words(element)).to.include("A generation is already running in another tab");
    expect(words(element)).not.to.match(/[а-яё]/i);
  });
});

describe("a tab's session", () => {
  /** Tabs of one browser: what one says all others hear. */
  function browser() {
    const listeners: { from: object; hear: (event: MessageEvent) => void }[] = [];
    return (): Channel => {
      const from = {};
      return {
        postMessage: (data: unknown) =>
          queueMicrotask(() => {
            for (const one of listeners)
              if (one.from !== from) one.hear(new MessageEvent("message", { data }));
          }),
        addEventListener: (_type: string, hear: unknown) =>
          void listeners.push({ from, hear: hear as (event: MessageEvent) => void }),
      } as Channel;
    };
  }

  it("is kept by the older tab and changed by its duplicate", async () => {
    const channel = browser();
    expect(await settle("0123456789abcdef", "page-a", channel())).to.equal("0123456789abcdef");
    const duplicate = await settle("0123456789abcdef", "page-b", channel());
    expect(duplicate)
      .to.match(/^[\da-f]{16}$/)
      .and.not.equal("0123456789abcdef");
  });

  it("is kept by one of two that come at once, and by a tab alone without a channel", async () => {
    const channel = browser();
    const both = await Promise.all([
      settle("same-name-1", "page-a", channel()),
      settle("same-name-1", "page-b", channel()),
    ]);
    expect(both.filter((name) => name === "same-name-1")).to.have.length(1);
    expect(await settle("lonely-tab-1", "page-c", null)).to.equal("lonely-tab-1");
  });

  it("is left to an older tab that is busy and answers late", async () => {
    const channel = browser();
    const busy = channel();
    busy.addEventListener("message", ({ data }) => {
      const late = { ...data, kind: "taken", page: "page-a" };
      if (data.kind === "ask") setTimeout(() => busy.postMessage(late), 400);
    });
    expect(await settle("busy-tab-1", "page-b", channel())).not.to.equal("busy-tab-1");
  });
});
