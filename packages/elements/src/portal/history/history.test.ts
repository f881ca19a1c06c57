import { expect, fixture, html } from "@open-wc/testing";
import { type SampleAnswer, sampleClient } from "../../../../../stories/sample/client.ts";
import { sampleContext } from "../../../../../stories/sample/context.ts";
import { sampleDeals, sampleHistory } from "../../../../../stories/sample/deals.ts";
import { waitUntil } from "../../../../../test/wait-until.ts";
import type { Language } from "../../core/index.ts";
import type { B24History } from "./history.ts";
import "./history.define.ts";

async function scene(answers: SampleAnswer[], language: Language = "ru", width = 560) {
  const parentNode = sampleContext({ client: sampleClient(...answers), language });
  parentNode.style.width = `${width}px`;
  document.body.append(parentNode);
  const element = await fixture<B24History>(
    html`<b24-history query="stage-history" params="deal=7"></b24-history>`,
    { parentNode },
  );
  const root = element.shadowRoot!;
  const words = () => root.textContent.replace(/\s+/g, " ").trim();
  const steps = () =>
    [...root.querySelectorAll("[part=step]")].map((step) => step.textContent.replace(/\s+/g, " "));
  return { element, root, words, steps };
}

describe("<b24-history>", () => {
  const states: [string, SampleAnswer, RegExp][] = [
    ["with moves", sampleHistory(), /Подготовка документов/],
    ["without moves", sampleDeals(0), /Движений ещё не было/],
    ["while it loads", "silent", /Загрузка/],
    ["without a portal", "portal_unreachable", /Портал не отвечает/],
  ];
  for (const [title, answer, shown] of states) {
    it(`is accessible ${title}`, async () => {
      const { element, words } = await scene([answer]);
      await waitUntil(() => shown.test(words()), words());
      await expect(element).to.be.accessible();
      element.parentElement!.style.colorScheme = "dark";
      await expect(element).to.be.accessible();
    });
  }

  it("tells each stage, when the record came there and how long it stood, the last one first", async () => {
    const { steps } = await scene([sampleHistory()]);
    await waitUntil(() => steps().length === 4);
    expect(steps()[0]).to.match(/В работе.*Продажи.*сейчас на этой стадии, 3.дн 9.ч/);
    expect(steps()[1]).to.match(/Счёт на предоплату.*на стадии 1.дн 6.ч/);
    expect(steps()[3]).to.match(/Новая заявка.*Заявки.*на стадии 12.дн/);
  });

  it("draws each stage in the portal's colour", async () => {
    const { root, steps } = await scene([sampleHistory()]);
    await waitUntil(() => steps().length === 4);
    const dot = getComputedStyle(root.querySelector("[part=step]")!, "::before");
    expect(dot.backgroundColor).to.equal("rgb(255, 169, 0)");
  });

  it("asks again where it could not be read", async () => {
    const { root, steps } = await scene(["portal_unreachable", sampleHistory()]);
    await waitUntil(() => root.querySelector<HTMLElement>("[part=retry]"));
    root.querySelector<HTMLElement>("[part=retry]")!.click();
    await waitUntil(() => steps().length === 4);
  });

  it("speaks English and fits into 280 px", async () => {
    const { element, root, steps } = await scene([sampleHistory()], "en", 280);
    await waitUntil(() => steps().length === 4);
    expect(root.querySelector("h2")!.textContent).to.equal("From stage to stage");
    expect(steps()[0]).to.match(/on this stage now, for 3.d 9.h/);
    expect(element.scrollWidth).to.be.at.most(280);
  });
});
