import { expect, fixture, html, oneEvent } from "@open-wc/testing";
import { sampleContext } from "../../../../../stories/sample/context.ts";
import { type DeskOptions, deskApi, portalOf } from "../../../../../stories/sample/desk.ts";
import { waitUntil } from "../../../../../test/wait-until.ts";
import type { Language } from "../../core/index.ts";
import type { B24Portals } from "./portals.ts";
import "./portals.define.ts";

async function scene(options: DeskOptions, language: Language = "ru", width = 700) {
  const api = deskApi(options);
  const parentNode = sampleContext({ client: api.client, language });
  parentNode.style.width = `${width}px`;
  document.body.append(parentNode);
  const element = await fixture<B24Portals>(html`<b24-portals></b24-portals>`, { parentNode });
  const root = element.shadowRoot!;
  const words = () => root.textContent.replace(/\s+/g, " ").trim();
  const find = <E extends HTMLElement = HTMLElement>(selector: string) => root.querySelector<E>(selector);
  const press = async (selector: string) => {
    await waitUntil(() => find(`${selector}:not([disabled])`), selector);
    find(selector)!.click();
    await element.updateComplete;
  };
  const enter = async (selector: string, value: string) => {
    await waitUntil(() => find(selector), selector);
    const field = find<HTMLInputElement>(selector)!;
    field.value = value;
    field.dispatchEvent(new InputEvent("input"));
    await element.updateComplete;
  };
  return { api, element, root, words, find, press, enter };
}

const WEBHOOK = "https://romashka.bitrix24.ru/rest/1/abcdefgh/";
const broken = portalOf({
  state: "reauthorise",
  access: ["application"],
  scopes: ["crm", "placement"],
  error: { code: "insufficient_scope", detail: "crm" },
});
const sent = (asked: string[], method: string) => asked.filter((one) => one.startsWith(`${method} `));

