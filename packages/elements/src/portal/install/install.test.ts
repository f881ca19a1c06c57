import { expect, fixture, html, oneEvent } from "@open-wc/testing";
import { sampleContext } from "../../../../../stories/sample/context.ts";
import { waitUntil } from "../../../../../test/wait-until.ts";
import type { Language } from "../../core/index.ts";
import type { B24Install } from "./install.ts";
import "./install.define.ts";

async function scene(properties: Partial<B24Install> = {}, language: Language = "ru", width = 560) {
  const parentNode = sampleContext({ language });
  parentNode.style.width = `${width}px`;
  document.body.append(parentNode);
  const element = await fixture<B24Install>(html`<b24-install></b24-install>`, { parentNode });
  Object.assign(element, properties);
  await element.updateComplete;
  const root = element.shadowRoot!;
  const field = () => root.querySelector<HTMLInputElement>("#domain")!;
  const enter = async (value: string) => {
    field().value = value;
    field().dispatchEvent(new InputEvent("input"));
    await element.updateComplete;
  };
  const send = async () => {
    root.querySelector("form")!.requestSubmit();
    await element.updateComplete;
  };
  const words = () => root.textContent.replace(/\s+/g, " ").trim();
  return { element, root, field, enter, send, words };
}

const DONE: Partial<B24Install> = {
  stage: "done",
  domain: "romashka.bitrix24.ru",
  scopes: "crm,placement,log",
  buttons: 8,
  events: 12,
};

describe("<b24-install>", () => {
  const states: [string, Partial<B24Install>][] = [
    ["as a form", { scopes: "crm placement" }],
    ["while it installs", { stage: "installing" }],
    ["when it is done", DONE],
    ["when the portal waits for the end", { ...DONE, finish: true }],
    ["after it failed", { stage: "failed", error: "insufficient_scope", detail: "placement" }],
    ["opened outside the portal", { stage: "outside" }],
  ];
  for (const [title, properties] of states) {
    it(`is accessible ${title}`, async () => {
      const { element } = await scene(properties);
      await expect(element).to.be.accessible();
      element.parentElement!.style.colorScheme = "dark";
      await expect(element).to.be.accessible();
    });
  }

  it("names in words what the portal will be asked for", async () => {
    const { root } = await scene({ scopes: "crm, placement log" });
    expect([...root.querySelectorAll("li")].map(({ textContent }) => textContent)).to.deep.equal([
      "CRM: сделки, контакты, лиды, компании",
      "кнопки в списках и карточках CRM",
      "log",
    ]);
  });

  it("understands a pasted address and says what it understood", async () => {
    const { element, field, enter, words } = await scene();
    await enter("https://Romashka.bitrix24.ru/crm/deal/list/");
    expect(words()).to.include("Портал: romashka.bitrix24.ru");
    // The browser would leave the page: the form goes into a frame instead.
    const frame = document.createElement("iframe");
    frame.name = "consent";
    document.body.append(frame);
    const form = element.shadowRoot!.querySelector("form")!;
    form.target = "consent";
    let sent: FormData | undefined;
    form.addEventListener("formdata", (event) => {
      sent = event.formData;
    });
    setTimeout(() => form.requestSubmit());
    const { detail } = await oneEvent(element, "b24-install-start");
    expect(detail.domain).to.equal("romashka.bitrix24.ru");
    await waitUntil(() => sent);
    expect([...sent!]).to.deep.equal([["domain", "romashka.bitrix24.ru"]]);
    expect([form.method, new URL(form.action).pathname]).to.deep.equal(["post", "/bitrix/oauth/install"]);
    await element.updateComplete;
    expect(words()).to.include("Переходим на romashka.bitrix24.ru");
    expect(element.shadowRoot!.querySelector("button")!.disabled).to.equal(true);
    dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
    await element.updateComplete;
    expect(element.shadowRoot!.querySelector("button")!.disabled).to.equal(false);
    expect(field().value).to.include("omashka.bitrix24.ru");
    frame.remove();
  });

  for (const [value, text] of [
    ["", "Введите адрес портала."],
    ["romashka", "Допишите адрес целиком, например romashka.bitrix24.ru."],
    ["https://www.bitrix24.ru/", "Это сайт Битрикс24, а не ваш портал."],
    ["роза и мимоза", "Это не похоже на адрес портала."],
  ] as const) {
    it(`says what is wrong with "${value}", beside the field`, async () => {
      const { element, root, field, enter, send, words } = await scene();
      let started = false;
      element.addEventListener("b24-install-start", () => {
        started = true;
      });
      await enter(value);
      await send();
      expect(words()).to.include(text);
      expect(field().getAttribute("aria-invalid")).to.equal("true");
      expect(root.activeElement).to.equal(field());
      expect(started).to.equal(false);
    });
  }

  it("lets the page start it in its own way", async () => {
    const { element, enter, send, words } = await scene();
    element.addEventListener("b24-install-start", (event) => event.preventDefault());
    await enter("romashka.bitrix24.ru");
    await send();
    expect(words()).not.to.include("Переходим");
  });

  it("says what was made and what comes next", async () => {
    const { words, root } = await scene(DONE);
    expect(words()).to.match(/установлено на romashka\.bitrix24\.ru 8.кнопок в CRM 12.подписок на события/);
    expect(root.querySelector<HTMLAnchorElement>("a.button")!.href).to.equal("https://romashka.bitrix24.ru/");
  });

  it("says why it failed, what helps, and how to begin again", async () => {
    const { words, root } = await scene({
      stage: "failed",
      error: "portal_unreachable",
      detail: "ETIMEDOUT",
    });
    expect(words()).to.include("Портал не отвечает");
    expect(words()).to.include("ETIMEDOUT");
    expect(root.querySelector<HTMLAnchorElement>("a.button")!.pathname).to.equal("/bitrix/oauth/install");
  });

  it("leads nowhere else from the portal's frame, and names the request", async () => {
    const { words, root } = await scene({
      stage: "failed",
      error: "unknown_portal",
      detail: "no row",
      requestId: "req-1",
      framed: true,
    });
    expect(words()).to.include("Приложение на этом портале не установлено");
    expect(words()).to.include("Номер запроса: req-1");
    expect(words()).not.to.include("Установка");
    expect(root.querySelector("a")).to.equal(null);
    const done = await scene({ ...DONE, framed: true });
    expect(done.root.querySelector("a")).to.equal(null);
  });

  it("names the step that only the portal's own page can make", async () => {
    const { words, element } = await scene(DONE);
    expect(words()).not.to.include("этим установка завершится");
    element.unfinished = true;
    await element.updateComplete;
    expect(words()).to.match(/Что дальше Откройте приложение в портале.*этим установка завершится/);
  });

  it("leads to a portal on plain http where it says so", async () => {
    const { root } = await scene({ ...DONE, portalUrl: "http://portal.local:8081" });
    expect(root.querySelector<HTMLAnchorElement>("a.button")!.href).to.equal("http://portal.local:8081/");
  });

  it("speaks English and fits into 280 px", async () => {
    for (const [, properties] of states) {
      const { element, words } = await scene(properties, "en", 280);
      expect(words()).not.to.match(/[а-яё]/i);
      expect(element.scrollWidth).to.be.at.most(280);
    }
  });
});
