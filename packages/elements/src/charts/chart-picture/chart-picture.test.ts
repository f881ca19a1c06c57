import { expect } from "@open-wc/testing";
import { type ChartsApi, chartsClient } from "../../../../../stories/sample/charts-client.ts";
import { sampleContext } from "../../../../../stories/sample/context.ts";
import { waitUntil } from "../../../../../test/wait-until.ts";
import type { B24ChartPicture } from "./chart-picture.ts";
import "./chart-picture.define.ts";
import { readPicture } from "./read-picture.ts";

const CHART = "00000000-0000-4000-8000-000000000065";

async function pictureOf(api: ChartsApi = {}, language: "ru" | "en" = "ru", theme = "light") {
  const { client, asked } = chartsClient(api);
  const host = sampleContext({ client, language });
  host.style.inlineSize = "730px";
  host.style.colorScheme = theme;
  document.body.append(host);
  const element = document.createElement("b24-chart-picture");
  element.chartId = CHART;
  host.append(element);
  return { element, asked, host };
}
const one = (element: B24ChartPicture, selector: string) =>
  element.renderRoot.querySelector<HTMLElement>(selector)!;
const drawn = (element: B24ChartPicture) => waitUntil(() => one(element, ".card > svg"), "drawn");

describe("<b24-chart-picture>", () => {
  it("shows what the API drew, accessibly in both languages", async () => {
    for (const language of ["ru", "en"] as const) {
      const { element, host } = await pictureOf({}, language);
      await drawn(element);
      const title = one(element, "svg > title").textContent;
      expect(title).to.equal(language === "ru" ? "Суммы сделок по месяцам" : "Amounts of deals by month");
      await expect(element).to.be.accessible();
      host.remove();
    }
  });

  it("asks for its own width, theme, language and time zone, once", async () => {
    const looks: string[] = [];
    const picture = (look: URLSearchParams) => {
      looks.push(look.toString());
      return '<svg xmlns="http://www.w3.org/2000/svg" role="img"><title>x</title></svg>';
    };
    const { element, host } = await pictureOf({ picture }, "en", "dark");
    await drawn(element);
    expect(looks).to.deep.equal(["locale=en&timeZone=Europe%2FMoscow&theme=dark&width=720"]);
    element.refresh();
    await waitUntil(() => looks.length === 2, "asked again");
    host.remove();
  });

  it("becomes live when asked, and where it is no picture", async () => {
    const { element, asked, host } = await pictureOf();
    await drawn(element);
    expect(asked.some(({ path }) => path.endsWith("/run"))).to.equal(false, "nothing but the picture");
    one(element, ".live").click();
    await waitUntil(() => one(element, "b24-ai-chart.here") && !one(element, "svg"), "live");
    host.remove();
    const table = await pictureOf({ picture: "chart_not_drawable" });
    await waitUntil(() => one(table.element, "b24-ai-chart"), "live at once");
    table.host.remove();
  });

  it("says what went wrong, and tries again", async () => {
    const api: ChartsApi = { picture: "query_too_heavy" };
    const { element, host } = await pictureOf(api);
    await waitUntil(() => one(element, ".state"), "told");
    await expect(element).to.be.accessible();
    delete api.picture;
    element.refresh();
    await drawn(element);
    host.remove();
  });

  it("lets nothing but shapes and texts into the page", () => {
    const svg = (inside: string, root = "") =>
      readPicture(`<svg xmlns="http://www.w3.org/2000/svg" ${root}>${inside}</svg>`);
    expect(svg('<path d="M0 0" fill="url(#a)"/><text>a</text><use href="#b"/>')).to.be.instanceOf(SVGElement);
    for (const inside of [
      "<script>1</script>",
      "<foreignObject/>",
      "<a/>",
      '<image href="#x"/>',
      '<path onclick="1"/>',
      '<path style="fill:red"/>',
      '<use href="https://evil.example#x"/>',
      '<path fill="url(https://evil.example)"/>',
      '<text xmlns="http://www.w3.org/1999/xhtml"/>',
      "<path>",
    ])
      expect(svg(inside), inside).to.equal(undefined);
    expect(svg("", 'onload="1"')).to.equal(undefined);
    expect(readPicture("<html/>")).to.equal(undefined);
  });
});
