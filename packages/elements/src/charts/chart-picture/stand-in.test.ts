import { expect } from "@open-wc/testing";
import { type ChartsApi, chartsClient, savedSample } from "../../../../../stories/sample/charts-client.ts";
import { sampleContext } from "../../../../../stories/sample/context.ts";
import { holdCharts } from "../../../../../stories/sample/held-charts.ts";
import { waitUntil } from "../../../../../test/wait-until.ts";
import { engine } from "../../core/chart/engine.ts";
import "../ai-chart/ai-chart.define.ts";
import "../dashboard/dashboard.define.ts";

const CHART = savedSample[0]!.id;

interface Held {
  element: HTMLElement;
  /** Paths of all requests so far. */
  paths: () => string[];
  /** Lets the live charts' answers through. */
  release: () => void;
  fail: () => void;
  /** Of the pictures' requests. */
  signals: AbortSignal[];
}

const shadow = (element: Element | null | undefined) => element?.shadowRoot ?? undefined;
const hosts: HTMLElement[] = [];

/** An element whose charts do not come until they are let through, on a page without ECharts. */
async function hold(
  tag: "b24-dashboard" | "b24-ai-chart",
  properties: object,
  api: ChartsApi = {},
): Promise<Held> {
  // What others have asked for comes before that is forgotten.
  await engine.load();
  engine.here = false;
  const { client, asked } = chartsClient(api);
  const { boards } = client.charts;
  const { release, fail } = holdCharts(client);
  const signals: AbortSignal[] = [];
  const picture = boards.picture.bind(boards);
  boards.picture = (id, look, options) => {
    signals.push(options!.signal!);
    return picture(id, look, options);
  };
  const host = sampleContext({ client, language: "ru" });
  host.style.inlineSize = "1100px";
  document.body.append(host);
  hosts.push(host);
  const element = Object.assign(document.createElement(tag), properties);
  host.append(element);
  return { element, paths: () => asked.map(({ path }) => path), signals, release, fail };
}

const standIns = (element: HTMLElement) => [
  ...(shadow(element)?.querySelectorAll<HTMLElement>("b24-chart-picture.stand-in") ?? []),
];
const pictured = (element: HTMLElement, count: number) =>
  waitUntil(
    () => standIns(element).filter((one) => shadow(one)?.querySelector("svg")).length === count,
    `${count} pictures`,
  );
const plots = (element: HTMLElement) =>
  [...(shadow(element)?.querySelectorAll("b24-chart") ?? [])].filter((one) =>
    shadow(one)?.querySelector(".plot svg path"),
  );

