import { expect } from "@open-wc/testing";
import { chartsClient } from "../../../../../stories/sample/charts-client.ts";
import { sampleContext } from "../../../../../stories/sample/context.ts";
import { schemaSample } from "../../../../../stories/sample/schema-markdown.ts";
import { waitUntil } from "../../../../../test/wait-until.ts";
import type { B24Schema } from "./schema.ts";
import "./schema.define.ts";
import { findSections, toSections } from "./sections.ts";

async function schemaOf(schema: string, language: "ru" | "en" = "ru") {
  const { client, asked } = chartsClient({ schema });
  const parentNode = sampleContext({ client, language });
  document.body.append(parentNode);
  const element = document.createElement("b24-schema");
  parentNode.append(element);
  await waitUntil(() => element.renderRoot.querySelector(".part, .state"), "text");
  return { element, asked };
}
const titles = (element: B24Schema) =>
  [...element.renderRoot.querySelectorAll(".part h2")].map((one) => one.textContent);

describe("<b24-schema>", () => {
  it("shows tables and fields, accessibly in both languages", async () => {
    for (const language of ["ru", "en"] as const) {
      const { element } = await schemaOf(schemaSample, language);
      expect(titles(element)).to.deep.equal(["Сделки (deals)", "Лиды (leads)"]);
      expect(element.renderRoot.querySelectorAll(".part td").length).to.be.above(6);
      await expect(element).to.be.accessible();
    }
  });

  it("finds a field, whatever its case", async () => {
    const { element } = await schemaOf(schemaSample);
    const field = element.renderRoot.querySelector<HTMLInputElement>("[type=search]")!;
    field.value = "ОТВЕТСТВЕННЫЙ";
    field.dispatchEvent(new InputEvent("input"));
    await element.updateComplete;
    expect(titles(element)).to.deep.equal(["Сделки (deals)"]);
    field.value = "звонки";
    field.dispatchEvent(new InputEvent("input"));
    await element.updateComplete;
    expect(element.renderRoot.querySelector(".state-title")?.textContent).to.equal("Ничего не нашлось");
  });

  it("lets nothing through but text: labels of a portal may say anything", async () => {
    const evil =
      '## T\n\n<img src=x onerror=alert(1)> <script>1</script> [go](javascript:1) ![i](https://e.com/x.png) <b style="x">b</b>\n';
    const { element } = await schemaOf(evil);
    const part = element.renderRoot.querySelector(".part")!;
    expect(part.querySelectorAll("img, script, a, [style], [onerror]")).to.have.length(0);
    expect(part.textContent).to.contain("go");
  });

  it("asks for explanations only when they are wanted", async () => {
    const { element, asked } = await schemaOf(schemaSample);
    element.renderRoot.querySelector<HTMLInputElement>("[type=checkbox]")?.click();
    await waitUntil(() => asked.filter(({ path }) => path === "GET schema").length === 2, "asked again");
  });
});

describe("sections of a document", () => {
  it("are called as they are written, without their marks", () => {
    expect(toSections("## stage_moves: _Moves_ of **deals**\n")[0]?.title).to.equal(
      "stage_moves: Moves of deals",
    );
  });

  it("begin at second headings, but not within code", () => {
    const sections = toSections("# A\nx\n## B\n```\n## no\n```\n## `C`\n");
    expect(sections.map(({ title }) => title)).to.deep.equal([undefined, "B", "C"]);
    expect(findSections(sections, "no").map(({ title }) => title)).to.deep.equal(["B"]);
  });
});
