import type { B24Client } from "@b24kit/client";
import { ContextConsumer } from "@lit/context";
import { expect, fixture, html, oneEvent } from "@open-wc/testing";
import { type TemplateResult, html as template } from "lit";
import { waitUntil } from "../../../../test/wait-until.ts";
import { B24Element, clientContext, portalContext, themeContext } from "../core/index.ts";
import type { B24Provider } from "./provider.ts";
import { rememberOrigin } from "./script-origin.ts";
import "./provider.define.ts";

/** An element as any of ours: what it is given shows. */
class Leaf extends B24Element {
  readonly clients = new ContextConsumer(this, { context: clientContext, subscribe: true });
  readonly portals = new ContextConsumer(this, { context: portalContext, subscribe: true });
  readonly themes = new ContextConsumer(this, { context: themeContext, subscribe: true });
  get client(): B24Client | undefined {
    return this.clients.value;
  }
  override render(): TemplateResult {
    return template`<p>${this.locale.language} ${this.locale.format.time(Date.UTC(2026, 4, 12, 9))}</p>`;
  }
}
customElements.define("b24-test-leaf", Leaf);

const leafOf = (provider: Element) => provider.querySelector<Leaf>("b24-test-leaf")!;
const text = (leaf: Leaf) => leaf.shadowRoot!.textContent;

