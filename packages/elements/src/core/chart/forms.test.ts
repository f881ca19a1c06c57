import { expect, oneEvent } from "@open-wc/testing";
import type { Table } from "@uwdata/flechette";
import { format } from "echarts/core";
import {
  sampleCurrencies,
  sampleDays,
  sampleFigure,
  sampleFunnel,
  sampleHouses,
  sampleManagerMonths,
  sampleManagers,
  sampleMoments,
  sampleMoves,
  samplePlan,
  sampleSteps,
} from "../../../../../stories/sample/charts.ts";
import { sampleContext } from "../../../../../stories/sample/context.ts";
import { sampleDeals, sampleMonths, sampleSources } from "../../../../../stories/sample/deals.ts";
import { waitUntil } from "../../../../../test/wait-until.ts";
import type { B24Chart } from "./chart.ts";
import "./chart.define.ts";
import type { ChartType } from "./chart-type.ts";

type Wishes = Partial<Pick<B24Chart, "x" | "y" | "series" | "stack" | "target" | "sql" | "earlier">>;

async function chartOf(type: ChartType | "auto", data: Table, wishes: Wishes = {}): Promise<B24Chart> {
  const host = sampleContext({ language: "ru" });
  host.style.inlineSize = "720px";
  document.body.append(host);
  const element = Object.assign(document.createElement("b24-chart"), { type, data, ...wishes });
  host.append(element);
  await waitUntil(() => one(element, ".plot svg path, .plot canvas, .kpi, .pivot, b24-table"), "drawn");
  return element;
}

const one = (element: B24Chart, selector: string) => element.renderRoot.querySelector<HTMLElement>(selector)!;
const plain = (text: string | null | undefined) =>
  (text ?? "")
    .replace(/[\u00a0\u202f]/g, " ")
    .replace(/\s+/g, " ")
    .trim();
const drawnText = (element: B24Chart) =>
  [...element.renderRoot.querySelectorAll(".plot svg text")].map((node) => plain(node.textContent));
const rows = (element: B24Chart) =>
  [...element.renderRoot.querySelectorAll("table tbody tr")].map((row) =>
    [...row.children].map((cell) => plain(cell.textContent)),
  );
async function press(element: B24Chart, ...keys: string[]): Promise<string> {
  for (const key of keys) {
    one(element, ".reader").dispatchEvent(
      new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }),
    );
    await element.updateComplete;
  }
  return plain([...element.renderRoot.querySelectorAll("[role=status]")].at(-1)?.textContent);
}

/** Each form with what its first mark says. */
const FORMS: [ChartType, () => Table, Wishes, string][] = [
  ["area", sampleMonths, {}, "июнь 2025, Успешные: 9 100 000 ₽, Проваленные: 3 100 000 ₽"],
  ["combo", samplePlan, {}, "декабрь 2025, Факт: 9 100 000 ₽, План: 10 000 000 ₽"],
  ["funnel", sampleFunnel, {}, "Новая заявка, 2 410"],
  [
    "gauge",
    samplePlan,
    { y: "fact", target: 66e6 },
    "Факт, Факт: 59 700 000 ₽, План: 66 000 000 ₽, Доля: 90,5 %",
  ],
  ["heatmap", sampleMoments, {}, "0:00, понедельник: 0"],
  ["calendar", sampleDays, {}, "18 мая 2025, 0"],
  [
    "radar",
    sampleManagers,
    {},
    "Соловьёв Егор, Сделок: 35, Выиграно: 18, Сумма: 14 100 000 ₽, Средний чек: 402 000 ₽, Звонков: 190",
  ],
  ["treemap", sampleSources, {}, "Сайт, 3 210, Доля: 34 %"],
  ["sankey", sampleMoves, { x: "from", series: "to" }, "Новая заявка → Подготовка документов, 1 620"],
];

