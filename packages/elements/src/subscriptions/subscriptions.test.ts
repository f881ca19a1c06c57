import { expect, fixture, html, oneEvent } from "@open-wc/testing";
import { sampleContext } from "../../../../stories/sample/context.ts";
import { type DeskOptions, deskApi } from "../../../../stories/sample/desk.ts";
import { refusedDelivery } from "../../../../stories/sample/subscriptions.ts";
import { waitUntil } from "../../../../test/wait-until.ts";
import type { Language } from "../core/index.ts";
import type { B24Subscriptions } from "./subscriptions.ts";
import "./subscriptions.define.ts";

async function scene(options: DeskOptions, language: Language = "ru", width = 700) {
  const api = deskApi(options);
  const parentNode = sampleContext({ client: api.client, language });
  parentNode.style.width = `${width}px`;
  document.body.append(parentNode);
  const element = await fixture<B24Subscriptions>(html`<b24-subscriptions></b24-subscriptions>`, {
    parentNode,
  });
  const root = element.shadowRoot!;
  const words = () => root.textContent.replace(/\s+/g, " ").trim();
  const press = async (selector: string) => {
    await waitUntil(() => root.querySelector(selector), selector);
    root.querySelector<HTMLElement>(selector)!.click();
    await element.updateComplete;
  };
  const enter = (value: string) => {
    const field = root.querySelector<HTMLInputElement>("#url")!;
    field.value = value;
    field.dispatchEvent(new InputEvent("input"));
  };
  const focused = (action: string) =>
    waitUntil(() => root.activeElement?.getAttribute("data-action") === action, action);
  const sent = (method: string) => api.asked.filter((one) => one.startsWith(`${method} `));
  return { api, element, root, words, press, enter, focused, sent };
}

const FIRST = "[data-subscription='1']";