describe("a picture that stands for a live chart", () => {
  afterEach(() => {
    for (const host of hosts.splice(0)) host.remove();
  });

  it("is the first that a board's tile shows, as large as its tile, and gives way without a jump", async () => {
    const { element, release } = await hold("b24-dashboard", {});
    await pictured(element, 4);
    const tiles = [...shadow(element)!.querySelectorAll<HTMLElement>(".tile")];
    const boxes = () => tiles.map((tile) => JSON.stringify(tile.getBoundingClientRect()));
    const before = boxes();
    for (const tile of tiles) {
      expect(tile.getAttribute("aria-busy")).to.equal("true");
      const picture = tile.querySelector<HTMLElement>(".stand-in")!;
      expect(picture.getAttribute("aria-hidden")).to.equal("true");
      const svg = shadow(picture)!.querySelector("svg")!;
      // Letters of this page may be wider than those that the server reckoned with.
      expect(getComputedStyle(svg).overflow).to.equal("visible");
      const drawing = svg.getBoundingClientRect();
      expect(drawing.height).to.be.within(picture.clientHeight - 40, picture.clientHeight);
      expect(drawing.width).to.be.within(picture.clientWidth - 40, picture.clientWidth);
      expect(getComputedStyle(tile.querySelector(".content")!).visibility).to.equal("hidden");
    }
    await expect(element).to.be.accessible();
    release();
    await waitUntil(() => plots(element).length === 4 && !standIns(element).length, "live");
    expect(boxes()).to.deep.equal(before);
    for (const tile of tiles) {
      expect(tile.getAttribute("aria-busy")).to.equal("false");
      expect(getComputedStyle(tile.querySelector(".content")!).visibility).to.equal("visible");
    }
  });

  it("has the heading where the live chart has it", async () => {
    const { element, release } = await hold("b24-ai-chart", { chartId: CHART, readonly: true });
    await pictured(element, 1);
    const word = shadow(standIns(element)[0])!.querySelector("text")!.getBoundingClientRect();
    const height = element.clientHeight;
    release();
    await waitUntil(() => plots(element).length === 1 && !standIns(element).length, "live");
    const live = shadow(plots(element)[0])!.querySelector(".heading")!.getBoundingClientRect();
    expect(word.left).to.be.closeTo(live.left, 2);
    expect(word.top + word.height / 2).to.be.closeTo(live.top + live.height / 2, 3);
    expect(element.clientHeight).to.be.closeTo(height, 24);
  });

  it("leaves with what went wrong", async () => {
    for (const [tag, count, told] of [
      ["b24-ai-chart", 1, ".state"],
      ["b24-dashboard", 4, ".tile-note"],
    ] as const) {
      const { element, fail } = await hold(tag, { chartId: CHART });
      await pictured(element, count);
      fail();
      await waitUntil(() => shadow(element)!.querySelectorAll(told).length === count, "told");
      await waitUntil(() => standIns(element).length === 0, "gone");
    }
  });

  it("leaves as soon as filters make it wrong, and does not come with them", async () => {
    const { element } = await hold("b24-dashboard", {});
    await pictured(element, 4);
    const from = shadow(element)!.querySelector<HTMLInputElement>("[name=from]")!;
    from.value = "2026-01-01";
    from.dispatchEvent(new Event("change"));
    await waitUntil(() => standIns(element).length === 0, "gone");
    const filters = { from: "2026-01-01", to: null, funnel: [], responsible: [], source: [] };
    const other = await hold("b24-ai-chart", { chartId: CHART, filters });
    other.release();
    await waitUntil(() => plots(other.element).length === 1, "live");
    expect(other.paths().filter((path) => path.endsWith("/picture"))).to.deep.equal([]);
  });

  it("is not waited for: a live chart that is first ends its request", async () => {
    const held = await hold("b24-ai-chart", { chartId: CHART }, { picture: "silent" });
    const { element, signals, release } = held;
    await waitUntil(() => signals.length === 1, "asked");
    release();
    await waitUntil(() => plots(element).length === 1, "live");
    await waitUntil(() => signals[0]!.aborted, "given up");
    expect(standIns(element)).to.have.length(0);
  });

  it("is not asked for twice, nor where ECharts is here already", async () => {
    const { element, paths, release } = await hold("b24-dashboard", {});
    await pictured(element, 4);
    release();
    await waitUntil(() => plots(element).length === 4, "live");
    shadow(element)!.querySelector<HTMLElement>("[data-action=refresh]")!.click();
    await waitUntil(() => paths().filter((path) => path.endsWith("/run")).length === 8, "drawn anew");
    expect(paths().filter((path) => path.endsWith("/picture"))).to.have.length(4);
    const later = await hold("b24-dashboard", {});
    engine.here = true;
    later.release();
    await waitUntil(() => plots(later.element).length === 4, "live");
    expect(later.paths().filter((path) => path.endsWith("/picture"))).to.have.length(0);
  });

  it("does not stand where the page has colours of its own", async () => {
    document.documentElement.style.setProperty("--b24-series-1", "#aa00aa");
    try {
      const { element, paths, release } = await hold("b24-ai-chart", { chartId: CHART });
      await waitUntil(() => standIns(element)[0]?.shadowRoot?.querySelector(".palette-reader"), "there");
      release();
      await waitUntil(() => plots(element).length === 1, "live");
      expect(paths().filter((path) => path.endsWith("/picture"))).to.deep.equal([]);
    } finally {
      document.documentElement.style.removeProperty("--b24-series-1");
    }
  });

  it("leaves a table to itself", async () => {
    const { element, release } = await hold(
      "b24-ai-chart",
      { chartId: CHART },
      { picture: "chart_not_drawable" },
    );
    await waitUntil(() => shadow(element)!.querySelector(".phases-frame"), "phases");
    expect(getComputedStyle(shadow(element)!.querySelector(".phases-frame")!).visibility).to.equal("visible");
    release();
    await waitUntil(() => plots(element).length === 1, "live");
  });
});