describe("<b24-portals>", () => {
  const states: [string, DeskOptions, string[]][] = [
    ["with a portal", {}, []],
    ["with one that is refused", { portals: [broken] }, []],
    ["without portals", { portals: [] }, []],
    ["before anything came", { portals: "silent" }, []],
    ["without rights", { portals: "forbidden" }, []],
    ["without a server", { portals: "unreachable" }, []],
    ["while it asks before removing", {}, ["[data-action=remove]", "[data-action=yes]"]],
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

  it("says how each portal is, how we get in, and what helps", async () => {
    const { element, words, find } = await scene({
      portals: [portalOf(), { ...broken, id: 2, host: "b.bitrix24.ru" }],
    });
    await waitUntil(() => words().includes("b.bitrix24.ru"));
    expect(words()).to.include("romashka.bitrix24.ru Подключён");
    expect(words()).to.include("b.bitrix24.ru Нужен новый доступ");
    expect(words()).to.include("Приложение · права: crm, placement");
    expect(find("[data-portal='2'] [part=error]")!.textContent).to.include("прав");
    expect(find<HTMLAnchorElement>("[data-action=reinstall]")!.href).to.equal(
      "https://api.example/bitrix/oauth/install",
    );
    expect(element.scrollWidth).to.be.at.most(700);
  });

  it("connects a portal, tells the page, and leaves no credential on the screen", async () => {
    const { api, element, find, press, enter } = await scene({ portals: [] });
    await enter("#webhook", ` ${WEBHOOK} `);
    setTimeout(() => press("[data-action=connect]"));
    const { detail } = await oneEvent(element, "b24-portal-connected");
    expect(detail.portal.host).to.equal("romashka.bitrix24.ru");
    expect(sent(api.asked, "POST")).to.deep.equal([`POST /api/v1/portals {"webhookUrl":"${WEBHOOK}"}`]);
    await waitUntil(() => find<HTMLInputElement>("#webhook")?.value === "");
    expect(find("[data-portal='1']")).not.to.equal(null);
  });

  for (const [value, text] of [
    ["", "Вставьте адрес вебхука."],
    ["romashka.bitrix24.ru", "Это не адрес вебхука."],
    ["https://romashka.bitrix24.ru/crm/deal/list/", "Это не адрес вебхука."],
  ] as const) {
    it(`sees by itself that "${value}" is no webhook`, async () => {
      const { api, root, find, press, enter, words } = await scene({ portals: [] });
      await enter("#webhook", value);
      await press("[data-action=connect]");
      expect(words()).to.include(text);
      expect(sent(api.asked, "POST")).to.deep.equal([]);
      await waitUntil(() => root.activeElement === find("#webhook"));
      await enter("#webhook", `${value}x`);
      expect(find("#webhook-wrong"), "correcting it takes the fault away").to.equal(null);
    });
  }

  it("says below the field why the portal refused, and keeps the address to correct", async () => {
    const { find, press, enter } = await scene({ portals: [], connect: "portal_credential_rejected" });
    await enter("#webhook", WEBHOOK);
    await press("[data-action=connect]");
    await waitUntil(() => find("#webhook-wrong"));
    expect(find("#webhook-wrong")!.textContent).to.include("вебхук");
    expect(find("#webhook")!.getAttribute("aria-describedby")).to.include("webhook-wrong");
    expect(find<HTMLInputElement>("#webhook")!.value).to.equal(WEBHOOK);
  });

  it("leads to the installation where only an application can help, also where it was removed", async () => {
    const removed = portalOf({
      state: "reauthorise",
      access: [],
      error: { code: "portal_credential_rejected", detail: "removed" },
    });
    const webhook = portalOf({
      id: 2,
      host: "vasilek.bitrix24.ru",
      state: "reauthorise",
      access: ["webhook"],
    });
    const { root } = await scene({ portals: [removed, broken, webhook] });
    await waitUntil(() => root.querySelectorAll("[data-portal]").length === 3);
    const links = [...root.querySelectorAll("[data-portal]")].map((row) =>
      row.querySelector<HTMLAnchorElement>("[data-action=reinstall]")?.getAttribute("href"),
    );
    expect(links).to.deep.equal([...Array(2).fill("https://api.example/bitrix/oauth/install"), undefined]);
  });

  it("asks a portal again and takes its new state", async () => {
    const { press, words, root } = await scene({ portals: [broken], check: portalOf() });
    await press("[data-action=check]");
    await waitUntil(() => words().includes("Портал romashka.bitrix24.ru: Подключён"));
    expect(root.querySelector("[part=error]")).to.equal(null);
    await waitUntil(() => root.activeElement?.getAttribute("data-action") === "check");
  });

  it("removes a portal only after its name was entered, and says what went", async () => {
    const { api, find, press, enter, words } = await scene({
      portals: [broken],
      remove: { rows: 17_500, events: 21, unbound: false },
    });
    await press("[data-action=remove]");
    await enter("#confirm", "romashka");
    await press("[data-action=yes]");
    expect(find("#confirm-wrong")!.textContent).to.include("Введите точно так: romashka.bitrix24.ru");
    expect(sent(api.asked, "DELETE")).to.deep.equal([]);
    await enter("#confirm", " romashka.bitrix24.ru ");
    await press("[data-action=yes]");
    await waitUntil(() => find("[part=result]"));
    expect(sent(api.asked, "DELETE")).to.deep.equal([
      "DELETE /api/v1/portals/1?confirm=romashka.bitrix24.ru",
    ]);
    expect(words()).to.match(/удалён, а с ним 17.500.записей и 21.событие/);
    expect(words()).to.include("кнопки приложения в нём могли остаться");
    expect(find("[data-portal]")).to.equal(null);
  });

  it("keeps the portal when the person or the page thinks better of it", async () => {
    const { api, element, press, enter, find } = await scene({});
    await press("[data-action=remove]");
    await press("[data-action=no]");
    expect(find("#confirm")).to.equal(null);
    element.addEventListener("b24-portal-remove", (event) => event.preventDefault());
    await press("[data-action=remove]");
    await enter("#confirm", "romashka.bitrix24.ru");
    await press("[data-action=yes]");
    expect(sent(api.asked, "DELETE")).to.deep.equal([]);
  });

  it("shows no more than the rights allow", async () => {
    const { find, words } = await scene({ rights: ["data:read"], portals: [portalOf()] });
    await waitUntil(() => words().includes("romashka"));
    expect(find<HTMLButtonElement>("[data-action=check]")!.disabled).to.equal(true);
    expect(find("[data-action=remove]")).to.equal(null);
    expect(find("#webhook")).to.equal(null);
  });

  it("goes on showing the list when it cannot be read again", async () => {
    const { api, find, words } = await scene({});
    await waitUntil(() => words().includes("romashka"));
    api.options.portals = "unreachable";
    document.dispatchEvent(new Event("visibilitychange"));
    await waitUntil(() => find("[part=stale]"));
    expect(words()).to.include("romashka");
  });

  it("speaks English and fits into 280 px", async () => {
    const { element, press, words } = await scene({ portals: [broken] }, "en", 280);
    await press("[data-action=remove]");
    expect(words()).not.to.match(/[а-яё]/i);
    expect(element.scrollWidth).to.be.at.most(280);
  });
});
