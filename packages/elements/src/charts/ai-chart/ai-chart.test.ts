import { expect, fixture, html, oneEvent } from "@open-wc/testing";
import {
  type ChartsApi,
  chartsClient,
  clarifySample,
  monthlyAnswer,
  monthlyPlan,
  savedSample,
  stageAnswer,
} from "../../../../../stories/sample/charts-client.ts";
import { sampleContext } from "../../../../../stories/sample/context.ts";
import { sampleDeals } from "../../../../../stories/sample/deals.ts";
import { waitUntil } from "../../../../../test/wait-until.ts";
import type { Language } from "../../core/index.ts";
import type { B24AiChart } from "./ai-chart.ts";
import "./ai-chart.define.ts";

interface Options extends Partial<Pick<B24AiChart, "question" | "chartId" | "readonly">> {
  language?: Language;
}

async function asking(api: ChartsApi = {}, { language = "ru", ...properties }: Options = {}) {
  const { client, asked } = chartsClient(api);
  const parentNode = sampleContext({ client, language });
  document.body.append(parentNode);
  const element = await fixture<B24AiChart>(html`<b24-ai-chart></b24-ai-chart>`, { parentNode });
  Object.assign(element, properties);
  await element.updateComplete;
  return { element, asked };
}

const one = (element: B24AiChart, selector: string) =>
  element.renderRoot.querySelector<HTMLElement>(selector)!;
const all = (element: B24AiChart, selector: string) => [
  ...element.renderRoot.querySelectorAll<HTMLElement>(selector),
];
const chart = (element: B24AiChart) => element.renderRoot.querySelector("b24-chart")!;
const drawn = (element: B24AiChart) =>
  waitUntil(() => chart(element)?.shadowRoot?.querySelector(".plot svg path"), "drawn");
const type = async (element: B24AiChart, text: string) => {
  const field = one(element, ".ask-field") as HTMLInputElement;
  field.value = text;
  field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  await element.updateComplete;
};