describe("forms of <b24-chart>", () => {
  for (const [type, data, wishes, reading] of FORMS) {
    it(`${type}: is accessible and read by keys`, async () => {
      const element = await chartOf(type, data(), wishes);
      expect(one(element, ".frame").classList.contains(type), "no other form instead").to.equal(true);
      const said = await press(element, "ArrowRight");
      if (type === "calendar") expect(said).to.match(/^1[78] мая 2025, \d+$/);
      else expect(said).to.equal(reading);
      await expect(element).to.be.accessible();
      element.parentElement?.remove();
    });
  }

  it("goes through a grid in both directions", async () => {
    const element = await chartOf("heatmap", sampleMoments());
    expect(await press(element, "ArrowRight", "ArrowDown", "ArrowRight")).to.match(/^1:00, вторник: /);
    expect(await press(element, "ArrowUp", "ArrowUp")).to.match(/^1:00, понедельник: /);
  });

  it("says the figure, its change and its plan where nothing else is to be drawn", async () => {
    const figure = await chartOf("auto", sampleFigure());
    expect(plain(one(figure, ".kpi").textContent)).to.equal("1 284 Сделок");
    const plan = await chartOf("kpi", samplePlan(), { y: "fact", target: 66e6 });
    expect(plain(one(plan, ".kpi").textContent))
      .to.contain("+10,9 %")
      .and.to.contain("90,5 % · План 66 млн ₽");
    await expect(plan).to.be.accessible();
    const compared = await chartOf("kpi", samplePlan(), { y: "fact", earlier: "plan" });
    expect(plain(one(compared, ".kpi").textContent)).to.match(
      /^59,7 млн ₽ Факт -9,5 % к тому, что было: 66 млн ₽/,
    );
  });

  it("gives a pivot totals of both directions", async () => {
    const element = await chartOf("pivot", sampleManagerMonths(), { x: "manager", series: "month" });
    expect(one(element, ".pivot tfoot").textContent).to.contain("Всего");
    expect(plain(one(element, ".pivot thead").textContent)).to.contain("декабрь 2025");
    await expect(element).to.be.accessible();
  });

  it("never adds currencies up, and says each by itself", async () => {
    const element = await chartOf("bar", sampleCurrencies());
    expect(plain(one(element, ".figure").textContent)).to.equal("41 млн ₽ · 261 тыс. $");
    expect(drawnText(element)).to.include.members(["12 млн ₽", "90 тыс. $"]);
    expect(rows(element)[0]).to.deep.equal(["В работе", "12 000 000 ₽", "90 000 $"]);
  });

  it("breaks names between words alone, also where the font has wide squares, as on most machines", async () => {
    // The browser of these tests has no such font: another square stands in for it.
    const ruler = CanvasRenderingContext2D.prototype.measureText;
    CanvasRenderingContext2D.prototype.measureText = function (text) {
      return text === "国" ? ({ width: 24 } as TextMetrics) : ruler.call(this, text);
    };
    // Widths are remembered by font: this one was not asked about yet.
    document.documentElement.style.setProperty("--b24-font", "'Wide squares', sans-serif");
    try {
      for (const type of ["pie", "bar", "radar"] as const) {
        const element = await chartOf(type, sampleSources());
        const whole = new Set(rows(element).flatMap(([name]) => name!.split(" ")));
        const words = drawnText(element).flatMap((line) => line.split(" "));
        const names = words.filter((word) => /^\p{Script=Cyrillic}{3,}$/u.test(word));
        expect(names.length, type).to.be.greaterThan(5);
        for (const word of names) expect(whole, type).to.include(word);
      }
    } finally {
      CanvasRenderingContext2D.prototype.measureText = ruler;
      document.documentElement.style.removeProperty("--b24-font");
    }
  });

  it("dashes the running period along a straight line, which every browser draws", async () => {
    const element = await chartOf("line", sampleMonths());
    const dashed = [...element.renderRoot.querySelectorAll(".plot svg path[stroke-dasharray]")];
    expect(dashed.length).to.equal(2);
    for (const path of dashed) expect(path.getAttribute("d")).not.to.contain("C");
  });

  it("cuts a name that is too long where its room ends, also there", async () => {
    await chartOf("pie", sampleSources());
    const pen = document.createElement("canvas").getContext("2d")!;
    pen.font = "14px serif";
    const cut = format.truncateText("Подготовка документов к сделке", 140, pen.font, "…");
    expect(cut).to.match(/…$/);
    expect(pen.measureText(cut).width).to.be.within(120, 140);
  });

  it("says so where the asked form does not suit the data", async () => {
    const element = await chartOf("pie", sampleMonths());
    expect(plain(one(element, ".note").textContent)).to.equal(
      "Вид «Кольцо» этим данным не подходит, показан вид «Столбцы».",
    );
  });

  it("offers the forms that suit, and takes the chosen one", async () => {
    const element = await chartOf("line", sampleMonths());
    one(element, '[data-popup-button="type"]').click();
    await element.updateComplete;
    const offered = [...element.renderRoot.querySelectorAll<HTMLElement>("[data-form]")].map(
      (item) => item.dataset.form,
    );
    expect(offered).to.deep.equal(["kpi", "bar", "line", "area", "heatmap", "pivot", "table"]);
    await expect(element).to.be.accessible();
    const chosen = oneEvent(element, "b24-chart-form");
    one(element, '[data-form="area"]').click();
    expect((await chosen).detail).to.deep.equal({ type: "area" });
    await waitUntil(() => one(element, ".frame.area"), "drawn as areas");
  });

  it("draws a hundred thousand points on one canvas, and lists few of them", async () => {
    const element = await chartOf("scatter", sampleHouses(100_000), { x: "area", y: "price" });
    expect(one(element, ".plot canvas")).to.be.instanceOf(HTMLCanvasElement);
    expect(await press(element, "ArrowRight")).to.match(/^Дом № \d+, Площадь: 60 м², Цена: [\d ]+ ₽$/);
    expect(rows(element).length).to.be.at.most(500);
  });

  it("opens the records behind a mark, unless the page does something else", async () => {
    const element = await chartOf("bar", sampleDeals(300), { x: "stage", y: "opportunity" });
    const selected = oneEvent(element, "b24-chart-select");
    await press(element, "ArrowRight", "Enter");
    const { detail } = await selected;
    expect(detail.x).to.equal("stage");
    await waitUntil(() => one(element, "dialog[open] b24-table"), "records");
    const table = element.renderRoot.querySelector("b24-table")!;
    const expected = Array.from({ length: 300 }, (_, row) =>
      sampleDeals(300).getChild("stage")?.get(row),
    ).filter((stage) => stage === detail.key);
    expect(table.only).to.have.length(expected.length);
    const quiet = await chartOf("bar", sampleDeals(300), { x: "stage", y: "opportunity" });
    quiet.addEventListener("b24-chart-select", (event) => event.preventDefault());
    await press(quiet, "ArrowRight", "Enter");
    expect(one(quiet, "dialog")).to.equal(null);
  });

  it("says of a funnel how many reach its end, and never adds its steps up", async () => {
    const headlines: string[] = [];
    for (const values of [
      [600, 1200, 240],
      [100, 40, 300],
    ]) {
      const element = await chartOf("funnel", sampleSteps(values));
      headlines.push(plain(element.renderRoot.querySelector(".headline")?.textContent));
    }
    expect(headlines[0]).to.match(/^40 % доходит до шага «Выиграно»: 240 из 600/);
    expect(headlines[1]).to.equal("");
  });

  it("exports figures as Excel and rows as Arrow, and the SQL where it is known", async () => {
    const element = await chartOf("funnel", sampleFunnel(), { sql: "SELECT 1" });
    const bytes = new Uint8Array(await (await element.export("xlsx"))!.arrayBuffer());
    expect([...bytes.subarray(0, 2)]).to.deep.equal([0x50, 0x4b]);
    const arrow = await (await element.export("arrow"))!.text();
    expect(arrow.startsWith("ARROW1")).to.equal(true);
    expect((await element.export("png"))!.size).to.be.above(1000);
    one(element, '[data-popup-button="export"]').click();
    await element.updateComplete;
    expect(plain(one(element, '[data-popup="export"]').textContent)).to.contain("Запрос SQL");
  });

  it("waits with its drawing while it has no room, as in a closed tab", async () => {
    const element = await chartOf("heatmap", sampleMoves(), { x: "from", series: "to" });
    const host = element.parentElement!;
    const room = () => one(element, ".plot svg rect").getAttribute("width");
    const fields = () => element.renderRoot.querySelectorAll(".plot svg text").length;
    const [wide, before] = [room(), fields()];
    host.style.display = "none";
    element.type = "sankey";
    // Long enough for the drawing that must not happen: as long as another chart takes to be drawn.
    await chartOf("funnel", sampleFunnel());
    expect([room(), fields()]).to.deep.equal([wide, before]);
    host.style.display = "";
    await waitUntil(() => fields() !== before, "drawn anew");
  });
});
