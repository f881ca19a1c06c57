import { expect, fixture, html } from "@open-wc/testing";
import { type SampleAnswer, sampleClient } from "../../../../../stories/sample/client.ts";
import { sampleContext } from "../../../../../stories/sample/context.ts";
import { sampleDeals } from "../../../../../stories/sample/deals.ts";
import { waitUntil } from "../../../../../test/wait-until.ts";
import type { Language } from "../../core/index.ts";
import type { B24Record } from "./record.ts";
import "./record.define.ts";

async function scene(answers: SampleAnswer[], language: Language = "ru", width = 560) {
  const parentNode = sampleContext({ client: sampleClient(...answers), language });
  parentNode.style.width = `${width}px`;
  document.body.append(parentNode);
  const element = await fixture<B24Record>(
    html`<b24-record query="deals" params="id=1001" heading="Сделка"></b24-record>`,
    { parentNode },
  );
  const root = element.shadowRoot!;
  const words = () => root.textContent.replace(/\s+/g, " ").trim();
  return { element, root, words };
}

describe("<b24-record>", () => {
  const states: [string, SampleAnswer, RegExp][] = [
    ["with a record", sampleDeals(1), /Ответственный/],
    ["without one", sampleDeals(0), /Записи пока нет/],
    ["while it loads", "silent", /Загрузка/],
    ["without rights", "forbidden", /Недостаточно прав/],
    ["without a server", "unreachable", /Нет связи/],
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

  it("names the record, leads to it in the portal, and sets its sum and stage above the rest", async () => {
    const { root, words } = await scene([sampleDeals(1)]);
    await waitUntil(() => root.querySelector("h2 a"));
    const link = root.querySelector<HTMLAnchorElement>("h2 a")!;
    expect(link.href).to.equal("https://example.bitrix24.ru/crm/deal/details/1001/");
    expect(link.tabIndex).to.equal(0);
    expect(root.querySelector("[part=figure]")!.textContent).to.match(/\d.₽/);
    expect(root.querySelector(".headline .chip")).not.to.equal(null);
    const labels = [...root.querySelectorAll("dt")].map(({ textContent }) => textContent);
    expect(labels).to.include("Ответственный");
    expect(labels).not.to.include.members(["ID"]);
    expect(labels).not.to.include.members(["Сумма"]);
    expect(words()).to.match(/^Сделка /);
  });

  it("asks for one record only, and again when told", async () => {
    const { element, words } = await scene([sampleDeals(0), sampleDeals(1)]);
    await waitUntil(() => /Записи пока нет/.test(words()));
    element.refresh();
    await waitUntil(() => /Ответственный/.test(words()));
  });

  it("goes on showing a record that cannot be read again", async () => {
    const { element, root, words } = await scene([sampleDeals(1), "internal"]);
    await waitUntil(() => /Ответственный/.test(words()));
    element.refresh();
    await waitUntil(() => root.querySelector("[part=stale]"));
    expect(words()).to.include("Ответственный");
  });

  it("speaks English and fits into 280 px", async () => {
    const { element, root } = await scene([sampleDeals(1)], "en", 280);
    await waitUntil(() => root.querySelector("dt"));
    const labels = [...root.querySelectorAll("dt")].map(({ textContent }) => textContent).join();
    expect(labels).not.to.match(/[а-яё]/i);
    expect(element.scrollWidth).to.be.at.most(280);
  });
});
