import { expect, fixture, html } from "@open-wc/testing";
import { type Table, tableToIPC } from "@uwdata/flechette";
import { sampleClient } from "../../../../../stories/sample/client.ts";
import { sampleContext } from "../../../../../stories/sample/context.ts";
import {
  sampleDeals,
  sampleMonths,
  sampleSources,
  sampleStages,
} from "../../../../../stories/sample/deals.ts";
import { waitUntil } from "../../../../../test/wait-until.ts";
import type { Language } from "../locale/locale.ts";
import type { B24Chart } from "./chart.ts";
import "./chart.define.ts";

interface Options extends Partial<Pick<B24Chart, "type" | "x" | "y" | "series" | "heading" | "unit">> {
  language?: Language;
  width?: number;
}

async function chartOf(
  data: Table,
  { language = "ru", width = 720, ...options }: Options = {},
): Promise<B24Chart> {
  const parentNode = sampleContext({ language });
  document.body.append(parentNode);
  const element = await fixture<B24Chart>(html`<b24-chart .data=${data}></b24-chart>`, { parentNode });
  element.style.inlineSize = `${width}px`;
  Object.assign(element, options);
  await drawn(element);
  return element;
}

async function drawn(element: B24Chart): Promise<void> {
  await element.updateComplete;
  await waitUntil(() => one(element, ".plot svg path"), "chart drawn");
  await frames();
}

const frames = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
const one = (element: B24Chart, selector: string) => element.renderRoot.querySelector<HTMLElement>(selector)!;
const plain = (text: string | null | undefined) =>
  (text ?? "")
    .replace(/[\u00a0\u202f]/g, " ")
    .replace(/\s+/g, " ")
    .trim();
const drawnText = (element: B24Chart) =>
  [...element.renderRoot.querySelectorAll(".plot svg text")].map((node) => plain(node.textContent));
const tableRows = (element: B24Chart) =>
  [...element.renderRoot.querySelectorAll("table tbody tr")].map((row) =>
    [...row.children].map((cell) => plain(cell.textContent)),
  );