describe("<b24-subscriptions>", () => {
  const states: [string, DeskOptions, string[]][] = [
    ["with addresses in every state", {}, ["summary"]],
    ["without addresses", { subscriptions: [] }, []],
    ["with the form open and nothing entered", {}, ["[data-action=add]", "[type=submit]"]],
    ["while it asks before deleting", {}, ["[data-action=remove]"]],
    ["after a test that arrived", {}, ["[data-action=test]"]],
    ["after a test that did not", { test: refusedDelivery() }, ["[data-action=test]"]],
    ["before anything came", { subscriptions: "silent" }, []],
    ["without rights", { subscriptions: "forbidden" }, []],
    ["with an error", { subscriptions: "internal" }, []],
  ];
  for (const [title, options, presses] of states) {
    it(`is accessible ${title}`, async () => {
      const { element, press } = await scene(options);
      for (const selector of presses) await press(selector);
      await expect(element).to.be.accessible();
      element.parentElement!.style.colorScheme = "dark";
      await expect(element).to.be.accessible();
    });
  }

  it("says how each address fares and what to do about it", async () => {
    const { root, words } = await scene({});
    await waitUntil(() => words().includes("site.example"));
    const rows = [...root.querySelectorAll("[data-subscription]")].map((row) =>
      row.textContent.replace(/\s+/g, " "),
    );
    expect(rows.length).to.equal(5);
    expect(rows[0]).to.match(
      /site\.example\S+ *Включён.*Синхронизация закончена.*последнее дошло 2 часа назад/,
    );
    expect(rows[1]).to.match(/Не доходит.*3.сообщения в очереди.*Попытки повторяются сами/);
    expect(rows[3]).to.match(/Выключен: не доходило.*12.сообщений в очереди/);
    expect(rows[4]).to.include("ответил 410");
  });

  it("adds an address, shows its secret once, and tells nobody else", async () => {
    const { element, root, press, enter, words, sent } = await scene({ subscriptions: [] });
    await press("[data-action=add]");
    await waitUntil(() => root.activeElement?.id === "url");
    enter("  https://site.example/new ");
    root.querySelector<HTMLInputElement>("[value='sync.schema.changed']")!.click();
    await element.updateComplete;
    setTimeout(() => press("[type=submit]"));
    const { detail } = await oneEvent(element, "b24-subscription-created");
    expect(JSON.stringify(detail)).not.to.include("whsec_");
    expect(JSON.parse(sent("POST")[0]!.replace(/^\S+ \S+ /, ""))).to.deep.equal({
      url: "https://site.example/new",
      events: ["sync.run.finished", "sync.run.failed"],
    });
    await waitUntil(() => root.activeElement?.matches(".secret button"));
    expect(root.querySelector(".secret code")!.textContent).to.equal(
      "whsec_sample-secret-that-is-shown-once",
    );
    await expect(element).to.be.accessible();
    await press("[data-action=done]");
    expect(words()).not.to.include("whsec_");
    expect(words()).to.include("https://site.example/new");
  });

  it("says beside the fields what is missing, and sends nothing", async () => {
    const { element, root, press, words, sent } = await scene({});
    await press("[data-action=add]");
    for (const box of root.querySelectorAll<HTMLInputElement>("[name=events]")) box.click();
    await element.updateComplete;
    await press("[type=submit]");
    expect(root.querySelector("#url-wrong")!.textContent).to.include("Введите адрес целиком");
    expect(words()).to.include("Отметьте хотя бы одно событие.");
    await waitUntil(() => root.activeElement?.id === "url");
    expect(sent("POST")).to.deep.equal([]);
  });

  it("says beside the address that it may not be called, and keeps it", async () => {
    const { root, press, enter } = await scene({ subscribe: "address_refused" });
    await press("[data-action=add]");
    enter("http://10.0.0.1/hook");
    await press("[type=submit]");
    await waitUntil(() => root.querySelector("#url-wrong")?.textContent.includes("отправлять нельзя"));
    await waitUntil(() => root.activeElement?.id === "url");
    expect(root.querySelector<HTMLInputElement>("#url")!.value).to.equal("http://10.0.0.1/hook");
  });

  it("sends a test and tells what became of it", async () => {
    const { press, words, focused } = await scene({});
    await press(`${FIRST} [data-action=test]`);
    await waitUntil(() => words().includes("Проба дошла: ответ 200 за 120 мс."));
    await focused("test");
    const failed = await scene({ test: refusedDelivery() });
    await failed.press(`${FIRST} [data-action=test]`);
    await waitUntil(() => failed.words().includes("Проба не дошла"));
    expect(failed.root.querySelector("[part=result]")!.textContent).to.include("ECONNREFUSED");
  });

  it("switches off and on", async () => {
    const { press, root, words, sent, focused } = await scene({});
    await press(`${FIRST} [data-action=switch]`);
    await waitUntil(() => words().includes("example/hooks/b24kit выключен."));
    await waitUntil(() => root.querySelector(`${FIRST} [part=badge]`)!.textContent === "Выключен");
    await focused("switch");
    await press(`${FIRST} [data-action=switch]`);
    await waitUntil(() => root.querySelector(`${FIRST} [part=badge]`)!.textContent === "Включён");
    expect(sent("PATCH").map((one) => one.replace(/^.*? (?=\{)/, ""))).to.deep.equal([
      '{"enabled":false}',
      '{"enabled":true}',
    ]);
  });

  it("deletes after asking, and gives the keyboard back", async () => {
    const { press, root, sent, focused, words } = await scene({});
    await press(`${FIRST} [data-action=remove]`);
    await focused("no");
    await press("[data-action=no]");
    await focused("remove");
    expect(sent("DELETE")).to.deep.equal([]);
    await press(`${FIRST} [data-action=remove]`);
    await press("[data-action=yes]");
    await waitUntil(() => words().includes("удалён."));
    await waitUntil(() => root.querySelector(FIRST) === null);
    await focused("add");
    expect(sent("DELETE")).to.deep.equal(["DELETE /api/v1/subscriptions/1"]);
  });

  it("lets the page keep an address as it is", async () => {
    const { element, press, sent } = await scene({});
    for (const name of ["b24-subscription-switch", "b24-subscription-remove"])
      element.addEventListener(name, (event) => event.preventDefault());
    await press(`${FIRST} [data-action=switch]`);
    await press(`${FIRST} [data-action=remove]`);
    await press("[data-action=yes]");
    expect([...sent("PATCH"), ...sent("DELETE")]).to.deep.equal([]);
  });

  it("says beside the address that it could not be deleted", async () => {
    const { root, press } = await scene({ unsubscribe: "internal" });
    await press(`${FIRST} [data-action=remove]`);
    await press("[data-action=yes]");
    await waitUntil(() => root.querySelector(`${FIRST} [part=error]`));
  });

  it("reads the log when it is unfolded, and says why a message did not arrive", async () => {
    const { root, press, sent } = await scene({});
    await press(`${FIRST} summary`);
    await waitUntil(() => root.querySelectorAll("[data-delivery]").length === 3);
    const [waiting, arrived] = [...root.querySelectorAll("[data-delivery]")].map((line) =>
      line.textContent.replace(/\s+/g, " "),
    );
    expect(waiting).to.match(/В очереди.*4.попытки · следующая через 1 час.*Адрес вебхука недоступен/);
    expect(arrived).to.match(/Дошло.*Сделки, запуск № 42.*ответ 200 · 120 мс/);
    expect(sent("GET").filter((one) => one.includes("/deliveries")).length).to.equal(1);
  });

  it("says in the log that it could not be read", async () => {
    const { root, press } = await scene({ deliveries: "internal" });
    await press(`${FIRST} summary`);
    await waitUntil(() => root.querySelector(`${FIRST} details [part=error]`));
  });

  it("speaks English and fits into 280 px", async () => {
    const { element, press, words, root } = await scene({}, "en", 280);
    await press("[data-action=add]");
    await press(`${FIRST} summary`);
    await waitUntil(() => root.querySelector("[data-delivery]"));
    expect(words()).not.to.match(/[а-яё]/i);
    expect(element.scrollWidth).to.be.at.most(280);
  });
});