describe("<b24-provider>", () => {
  it("is accessible and takes no room of its own", async () => {
    const element = await fixture<B24Provider>(html`<b24-provider><p>text</p></b24-provider>`);
    await expect(element).to.be.accessible();
    expect(getComputedStyle(element).display).to.equal("contents");
  });

  it("gives the elements inside a client for its address, and another when that changes", async () => {
    const element = await fixture<B24Provider>(
      html`<b24-provider base-url="https://one.example/b24/"><div><b24-test-leaf></b24-test-leaf></div></b24-provider>`,
    );
    const leaf = leafOf(element);
    expect(leaf.client?.baseUrl).to.equal("https://one.example/b24");
    expect(element.client).to.equal(leaf.client);
    element.baseUrl = "/folder";
    await element.updateComplete;
    expect(leaf.client?.baseUrl).to.equal(`${location.origin}/folder`);
  });

  it("reaches elements that were there before it was", async () => {
    const host = await fixture<HTMLElement>(html`<div></div>`);
    host.innerHTML = `<b24-late-provider><b24-test-leaf></b24-test-leaf></b24-late-provider>`;
    const leaf = leafOf(host);
    await leaf.updateComplete;
    expect(leaf.client).to.equal(undefined);
    customElements.define(
      "b24-late-provider",
      class extends (customElements.get("b24-provider") as typeof B24Provider) {},
    );
    await waitUntil(() => leaf.client);
  });

  it("finds the API where the script came from, else at the page's own origin", async () => {
    const own = await fixture<B24Provider>(html`<b24-provider></b24-provider>`);
    expect(own.client?.baseUrl).to.equal(location.origin);
    rememberOrigin("https://cdn.example");
    const foreign = await fixture<B24Provider>(html`<b24-provider></b24-provider>`);
    rememberOrigin(location.origin);
    expect(foreign.client?.baseUrl).to.equal("https://cdn.example");
  });

  it("sets language and time zone for all below, and switches them", async () => {
    const element = await fixture<B24Provider>(
      html`<b24-provider locale="ru" time-zone="Asia/Tokyo"><b24-test-leaf></b24-test-leaf></b24-provider>`,
    );
    const leaf = leafOf(element);
    expect(text(leaf)).to.equal("ru 18:00");
    expect(element.lang).to.equal("ru");
    element.locale = "en";
    await element.updateComplete;
    await leaf.updateComplete;
    expect(text(leaf)).to.equal("en 18:00");
  });

  it("sets the theme by color-scheme, and leaves the page's own where none is named", async () => {
    const element = await fixture<B24Provider>(
      html`<b24-provider><b24-test-leaf></b24-test-leaf></b24-provider>`,
    );
    expect(element.style.colorScheme).to.equal("");
    for (const [theme, scheme] of [
      ["dark", "dark"],
      ["light", "light"],
      ["auto", "light dark"],
    ] as const) {
      element.setAttribute("theme", theme);
      await element.updateComplete;
      expect(element.style.colorScheme).to.equal(scheme);
      expect(leafOf(element).themes.value).to.equal(theme);
    }
    element.setAttribute("theme", "dark");
    await element.updateComplete;
    expect(getComputedStyle(leafOf(element)).getPropertyValue("color-scheme")).to.equal("dark");
  });

  it("names the portal", async () => {
    const element = await fixture<B24Provider>(
      html`<b24-provider portal="a.bitrix24.ru"><b24-test-leaf></b24-test-leaf></b24-provider>`,
    );
    expect(leafOf(element).portals.value).to.equal("a.bitrix24.ru");
  });

  it("takes a client of the page's own", async () => {
    const element = await fixture<B24Provider>(
      html`<b24-provider><b24-test-leaf></b24-test-leaf></b24-provider>`,
    );
    const given = { baseUrl: "given" } as B24Client;
    element.client = given;
    await element.updateComplete;
    expect(leafOf(element).client).to.equal(given);
  });

  it("tells the page that a token cannot be had, in an event", async () => {
    const element = await fixture<B24Provider>(
      html`<b24-provider token-url="/no-such-token"></b24-provider>`,
    );
    const asked = element.client!.sync.status().catch((error) => error);
    const event = await oneEvent(element, "b24-error");
    expect(event.detail.code).to.equal("token_unavailable");
    expect((await asked).code).to.equal("token_unavailable");
  });

  it("asks the page for its token when a request needs one", async () => {
    const element = await fixture<B24Provider>(html`<b24-provider></b24-provider>`);
    let asked = 0;
    element.getToken = () => {
      asked += 1;
      return Promise.reject(new Error("signed out"));
    };
    await element.updateComplete;
    expect(asked).to.equal(0);
    await element.client!.sync.status().catch(() => {});
    expect(asked).to.equal(1);
  });

  it("uses the token that the page came with first, and takes it off the page", async () => {
    const element = await fixture<B24Provider>(
      html`<b24-provider token="first" token-expires="2999-01-01T00:00:00Z" base-url="/nowhere"></b24-provider>`,
    );
    expect(element.hasAttribute("token")).to.equal(false);
    const sent: string[] = [];
    const { fetch: send } = window;
    window.fetch = (_, init) => {
      sent.push(new Headers(init?.headers).get("authorization") ?? "");
      return Promise.resolve(Response.json({}));
    };
    await element.client!.whoami();
    window.fetch = send;
    expect(sent).to.deep.equal(["Bearer first"]);
  });

  it("tells the page that its token was refused", async () => {
    const element = await fixture<B24Provider>(html`<b24-provider></b24-provider>`);
    element.getToken = () => "revoked";
    await element.updateComplete;
    const { fetch: send } = window;
    const problem = {
      code: "unauthenticated",
      title: "",
      status: 401,
      detail: "",
      remedy: "",
      requestId: "r",
      type: "",
    };
    window.fetch = () => Promise.resolve(Response.json(problem, { status: 401 }));
    const told = oneEvent(element, "b24-error");
    await element.client!.whoami().catch(() => {});
    window.fetch = send;
    expect((await told).detail.code).to.equal("unauthenticated");
  });

  it("says so where a frame is promised and no portal is around the page", async () => {
    const element = await fixture<B24Provider>(
      html`<b24-provider frame token-url="/no-such-token"></b24-provider>`,
    );
    const failed = await element.client!.whoami().catch((error) => error);
    expect(failed.detail).to.include("not opened by a portal");
  });

  it("works again after it was moved", async () => {
    const element = await fixture<B24Provider>(
      html`<b24-provider><b24-test-leaf></b24-test-leaf></b24-provider>`,
    );
    const place = await fixture<HTMLElement>(html`<div></div>`);
    place.append(element);
    await element.updateComplete;
    expect(leafOf(element).client).to.equal(element.client);
    expect(element.client).not.to.equal(undefined);
  });
});
