import { expect, fixture, html } from "@open-wc/testing";
import { sampleManagerMonths } from "../../../../../stories/sample/charts.ts";
import { sampleContext } from "../../../../../stories/sample/context.ts";
import { sampleStages } from "../../../../../stories/sample/deals.ts";
import { waitUntil } from "../../../../../test/wait-until.ts";
import type { B24Chart } from "./chart.ts";
import "./chart.define.ts";

// A page of its own: the parts that the first data needs are not loaded yet, those of the second are.
it("draws the latest data, though what was before it has to wait for code", async () => {
  const parentNode = sampleContext({ language: "ru" });
  document.body.append(parentNode);
  const options = { parentNode };
  const element = await fixture<B24Chart>(
    html`<b24-chart type="bar" .data=${sampleStages()}></b24-chart>`,
    options,
  );
  const texts = () =>
    [...element.renderRoot.querySelectorAll(".plot svg text")].map((text) => text.textContent);
  const stages = () => texts().some((text) => text?.includes("Новая"));
  await waitUntil(stages, "stages");
  element.data = sampleManagerMonths();
  await element.updateComplete;
  element.data = sampleStages();
  await element.updateComplete;
  // What the legend's code comes with is drawn in the frames behind it.
  await import("./legend.ts");
  for (let frame = 0; frame < 10; frame++) await new Promise(requestAnimationFrame);
  expect(stages()).to.equal(true);
});
