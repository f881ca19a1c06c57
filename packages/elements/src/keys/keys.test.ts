import { expect, fixture, html, oneEvent } from "@open-wc/testing";
import { sampleContext } from "../../../../stories/sample/context.ts";
import { type DeskOptions, deskApi } from "../../../../stories/sample/desk.ts";
import { waitUntil } from "../../../../test/wait-until.ts";
import type { Language } from "../core/index.ts";
import type { B24Keys } from "./keys.ts";
import "./keys.define.ts";

async function scene(options: DeskOptions, language: Language = "ru", width = 700) {
  const api = deskApi(options);
  const parentNode = sampleContext({ client: api.client, language });
  parentNode.style.width = `${width}px`;
  document.body.append(parentNode);
  const element = await fixture<B24Keys>(html`<b24-keys></b24-keys>`, { parentNode });
  const root = element.shadowRoot!;
  const words = () => root.textContent.replace(/\s+/g, " ").trim();
  const press = async (selector: string) => {
    await waitUntil(() => root.querySelector(selector), selector);
    root.querySelector<HTMLElement>(selector)!.click();
    await element.updateComplete;
  };
  const name = (value: string) => {
    const field = root.querySelector<HTMLInputElement>("#name")!;
    field.value = value;
    field.dispatchEvent(new InputEvent("input"));
  };
  return { api, element, root, words, press, name };
}

const sent = (asked: string[], method: string) => asked.filter((one) => one.startsWith(`${method} `));

describe("<b24-keys>", () => {
  const states: [string, DeskOptions, string[]][] = [
    ["with keys in every state", {}, ["summary"]],
    ["without keys", { keys: [] }, []],
    ["with the form open", {}, ["[data-action=add]"]],
    ["while it asks before revoking", {}, ["[data-action=revoke]"]],
    ["before anything came", { keys: "silent" }, []],
    ["without rights", { keys: "forbidden" }, []],
    ["with an error", { keys: "internal" }, []],
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

  it("lists what each key may and how it was used, those that ended folded", async () => {
    const { root, words } = await scene({});
    await waitUntil(() => words().includes("Сайт"));
    const rows = [...root.querySelectorAll(".card > ul [data-key]")].map((row) =>
      row.textContent.replace(/\s+/g, " "),
    );
    expect(rows.length).to.equal(2);
    expect(rows[0]).to.match(/Сайт Действует .*Читать данные .*b24k_site00001….*использован 2 часа назад/);
    expect(rows[1]).to.include("ещё не использовался");
    expect(root.querySelector("summary")!.textContent).to.match(/2.недействующих ключа/);
  });

  it("makes a key, shows its secret once, and tells nobody else", async () => {
    const { api, element, root, press, name, words } = await scene({ keys: [] });
    await press("[data-action=add]");
    await waitUntil(() => root.activeElement?.id === "name");
    name("  Сайт ");
    root.querySelector<HTMLInputElement>("[value='sync:run']")!.click();
    const term = root.querySelector<HTMLSelectElement>("#term")!;
    term.value = "90";
    term.dispatchEvent(new Event("change"));
    await element.updateComplete;
    setTimeout(() => press("[type=submit]"));
    const { detail } = await oneEvent(element, "b24-key-created");
    expect(JSON.stringify(detail)).not.to.include("secret-that");
    const request = JSON.parse(sent(api.asked, "POST")[0]!.replace(/^\S+ \S+ /, ""));
    expect(request.name).to.equal("Сайт");
    expect(request.rights).to.deep.equal(["data:read", "sync:run"]);
    expect(Date.parse(request.expiresAt) - Date.now()).to.be.within(89.9 * 86_400_000, 90 * 86_400_000);
    await waitUntil(() => root.activeElement?.getAttribute("data-action") === "copy");
    expect(root.querySelector("code.key")!.textContent).to.equal(
      "b24k_newkey001_sample-secret-that-is-shown-once",
    );
    await expect(element).to.be.accessible();
    await press("[data-action=done]");
    expect(words()).not.to.include("secret-that");
    expect(words()).to.include("Сайт");
  });

  it("says what is missing in the form, and sends nothing", async () => {
    const { api, element, root, press, words } = await scene({});
    await press("[data-action=add]");
    root.querySelector<HTMLInputElement>("[value='data:read']")!.click();
    await element.updateComplete;
    await press("[type=submit]");
    expect(words()).to.include("Назовите ключ.");
    expect(words()).to.include("Отметьте хотя бы одно право.");
    await waitUntil(() => root.activeElement?.id === "name");
    expect(sent(api.asked, "POST")).to.deep.equal([]);
    await expect(element).to.be.accessible();
  });

  it("keeps what was entered when the API refuses", async () => {
    const { root, press, name, words } = await scene({ create: "forbidden" });
    await press("[data-action=add]");
    name("Сайт");
    await press("[type=submit]");
    await waitUntil(() => words().includes("Недостаточно прав"));
    expect(root.querySelector<HTMLInputElement>("#name")!.value).to.equal("Сайт");
  });

  it("revokes after asking, and gives the keyboard back", async () => {
    const { api, root, press, words } = await scene({});
    await press("[data-key=site00001] [data-action=revoke]");
    await waitUntil(() => root.activeElement?.getAttribute("data-action") === "no");
    await press("[data-action=no]");
    expect(sent(api.asked, "DELETE")).to.deep.equal([]);
    await waitUntil(() => root.activeElement?.getAttribute("aria-label") === "Отозвать ключ «Сайт»");
    await press("[data-key=site00001] [data-action=revoke]");
    await press("[data-action=yes]");
    await waitUntil(() => words().includes("Ключ «Сайт» отозван."));
    expect(sent(api.asked, "DELETE")).to.deep.equal(["DELETE /api/v1/keys/site00001"]);
    await waitUntil(() => root.querySelectorAll(".card > ul [data-key]").length === 1);
  });

  it("lets the page keep a key", async () => {
    const { api, element, press } = await scene({});
    element.addEventListener("b24-key-revoke", (event) => event.preventDefault());
    await press("[data-action=revoke]");
    await press("[data-action=yes]");
    expect(sent(api.asked, "DELETE")).to.deep.equal([]);
  });

  it("says beside the key that it could not be revoked", async () => {
    const { root, press } = await scene({ revoke: "internal" });
    await press("[data-key=site00001] [data-action=revoke]");
    await press("[data-action=yes]");
    await waitUntil(() => root.querySelector("[data-key=site00001] [part=error]"));
  });

  it("speaks English and fits into 280 px", async () => {
    const { element, press, words } = await scene({ keys: [] }, "en", 280);
    await press("[data-action=add]");
    expect(words()).not.to.match(/[а-яё]/i);
    expect(element.scrollWidth).to.be.at.most(280);
  });
});
