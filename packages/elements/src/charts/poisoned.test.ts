import { expect } from "@open-wc/testing";
import type { Table } from "@uwdata/flechette";
import { number, text } from "../../../../stories/sample/charts.ts";
import { boardSample, chartsClient, savedSample } from "../../../../stories/sample/charts-client.ts";
import { sampleContext } from "../../../../stories/sample/context.ts";
import { AS_OF, sampleTable } from "../../../../stories/sample/deals.ts";
import { waitUntil } from "../../../../test/wait-until.ts";
import type { ChartType } from "../core/chart/chart-type.ts";
import "../core/chart/chart.define.ts";
import "./dashboard/dashboard.define.ts";

const POISONS = [
  '<img src=x onerror="window.pwned=1"><script>window.pwned=1</script>',
  '=HYPERLINK("http://evil.example","x")',
  "x".repeat(5_000),
  "\u202Eгнилая\u202C\u200B\u200D\uFEFF стадия",
  "{b|жирно}{a|x}\nвторая",
  "{{7*7}} [имя](javascript:alert(1))",
];

const label = (ru: string, en: string) => ({ ru, en });

/** Rows as the API sends them: every word of them, and the title, somebody else's. */
const poisoned = (pairs: boolean) => tableOf(POISONS, pairs);
const harmless = (pairs: boolean) => tableOf(["Один", "Два", "Три", "Четыре", "Пять", "Шесть"], pairs);

function tableOf(words: readonly string[], pairs: boolean): Table {
  const from = pairs ? words.flatMap((one) => [one, one]) : words;
  const to = from.map((_, at) => words[(at + 1) % words.length]!);
  return sampleTable(
    [
      text("stage", words[0]!, words[0]!, from),
      ...(pairs ? [text("next", words[4]!, words[4]!, to)] : []),
      number(
        "deals",
        words[2]!,
        words[2]!,
        "count",
        from.map((_, at) => 60 - at),
      ),
    ],
    label(words[0]! + words[2]!, words[0]!),
    AS_OF,
  );
}

async function chartOf(type: ChartType, data: Table) {
  const host = sampleContext({ language: "ru" });
  host.style.inlineSize = "360px";
  document.body.append(host);
  const element = Object.assign(document.createElement("b24-chart"), { type, data });
  host.append(element);
  const one = (selector: string) => element.renderRoot.querySelector<HTMLElement>(selector);
  await waitUntil(() => one(".plot svg path, .plot canvas, .pivot, b24-table"), "drawn");
  return { host, element, one };
}

/** What the same chart of ordinary words takes. */
async function widthOf(type: ChartType, data: Table): Promise<number> {
  const { host } = await chartOf(type, data);
  const width = host.scrollWidth;
  host.remove();
  return width;
}

/** Fails unless the workbook's sheet is XML of cells with texts and numbers, without a formula or a link. */
async function expectTextsOnly(file: Blob | undefined): Promise<void> {
  const bytes = await file!.arrayBuffer();
  const view = new DataView(bytes);
  for (let at = 0; view.getUint32(at, true) === 0x04034b50; ) {
    const size = view.getUint32(at + 18, true);
    const from = at + 30 + view.getUint16(at + 26, true) + view.getUint16(at + 28, true);
    const packed = new Blob([bytes.slice(from, from + size)]).stream();
    const xml = await new Response(packed.pipeThrough(new DecompressionStream("deflate-raw"))).text();
    const { documentElement: root } = new DOMParser().parseFromString(xml, "application/xml");
    expect(root.querySelector("parsererror, f, hyperlink"), xml.slice(0, 300)).to.equal(null);
    at = from + size;
  }
}

const FORMS: [ChartType, pairs: boolean][] = [
  ["bar", false],
  ["pie", false],
  ["funnel", false],
  ["treemap", false],
  ["table", false],
  ["bar", true],
  ["heatmap", true],
  ["sankey", true],
  ["pivot", true],
];

describe("charts of words that wish the page ill", () => {
  for (const [type, pairs] of FORMS) {
    it(`${type}${pairs ? " of two" : ""}: nothing runs, nothing is markup, nothing is wider than its place`, async () => {
      const { host, element, one } = await chartOf(type, poisoned(pairs));
      for (const root of [element.renderRoot, one("b24-table")?.shadowRoot]) {
        expect(root?.querySelector("img, script, a[href^=javascript], iframe, object") ?? null).to.equal(
          null,
        );
      }
      expect((window as { pwned?: unknown }).pwned).to.equal(undefined);
      expect(host.scrollWidth).to.be.at.most(await widthOf(type, harmless(pairs)));
      expect(element.getBoundingClientRect().height).to.be.below(2_500);
      const svg = one(".plot svg") && (await (await element.export("svg"))?.text());
      if (svg) expect(svg).not.to.match(/<(?:img|script|foreignObject)|onerror="|javascript:alert\(1\)"/);
      const csv = await (await element.export("csv"))?.text();
      if (csv) expect(csv).not.to.match(/(?:^|[\n,;])"?=HYPERLINK/m);
      await expectTextsOnly(await element.export("xlsx"));
      host.remove();
    });
  }

  it("a dashboard of such names: nothing runs, nothing is markup, nothing is wider than its place", async () => {
    const charts = savedSample.map((chart, at) => ({ ...chart, name: POISONS[at]!, question: POISONS[at]! }));
    const boards = [boardSample, { ...boardSample, id: "00000000-0000-4000-8000-000000000101" }].map(
      (board, at) => ({ ...board, name: POISONS[at * 2]! }),
    );
    const { client } = chartsClient({
      boards,
      charts,
      results: { stages: poisoned(false), bars: poisoned(false) },
    });
    const host = sampleContext({ language: "ru", client });
    host.style.inlineSize = "360px";
    document.body.append(host);
    const element = document.createElement("b24-dashboard");
    host.append(element);
    const all = (selector: string) => [...element.renderRoot.querySelectorAll<HTMLElement>(selector)];
    await waitUntil(
      () => all("b24-chart").filter((one) => one.shadowRoot?.querySelector(".plot svg path")).length === 4,
      "drawn",
    );
    for (const root of [element.renderRoot, ...all("b24-chart").map((one) => one.shadowRoot!)])
      expect(root.querySelector("img, script, iframe, object, a[href^=javascript]")).to.equal(null);
    expect(all(".tile").map((tile) => tile.getAttribute("aria-label"))).to.have.members(POISONS.slice(0, 4));
    expect((window as { pwned?: unknown }).pwned).to.equal(undefined);
    expect(host.scrollWidth).to.be.at.most(360);
    host.remove();
  });
});