describe("<b24-chart>", () => {
  for (const language of ["ru", "en"] as const) {
    for (const [type, data] of [
      ["bar", sampleStages],
      ["line", sampleMonths],
      ["pie", sampleSources],
    ] as const) {
      it(`${language}: a ${type} chart is accessible`, async () => {
        const element = await chartOf(data(), { type, language });
        await expect(element).to.be.accessible();
      });
    }
  }

  it("fills the height that the page gives it, and gives it back", async () => {
    const element = await chartOf(sampleMonths(), { type: "line" });
    const height = () => one(element, ".plot svg").getBoundingClientRect().height;
    expect(height()).to.equal(280);
    Object.assign(element.style, { display: "grid", blockSize: "700px" });
    await waitUntil(() => height() > 500, "taller");
    expect(one(element, ".card").offsetHeight).to.equal(700);
    element.style.blockSize = "";
    await waitUntil(() => height() === 280, "as before");
    const pie = await chartOf(sampleSources(), { type: "pie" });
    Object.assign(pie.style, { display: "grid", blockSize: "700px" });
    await frames();
    expect(one(pie, ".plot").offsetHeight).to.equal(280, "names stay beside the ring");
  });

  it("says so when it was drawn from the first rows only", async () => {
    const data = sampleDeals(50);
    data.schema.metadata!.set("limit", "50");
    const element = await chartOf(data, { type: "bar", x: "stage" });
    expect(plain(one(element, ".as-of").textContent)).to.match(/ · по первым 50 строкам$/);
    data.schema.metadata!.delete("limit");
  });

  it("answers first: total and largest part, or the last whole period against the one before", async () => {
    const stages = await chartOf(sampleStages());
    expect(plain(one(stages, ".headline").textContent)).to.equal(
      "10 000 всего, больше других — «Сделка успешна»: 24 %",
    );
    const months = await chartOf(sampleMonths());
    expect(plain(one(months, ".headline").textContent)).to.equal(
      "21,5 млн ₽ апрель 2026 +15 % к периоду «март 2026»",
    );
  });

  it("draws bars in the portal's colours with direct labels, lying down for long names", async () => {
    const element = await chartOf(sampleStages());
    const fills = [...element.renderRoot.querySelectorAll(".plot path")].map((path) =>
      path.getAttribute("fill"),
    );
    expect(fills).to.include.members(["#2fc6f6", "#7bd500"]);
    expect(drawnText(element)).to.include.members(["Счёт на предоплату", "2 205"]);
  });

  it("gathers what is beyond seven slices", async () => {
    const element = await chartOf(sampleSources(), { type: "pie" });
    const rows = tableRows(element);
    expect(rows).to.have.length(7);
    expect(rows.at(-1)).to.deep.equal(["Прочее", "800", "8,5 %"]);
    const english = await chartOf(sampleSources(), { type: "pie", language: "en" });
    expect(tableRows(english).at(-1)![0]).to.equal("Other");
  });

  it("dashes the period that has not ended and says so", async () => {
    const element = await chartOf(sampleMonths());
    const dashed = [...element.renderRoot.querySelectorAll(".plot path")].filter((path) =>
      path.hasAttribute("stroke-dasharray"),
    );
    expect(dashed.length).to.be.at.least(2);
    expect(tableRows(element).at(-1)).to.deep.equal(["май 2026, ещё идёт", "6 200 000 ₽", "1 900 000 ₽"]);
  });

  it("sums raw rows by month on typed values", async () => {
    const data = sampleDeals(20_000);
    const element = await chartOf(data, { x: "created", y: "opportunity" });
    const total = tableRows(element).reduce(
      (sum, row) => sum + Number(row[1]!.replace(/[ ₽]/g, "").replace(",", ".")),
      0,
    );
    const expected = (data.getChild("opportunity")!.toArray() as Float64Array).reduce(
      (sum, n) => sum + (n || 0),
      0,
    );
    expect(total).to.be.closeTo(expected, 1);
  });

  it("counts rows where no quantity is named", async () => {
    const element = await chartOf(sampleDeals(300), { x: "stage", y: "" });
    expect(tableRows(element)).to.have.length(7);
  });

  it("reads point by point by keys and announces each", async () => {
    const element = await chartOf(sampleMonths());
    const reader = one(element, ".reader");
    const press = async (key: string) => {
      reader.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
      await element.updateComplete;
      await frames();
      return plain([...element.renderRoot.querySelectorAll("[role=status]")].at(-1)?.textContent);
    };
    reader.focus();
    expect(await press("ArrowRight")).to.equal("июнь 2025, Успешные: 9 100 000 ₽, Проваленные: 3 100 000 ₽");
    expect(await press("ArrowRight")).to.match(/^июль 2025/);
    expect(await press("End")).to.match(/^май 2026, ещё идёт/);
    await waitUntil(
      () => plain(one(element, ".tip")?.textContent).includes("Успешные6 200 000 ₽"),
      "tooltip",
    );
    expect(await press("Escape")).to.equal("");
  });

  it("shows the same figures as a table", async () => {
    const element = await chartOf(sampleStages());
    one(element, ".tools button").click();
    await element.updateComplete;
    expect(one(element, ".data-table").offsetHeight).to.be.above(200);
    expect(element.renderRoot.querySelector(".plot")).to.equal(null);
    await expect(element).to.be.accessible();
    one(element, ".tools button").click();
    await drawn(element);
  });

  it("follows the colour scheme without new data", async () => {
    const element = await chartOf(sampleMonths());
    const axisColours = () =>
      [...element.renderRoot.querySelectorAll(".plot text")].map((node) => node.getAttribute("fill"));
    expect(axisColours()).to.include("#525c69");
    element.style.colorScheme = "dark";
    await waitUntil(() => axisColours().includes("#b4b6b8"), "dark axis");
    await expect(element).to.be.accessible();
  });

  it("fits its box when that changes", async () => {
    const element = await chartOf(sampleSources(), { type: "pie" });
    element.style.inlineSize = "320px";
    await waitUntil(() => one(element, ".plot svg").getBoundingClientRect().width < 320, "narrow");
    expect(element.scrollWidth).to.be.at.most(320);
    await waitUntil(() => drawnText(element).some((text) => /34.*Сайт/.test(text)), "key with shares");
  });

  it("puts the key of a ring beside it where the place is too low for one below the other", async () => {
    const element = await chartOf(sampleSources(), { type: "pie" });
    element.style.inlineSize = "400px";
    const keyAt = () => {
      const texts = [...element.renderRoot.querySelectorAll(".plot svg text")];
      const key = texts.find(({ textContent }) => /34.*Сайт/.test(textContent ?? ""));
      return key && key.getBoundingClientRect().left - one(element, ".plot").getBoundingClientRect().left;
    };
    await waitUntil(() => (keyAt() ?? 1000) < 40, "key below");
    element.style.setProperty("--b24-chart-height", "200px");
    await waitUntil(() => (keyAt() ?? 0) > 180, "key beside");
  });

  it("keeps its height from skeleton to chart", async () => {
    const parentNode = sampleContext({ client: sampleClient(sampleMonths()) });
    document.body.append(parentNode);
    const element = await fixture<B24Chart>(html`<b24-chart query="months" heading="Сумма"></b24-chart>`, {
      parentNode,
    });
    expect(element.renderRoot.querySelectorAll(".bars-skeleton .skeleton")).to.have.length(7);
    const before = element.offsetHeight;
    await drawn(element);
    expect(element.offsetHeight).to.equal(before);
  });

  it("tells empty, failed, stale and unsaid apart", async () => {
    const empty = await fixture<B24Chart>(html`<b24-chart lang="ru" .data=${sampleDeals(0)}></b24-chart>`);
    expect(one(empty, ".state-title").textContent).to.equal("Пока пусто");
    const idle = await fixture<B24Chart>(html`<b24-chart lang="en"></b24-chart>`);
    expect(one(idle, ".state-title").textContent).to.equal("Nothing to show");
    const parentNode = sampleContext({
      client: sampleClient("query_timeout", sampleStages(), "unreachable"),
    });
    document.body.append(parentNode);
    const element = await fixture<B24Chart>(html`<b24-chart query="x"></b24-chart>`, { parentNode });
    await waitUntil(() => one(element, ".state .button"), "failed");
    await expect(element).to.be.accessible();
    one(element, ".state .button").click();
    await drawn(element);
    element.refresh();
    await waitUntil(() => one(element, "[part=stale]"), "stale");
    expect(one(element, ".plot svg")).to.be.instanceOf(SVGElement);
  });

  it("exports pictures and data", async () => {
    const element = await chartOf(sampleSources(), { type: "pie" });
    const png = new Uint8Array(await (await element.export("png"))!.arrayBuffer());
    expect([...png.slice(1, 4)]).to.deep.equal([0x50, 0x4e, 0x47]);
    expect(await (await element.export("svg"))!.text()).to.match(/^<svg/);
    const csv = await (await element.export("csv"))!.text();
    expect(csv.trim().split("\r\n")).to.have.length(11);
  });

  it("breaks no strict Content-Security-Policy", async function () {
    this.timeout(20_000);
    const policy =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'";
    const frame = document.createElement("iframe");
    frame.width = "900";
    frame.srcdoc = `<meta http-equiv="Content-Security-Policy" content="${policy}">
      <script type="module" src="/stories/sample/strict-page.ts"></script>`;
    document.body.append(frame);
    const page = () => frame.contentDocument?.documentElement?.dataset ?? {};
    await waitUntil(() => page().state === "listening", "strict page ready");
    const tables = [sampleDeals(50), sampleStages(), sampleMonths(), sampleSources()];
    frame.contentWindow!.postMessage(tables.map((table) => tableToIPC(table, { format: "stream" })));
    await waitUntil(() => page().state === "drawn", "strict page drawn");
    expect(page().violations).to.equal(undefined);
    expect(
      page()
        .pictures?.split(" ")
        .every((size) => Number(size) > 1000),
    ).to.equal(true);
    frame.remove();
  });
});