describe("<b24-ai-chart>", () => {
  it("begins with questions that are sure to work, accessibly in both languages", async () => {
    for (const language of ["ru", "en"] as const) {
      const { element } = await asking({}, { language });
      await waitUntil(() => all(element, ".suggestion").length === 6, "suggestions");
      await expect(element).to.be.accessible();
    }
  });

  it("asks what is typed, shows the phase, draws, and says what it assumed", async () => {
    const { element, asked } = await asking();
    const answered = oneEvent(element, "b24-chart-answered");
    await type(element, "Сколько выигрываем?");
    one(element, ".ask-send").click();
    expect((await answered).detail.answer.kind).to.equal("plan");
    await drawn(element);
    const ask = asked.find(({ path }) => path === "POST ask");
    expect(ask?.body).to.include({
      question: "Сколько выигрываем?",
      locale: "ru",
      timeZone: "Europe/Moscow",
      context: null,
    });
    expect(
      all(element, ".refine").map((chip) => chip.textContent?.replace(/\s+/g, " ").trim()),
    ).to.deep.equal([
      "Что считать: сумма: Сумма",
      "Шаг: по месяцам",
      "Разбить: по полю «Итог»",
      "Период: последние 12 месяцев",
      "Сколько показать: все",
      "Сравнить: без сравнения",
    ]);
    expect(one(element, ".source").textContent).to.contain("Последний период ещё идёт");
    await expect(element).to.be.accessible();
    await type(element, "А по неделям?");
    one(element, ".ask-send").click();
    await waitUntil(() => asked.filter(({ path }) => path === "POST ask").length === 2, "follow-up");
    const second = asked.findLast(({ path }) => path === "POST ask")!.body as { context: unknown };
    expect(second.context).to.deep.equal(monthlyPlan);
  });

  it("asks nothing when the page forbids it", async () => {
    const { element, asked } = await asking();
    element.addEventListener("b24-chart-ask", (event) => event.preventDefault());
    element.ask("Сколько?");
    await element.updateComplete;
    expect(asked.some(({ path }) => path === "POST ask")).to.equal(false);
  });

  it("changes the plan by a chip, without the model", async () => {
    const { element, asked } = await asking({}, { question: "Сколько?" });
    await drawn(element);
    await waitUntil(() => one(element, "[data-part=grain]"), "chips");
    one(element, "[data-part=grain]").click();
    await element.updateComplete;
    await expect(element).to.be.accessible();
    all(element, '[role="menuitem"]')
      .find((item) => item.textContent?.includes("по неделям"))
      ?.click();
    await waitUntil(() => asked.some(({ path }) => path === "POST plans/run"), "run");
    const { plan } = asked.find(({ path }) => path === "POST plans/run")!.body as {
      plan: typeof monthlyPlan;
    };
    expect(plan).to.deep.equal({
      ...monthlyPlan,
      dimensions: monthlyPlan.dimensions.with(0, { column: "created", grain: "week" }),
    });
    await drawn(element);
  });

  it("asks back, and takes the choice", async () => {
    const { element, asked } = await asking({ ask: clarifySample }, { question: "Покажи лучших" });
    await waitUntil(() => one(element, ".open-answer"), "asked back");
    await expect(element).to.be.accessible();
    one(element, ".open-answer .suggestion").click();
    await waitUntil(() => asked.some(({ path }) => path === "POST plans/run"), "chosen");
    await drawn(element);
  });

  it("marks what was made without AI", async () => {
    const { element } = await asking({ ask: stageAnswer() }, { question: "Воронка" });
    await drawn(element);
    expect(one(element, ".asked .badge").textContent).to.equal("Без ИИ");
    expect(one(element, ".source").textContent).to.contain("этот ответ собран без неё");
  });

  it("tells nothing found, a failure and a silent model apart", async () => {
    const empty = { ask: { ...monthlyAnswer(), result: "none" }, results: { none: sampleDeals(0) } };
    const { element } = await asking(empty, { question: "За 1999 год" });
    await waitUntil(() => one(element, ".state-title")?.textContent === "За это время записей нет", "empty");
    const failed = await asking({ ask: "query_timeout" }, { question: "Тяжёлый" });
    await waitUntil(() => one(failed.element, ".state.alert"), "failed");
    await expect(failed.element).to.be.accessible();
    const silent = await asking({ ask: "silent", phase: "running" }, { question: "Долгий" });
    await waitUntil(() => one(silent.element, ".phase.now")?.textContent?.includes("Считаю"), "phase");
    await expect(silent.element).to.be.accessible();
    one(silent.element, "[data-action=stop]").click();
    await waitUntil(() => one(silent.element, ".suggestion"), "back at the beginning");
  });

  it("keeps the chart under a name and puts it on a dashboard below what is there", async () => {
    const { element, asked } = await asking({}, { question: "Сколько?" });
    await drawn(element);
    one(element, "[data-action=save]").click();
    await element.updateComplete;
    await expect(element).to.be.accessible();
    const saved = oneEvent(element, "b24-chart-saved");
    one(element, ".keep [type=submit]").click();
    await saved;
    await waitUntil(() => one(element, "[data-board]"), "dashboards");
    one(element, "[data-board]").click();
    await waitUntil(() => one(element, ".kept")?.textContent?.includes("Отдел продаж"), "put on");
    const put = asked.find(({ path }) => path.startsWith("PUT dashboards/"))!.body as {
      tiles: object[];
      version: number;
    };
    expect(put.tiles.at(-1)).to.include({ x: 0, y: 12, width: 6 });
    expect(put.version).to.equal(3);
  });

  it("shows the records behind a mark", async () => {
    const { element, asked } = await asking({}, { question: "Сколько?" });
    await drawn(element);
    const reader = chart(element).shadowRoot!.querySelector<HTMLElement>(".reader")!;
    for (const key of ["ArrowRight", "Enter"])
      reader.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
    await waitUntil(() => chart(element).shadowRoot?.querySelector("dialog[open] b24-table"), "records");
    const { plan } = asked.findLast(({ path }) => path === "POST plans/run")!.body as {
      plan: typeof monthlyPlan;
    };
    expect(plan.measures).to.deep.equal([]);
    expect(plan.filters).to.deep.equal([
      { column: "created", operator: "between", values: ["2025-06-01", "2025-06-30"] },
    ]);
    expect(plan.columns).to.include.members(["id", "title", "stage", "amount"]);
  });

  it("edits the SQL where that is allowed", async () => {
    const { element, asked } = await asking({}, { question: "Сколько?" });
    await drawn(element);
    one(element, ".source summary").click();
    await waitUntil(() => one(element, "[data-action=edit-sql]"), "may edit");
    one(element, "[data-action=edit-sql]").click();
    await element.updateComplete;
    await expect(element).to.be.accessible();
    one(element, "[data-action=run-sql]").click();
    await waitUntil(() => asked.some(({ path }) => path === "POST sql/run"), "run");
  });

  it("shows a kept chart as a picture, and asks for nothing else until it is to be live", async () => {
    const { client, asked } = chartsClient();
    const parentNode = sampleContext({ client, language: "ru" });
    document.body.append(parentNode);
    const element = await fixture<B24AiChart>(
      html`<b24-ai-chart mode="static" chart-id=${savedSample[0]!.id}></b24-ai-chart>`,
      { parentNode },
    );
    const picture = () => one(element, "b24-chart-picture")?.shadowRoot?.querySelector(".card > svg");
    await waitUntil(picture, "picture");
    expect(asked.map(({ path }) => path)).to.deep.equal([`GET saved/${savedSample[0]!.id}/picture`]);
    await expect(element).to.be.accessible();
    element.mode = "live";
    await drawn(element);
  });

  it("is drawn anew in the language that the reader takes", async () => {
    const { element, asked } = await asking({}, { chartId: savedSample[0]!.id });
    await drawn(element);
    const locales = () =>
      asked
        .filter(({ path }) => path.endsWith("/run"))
        .map(({ body }) => (body as { locale?: string }).locale);
    element.lang = "en";
    element.requestUpdate();
    await waitUntil(() => locales().join() === "ru,en", "asked in English");
    await drawn(element);
    expect(locales()).to.have.length(2);
  });

  it("shows a kept chart alone", async () => {
    const { element } = await asking({}, { chartId: savedSample[0]!.id, readonly: true });
    await drawn(element);
    expect(all(element, ".ask, .refine, .source")).to.have.length(0);
    await expect(element).to.be.accessible();
  });
});
