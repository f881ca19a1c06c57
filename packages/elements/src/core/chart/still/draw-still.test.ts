import { expect } from "@open-wc/testing";
import type { Table } from "@uwdata/flechette";
import {
  sampleDays,
  sampleFunnel,
  sampleHouses,
  sampleManagers,
  sampleMoments,
  sampleMoves,
  samplePlan,
} from "../../../../../../stories/sample/charts.ts";
import { sampleContext } from "../../../../../../stories/sample/context.ts";
import { sampleMonths, sampleSources } from "../../../../../../stories/sample/deals.ts";
import { waitUntil } from "../../../../../../test/wait-until.ts";
import "../chart.define.ts";
import type { ChartType } from "../chart-type.ts";
import { drawStill, type StillRequest } from "./draw-still.ts";

const DRAWN: [ChartType, () => Table][] = [
  ["bar", sampleSources],
  ["line", sampleMonths],
  ["area", sampleMonths],
  ["combo", samplePlan],
  ["pie", sampleSources],
  ["funnel", sampleFunnel],
  ["scatter", sampleHouses],
  ["heatmap", sampleMoments],
  ["calendar", sampleDays],
  ["radar", sampleManagers],
  ["treemap", sampleSources],
  ["sankey", sampleMoves],
  ["kpi", sampleMonths],
];

function still(type: ChartType, table: Table, over: Partial<StillRequest> = {}): Promise<string> {
  return drawStill({
    ...{ table, wishes: { type, stack: "none" }, heading: "Продажи", unit: undefined, cut: false },
    ...{ asOf: undefined, locale: { language: "ru" }, theme: "light", width: 720, ...over },
  });
}

function parse(svg: string): Element {
  const parsed = new DOMParser().parseFromString(svg, "image/svg+xml");
  expect(parsed.querySelector("parsererror")?.textContent).to.equal(undefined);
  return parsed.documentElement;
}

const plain = (text: string | null | undefined) => (text ?? "").replace(/\s+/g, " ").trim();
const textsOf = (root: ParentNode, selector: string) =>
  [...root.querySelectorAll(selector)].map((node) => plain(node.textContent)).filter(Boolean);

describe("drawStill", () => {
  for (const [type, data] of DRAWN)
    it(`draws the same ${type} as the element`, async () => {
      const host = sampleContext({ language: "ru" });
      host.style.inlineSize = "720px";
      document.body.append(host);
      const table = data();
      const element = Object.assign(document.createElement("b24-chart"), { type, data: table });
      host.append(element);
      const root = element.renderRoot;
      await waitUntil(() => root.querySelector(".plot svg path, .kpi"), "drawn");
      const onPage = new Set([
        ...textsOf(root, ".plot svg text"),
        ...textsOf(root, ".figure, .kpi-figure, .headline .caption"),
      ]);
      const picture = parse(await still(type, table, { locale: { language: "ru" } }));
      const inStill = new Set(textsOf(picture, "text, tspan"));
      const missing = [...onPage].filter((text) => !inStill.has(text) && !text.includes("…"));
      expect(missing.length, `${type} lacks ${missing.join(" | ")}`).to.be.lessThan(onPage.size / 5 + 1);
      host.remove();
    });

  it("says in words what it shows", async () => {
    const picture = parse(await still("bar", sampleSources()));
    expect(picture.getAttribute("role")).to.equal("img");
    expect(picture.querySelector("title")?.textContent).to.equal("Продажи");
    expect(plain(picture.querySelector("desc")?.textContent)).to.match(/^Продажи\. Столбцы: \d+ точ/);
  });

  it("keeps a key of two lines above the plot, and no space at the end of a name's line", async () => {
    const host = document.createElement("div");
    document.body.append(host);
    const shown = async (type: ChartType, table: Table) => {
      host.replaceChildren(document.importNode(parse(await still(type, table, { width: 240 })), true));
      return [...host.querySelectorAll("text")].map((node) => ({
        text: node.textContent,
        box: node.getBoundingClientRect(),
      }));
    };
    const lines = await shown("line", sampleMonths());
    const key = lines.find(({ text }) => text === "Проваленные")!.box;
    const [first] = lines.filter(({ text }) => /млн/.test(text) && text.startsWith("20"));
    expect(key.bottom, "the key ends above the axis").to.be.at.most(first!.box.top);
    for (const { text } of await shown("bar", sampleSources()))
      expect(text, "no space at a line's end").to.equal(text.trimEnd());
    host.remove();
  });

  it("thins a cloud of points and says so", async () => {
    const { tableFromArrays } = await import("@uwdata/flechette");
    const many = Float64Array.from({ length: 30_000 }, (_, i) => (i * 7919) % 1000);
    const table = tableFromArrays({ a: many, b: many.map((v) => v * 2) });
    const svg = await still("scatter", table);
    expect(svg.length).to.be.lessThan(600_000);
    expect(plain(parse(svg).textContent)).to.match(/2000 из 30 000 точек/);
  });
});
