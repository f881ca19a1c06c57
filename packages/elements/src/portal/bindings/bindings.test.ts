import { expect, fixture, html } from "@open-wc/testing";
import { sampleContext } from "../../../../../stories/sample/context.ts";
import { type DeskOptions, deskApi, sampleBindings } from "../../../../../stories/sample/desk.ts";
import { waitUntil } from "../../../../../test/wait-until.ts";
import type { Language } from "../../core/index.ts";
import type { BindingsRestoredEvent } from "../events.ts";
import type { B24Bindings } from "./bindings.ts";
import "./bindings.define.ts";

const TOKEN = "0123456789abcdef0123456789abcdef";

async function scene(options: DeskOptions, language: Language = "ru", width = 720) {
  const api = deskApi(options);
  const parentNode = sampleContext({ client: api.client, language });
  parentNode.style.width = `${width}px`;
  document.body.append(parentNode);
  const element = await fixture<B24Bindings>(html`<b24-bindings></b24-bindings>`, { parentNode });
  const root = element.shadowRoot!;
  const words = () => root.textContent.replace(/\s+/g, " ").trim();
  const find = <E extends HTMLElement = HTMLElement>(selector: string) => root.querySelector<E>(selector);
  const press = async (selector: string) => {
    await waitUntil(() => find(`${selector}:not([disabled])`), selector);
    find(selector)!.click();
    await element.updateComplete;
  };
  const enter = async (value: string) => {
    await waitUntil(() => find("#token"));
    const field = find<HTMLInputElement>("#token")!;
    field.value = value;
    field.dispatchEvent(new InputEvent("input"));
    await element.updateComplete;
  };
  return { api, element, root, words, find, press, enter };
}

describe("<b24-bindings>", () => {
  const states: [string, DeskOptions, string][] = [
    ["with all bindings", {}, "[data-action=restore]"],
    ["without any", { bindings: [] }, "[data-action=restore]"],
    ["for a webhook", { bindings: "app_context_required" }, "[data-action=save]"],
    ["before anything came", { bindings: "silent" }, ""],
    ["without a portal", { bindings: "portal_unreachable" }, ""],
  ];
  for (const [title, options, pressed] of states) {
    it(`is accessible ${title}`, async () => {
      const { element, press } = await scene(options);
      if (pressed) await press(pressed);
      await expect(element).to.be.accessible();
      element.parentElement!.style.colorScheme = "dark";
      await expect(element).to.be.accessible();
    });
  }

  it("names buttons and events in words, and those that lead elsewhere", async () => {
    const strange = { kind: "placement", code: "LEFT_MENU", handler: "https://old.example/x" } as const;
    const { root, words } = await scene({ bindings: [...sampleBindings(), strange] });
    await waitUntil(() => root.querySelectorAll("li").length === 45);
    expect(words()).to.match(/Кнопки 9 .*В списке сделок.*В карточке компании/);
    expect(words()).to.include("LEFT_MENU ведёт на old.example");
    expect(words()).to.match(/События 36 .*Сделка: создание.*Компания: удаление.*Сделка: смена воронки/);
    expect(words())
      .to.include("Контакт: новое поле")
      .and.include("Лид: значения списка")
      .and.not.include("ONCRM");
  });

  it("makes again what is missing, and says what it did", async () => {
    const rebind = { made: sampleBindings().slice(0, 2), removed: sampleBindings().slice(0, 1) };
    const { api, element, words, press, find } = await scene({ bindings: [], rebind });
    let heard = 0;
    element.addEventListener("b24-bindings-restored", ({ detail }: BindingsRestoredEvent) => {
      heard = detail.made.length;
    });
    await waitUntil(() => words().includes("Ничего нет"));
    api.options.bindings = sampleBindings();
    await press("[data-action=restore]");
    await waitUntil(() => find("[part=result]"));
    expect(words()).to.match(/Восстановлено: 2.подписки, убрано устаревших: 1.подписка/);
    expect(words()).to.include("Кнопки 8");
    expect(heard).to.equal(2);
    api.options.rebind = { made: [], removed: [] };
    await press("[data-action=restore]");
    await waitUntil(() => words().includes("Всё на месте"));
  });

  it("says why the portal could not be asked, and keeps the list", async () => {
    const { words, press, find } = await scene({ rebind: "portal_unreachable" });
    await press("[data-action=restore]");
    await waitUntil(() => find("[part=error]"));
    expect(words()).to.include("Кнопки 8");
  });

  it("takes the token of an outgoing webhook where there is no application", async () => {
    const { api, find, press, enter, words, root } = await scene({ bindings: "app_context_required" });
    await waitUntil(() => find("code"));
    expect(find("code")!.textContent).to.equal("https://api.example/api/bitrix24/webhook");
    expect(find("[data-action=restore]")).to.equal(null);
    await enter("short");
    await press("[data-action=save]");
    expect(find("#token-wrong")).not.to.equal(null);
    expect(root.activeElement).to.equal(find("#token"));
    await enter(` ${TOKEN} `);
    await press("[data-action=save]");
    await waitUntil(() => find("[part=result]"));
    expect(api.asked).to.include(`POST /api/v1/webhooks/token {"token":"${TOKEN}"}`);
    expect(words()).to.include("события этого вебхука теперь принимаются");
    expect(find<HTMLInputElement>("#token")!.value).to.equal("");
  });

  it("speaks English and fits into 280 px", async () => {
    for (const options of [{}, { bindings: "app_context_required" }] as const) {
      const { element, words, find } = await scene(options, "en", 280);
      await waitUntil(() => find("li, form"));
      expect(words()).not.to.match(/[а-яё]/i);
      expect(element.scrollWidth).to.be.at.most(280);
    }
  });
});
