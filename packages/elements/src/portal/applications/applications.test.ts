import { expect, fixture, html } from "@open-wc/testing";
import { sampleContext } from "../../../../../stories/sample/context.ts";
import { type DeskOptions, deskApi } from "../../../../../stories/sample/desk.ts";
import { waitUntil } from "../../../../../test/wait-until.ts";
import type { Language } from "../../core/index.ts";
import type { ApplicationKeptEvent } from "../events.ts";
import type { B24Applications } from "./applications.ts";
import "./applications.define.ts";

const SECRET = "a-secret-of-many-characters";
const ROMASHKA = { url: "https://romashka.bitrix24.ru", clientId: "local.65a1b2c3d4e5f6.12345678" };

async function scene(options: DeskOptions, language: Language = "ru", width = 640) {
  const api = deskApi(options);
  const parentNode = sampleContext({ client: api.client, language });
  parentNode.style.width = `${width}px`;
  document.body.append(parentNode);
  const element = await fixture<B24Applications>(html`<b24-applications></b24-applications>`, { parentNode });
  const root = element.shadowRoot!;
  const words = () => root.textContent.replace(/\s+/g, " ").trim();
  const find = <E extends HTMLElement = HTMLElement>(selector: string) => root.querySelector<E>(selector);
  const press = async (selector: string) => {
    await waitUntil(() => find(`${selector}:not([disabled])`), selector);
    find(selector)!.click();
    await element.updateComplete;
  };
  const enter = async (values: Record<string, string>) => {
    for (const [name, value] of Object.entries(values)) {
      await waitUntil(() => find(`#${name}`), name);
      const field = find<HTMLInputElement>(`#${name}`)!;
      field.value = value;
      field.dispatchEvent(new InputEvent("input"));
    }
    await element.updateComplete;
  };
  const sent = (method: string) => api.asked.filter((one) => one.startsWith(`${method} `));
  return { api, element, root, words, find, press, enter, sent };
}

describe("<b24-applications>", () => {
  const states: [string, DeskOptions, string[]][] = [
    ["without any", {}, ["summary"]],
    ["with one", { applications: [ROMASHKA], ofSettings: "app.1.2" }, ["[data-action=remove]"]],
    ["when nothing was entered", {}, ["[data-action=save]"]],
    ["before anything came", { applications: "silent" }, []],
    ["without rights", { applications: "forbidden" }, []],
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

  it("says what is wrong with each field before anybody is asked", async () => {
    const { find, press, enter, sent, root } = await scene({});
    await enter({ url: "romashka", clientId: "123", clientSecret: "short" });
    await press("[data-action=save]");
    for (const name of ["url", "clientId", "clientSecret"])
      expect(find(`#${name}`)!.getAttribute("aria-invalid"), name).to.equal("true");
    await waitUntil(() => root.activeElement === find("#url"));
    expect(sent("POST")).to.deep.equal([]);
    await enter({ url: "https://romashka.bitrix24.ru" });
    expect(find("#url-wrong"), "correcting takes the fault away").to.equal(null);
  });

  it("keeps the keys, shows them no more, and says what comes next", async () => {
    const { element, api, find, press, enter, sent, words } = await scene({});
    const heard: string[] = [];
    element.addEventListener("b24-application-kept", ({ detail }: ApplicationKeptEvent) =>
      heard.push(detail.application.clientId),
    );
    await enter({
      url: " https://Romashka.bitrix24.ru/devops/edit/ ",
      clientId: ` ${ROMASHKA.clientId} `,
      clientSecret: SECRET,
    });
    expect(find<HTMLInputElement>("#clientSecret")!.type).to.equal("password");
    api.options.applications = [ROMASHKA];
    await press("[data-action=save]");
    await waitUntil(() => find("[part=result]"));
    expect(sent("POST")).to.deep.equal([
      `POST /api/v1/portals/applications ${JSON.stringify({ ...ROMASHKA, clientSecret: SECRET })}`,
    ]);
    expect(words()).to.include("Ключи приложения портала romashka.bitrix24.ru сохранены");
    expect(find<HTMLAnchorElement>("[part=result] a")!.href).to.equal(
      "https://api.example/bitrix/oauth/install",
    );
    await waitUntil(() => find("[data-host='romashka.bitrix24.ru']"));
    expect(find<HTMLInputElement>("#clientSecret")!.value).to.equal("");
    expect(element.shadowRoot!.innerHTML).not.to.include(SECRET);
    expect(heard).to.deep.equal([ROMASHKA.clientId]);
  });

  it("keeps what was entered where the server refused it", async () => {
    const { find, press, enter } = await scene({ keep: "database_unavailable" });
    await enter({ ...ROMASHKA, clientSecret: SECRET });
    await press("[data-action=save]");
    await waitUntil(() => find("[part=error]"));
    expect(find<HTMLInputElement>("#clientId")!.value).to.equal(ROMASHKA.clientId);
  });

  it("forgets keys only after it was meant", async () => {
    const { element, api, find, press, sent, words } = await scene({ applications: [ROMASHKA] });
    await press("[data-action=remove]");
    expect(words()).to.include("он остановится в течение часа");
    await press("[data-action=no]");
    expect(sent("DELETE")).to.deep.equal([]);
    element.addEventListener("b24-application-remove", (event) => event.preventDefault(), { once: true });
    await press("[data-action=remove]");
    await press("[data-action=yes]");
    expect(sent("DELETE")).to.deep.equal([]);
    api.options.applications = [];
    await press("[data-action=remove]");
    await press("[data-action=yes]");
    await waitUntil(() => words().includes("Ключи приложения портала romashka.bitrix24.ru забыты"));
    expect(sent("DELETE")).to.deep.equal(["DELETE /api/v1/portals/applications/romashka.bitrix24.ru"]);
    await waitUntil(() => !find("[data-host]"));
  });

  it("tells the addresses that the card in the portal needs", async () => {
    const { root, press } = await scene({});
    await press("summary");
    expect([...root.querySelectorAll("code")].map(({ textContent }) => textContent)).to.deep.equal([
      "https://api.example/api/bitrix24",
      "https://api.example/bitrix/oauth/install",
    ]);
  });

  it("speaks English and fits into 280 px", async () => {
    const { element, press, words } = await scene({ applications: [ROMASHKA] }, "en", 280);
    await press("[data-action=remove]");
    await press("[data-action=save]");
    expect(words()).not.to.match(/[а-яё]/i);
    expect(element.scrollWidth).to.be.at.most(280);
  });
});
