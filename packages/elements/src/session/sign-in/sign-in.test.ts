import { expect, fixture, html, oneEvent } from "@open-wc/testing";
import { sampleContext } from "../../../../../stories/sample/context.ts";
import { type DeskOptions, deskApi } from "../../../../../stories/sample/desk.ts";
import { waitUntil } from "../../../../../test/wait-until.ts";
import type { Language } from "../../core/index.ts";
import type { B24SignIn } from "./sign-in.ts";
import "./sign-in.define.ts";

async function scene(options: DeskOptions, language: Language = "ru", width = 420) {
  const api = deskApi(options);
  const parentNode = sampleContext({ client: api.client, language });
  parentNode.style.width = `${width}px`;
  document.body.append(parentNode);
  const element = await fixture<B24SignIn>(html`<b24-sign-in></b24-sign-in>`, { parentNode });
  const root = element.shadowRoot!;
  const words = () => root.textContent.replace(/\s+/g, " ").trim();
  const field = (name: string) => root.querySelector<HTMLInputElement>(`#${name}`)!;
  const enter = (name: string, value: string) => {
    field(name).value = value;
    field(name).dispatchEvent(new InputEvent("input"));
  };
  const send = () => root.querySelector("form")!.requestSubmit();
  await waitUntil(() => options.methods === "silent" || root.querySelector("button"));
  return { api, element, root, words, field, enter, send };
}

const both: DeskOptions = { methods: ["password", "key"] };

describe("<b24-sign-in>", () => {
  const states: [string, DeskOptions][] = [
    ["by key", {}],
    ["by password", both],
    ["while it asks", { methods: "silent" }],
    ["without a server", { methods: "unreachable" }],
  ];
  for (const [name, options] of states) {
    it(`is accessible ${name}`, async () => {
      const { element } = await scene(options);
      await expect(element).to.be.accessible();
      element.parentElement!.style.colorScheme = "dark";
      await expect(element).to.be.accessible();
    });
  }

  it("hands over a key that the API accepts, and forgets it", async () => {
    const { element, enter, send, field } = await scene({ rights: ["data:read"] });
    enter("key", "  b24k_x_y ");
    setTimeout(send);
    const { detail } = await oneEvent(element, "b24-signed-in");
    expect(detail.signedIn).to.deep.equal({ kind: "key", token: "b24k_x_y" });
    expect(detail.session.rights).to.deep.equal(["data:read"]);
    await element.updateComplete;
    expect(field("key").value).to.equal("");
  });

  it("says below the field that a key is not known, and goes there", async () => {
    const { element, enter, send, words, field, root } = await scene({ rights: "unauthenticated" });
    enter("key", "wrong");
    send();
    await waitUntil(() => words().includes("Сервер не знает такого ключа"));
    await waitUntil(() => root.activeElement === field("key"));
    expect(field("key").getAttribute("aria-describedby")).to.include("key-wrong");
    await expect(element).to.be.accessible();
  });

  it("signs a person in by password", async () => {
    const { api, element, enter, send } = await scene(both);
    enter("email", " ivan@example.com");
    enter("password", " с пробелами ");
    setTimeout(send);
    const { detail } = await oneEvent(element, "b24-signed-in");
    expect(detail.signedIn).to.include({ kind: "user", token: "user-token", refreshToken: "refresh" });
    const asked = api.asked.find((one) => one.includes("grant_type=password"))!;
    expect(asked).to.include('{"email":"ivan@example.com","password":" с пробелами "}');
  });

  it("tells what is missing before it asks anybody", async () => {
    const { api, send, words, root, field } = await scene(both);
    const before = api.asked.length;
    send();
    await waitUntil(() => words().includes("Введите адрес почты.") && words().includes("Введите пароль."));
    expect(api.asked.length).to.equal(before);
    await waitUntil(() => root.activeElement === field("email"));
  });

  it("tells a wrong password from a silent service", async () => {
    const { api, enter, send, words } = await scene({ ...both, password: "wrong" });
    enter("email", "a@b.ru");
    enter("password", "x");
    send();
    await waitUntil(() => words().includes("Неверный адрес почты или пароль"));
    api.options.password = "unreachable";
    send();
    await waitUntil(() => words().includes("Сервис входа не отвечает"));
  });

  it("switches the way in, and keeps the keyboard in the form", async () => {
    const { element, root, words, field } = await scene(both);
    [...root.querySelectorAll("button")].at(-1)!.click();
    await waitUntil(() => root.activeElement === field("key"));
    expect(words()).to.include("Войти по почте и паролю");
    await expect(element).to.be.accessible();
  });

  it("says why one has to sign in again", async () => {
    const { element, words } = await scene({});
    element.reason = "token_expired";
    await element.updateComplete;
    expect(words()).to.include("Сеанс истёк");
    element.reason = "unauthenticated";
    await element.updateComplete;
    expect(words()).to.include("Прежний вход больше не действует");
  });

  it("speaks English, and fits into 280 px", async () => {
    const { element, words } = await scene(both, "en", 280);
    expect(words()).to.include("Sign in by an API key");
    expect(words()).not.to.match(/[а-яё]/i);
    expect(element.scrollWidth).to.be.at.most(280);
  });

  it("asks again after the server did not answer", async () => {
    const { api, root, words } = await scene({ methods: "unreachable" });
    api.options.methods = ["key"];
    root.querySelector<HTMLElement>("[part=retry]")!.click();
    await waitUntil(() => words().includes("Ключ API"));
  });
});
