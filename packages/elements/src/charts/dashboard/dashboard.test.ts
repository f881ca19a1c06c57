import { expect, fixture, html, oneEvent } from "@open-wc/testing";
import { boardSample, type ChartsApi, chartsClient } from "../../../../../stories/sample/charts-client.ts";
import { sampleContext } from "../../../../../stories/sample/context.ts";
import { waitUntil } from "../../../../../test/wait-until.ts";
import type { B24Dashboard } from "./dashboard.ts";
import "./dashboard.define.ts";

async function boardOf(
  api: ChartsApi = {},
  properties: Partial<B24Dashboard> = {},
  language: "ru" | "en" = "ru",
) {
  const { client, asked } = chartsClient(api);
  const parentNode = sampleContext({ client, language });
  document.body.append(parentNode);
  const element = Object.assign(document.createElement("b24-dashboard"), properties);
  element.style.inlineSize = "1100px";
  parentNode.append(element);
  await element.updateComplete;
  return { element, asked };
}

const one = (element: B24Dashboard, selector: string) =>
  element.renderRoot.querySelector<HTMLElement>(selector)!;
const all = (element: B24Dashboard, selector: string) => [
  ...element.renderRoot.querySelectorAll<HTMLElement>(selector),
];
const drawn = (element: B24Dashboard) =>
  waitUntil(() => {
    const charts = [...element.renderRoot.querySelectorAll("b24-chart")];
    return charts.length === 4 && charts.every((chart) => chart.shadowRoot?.querySelector(".plot svg path"));
  }, "four charts");
const press = (target: HTMLElement, key: string, more = {}) =>
  target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...more }));

describe("<b24-dashboard>", () => {
  it("draws every chart in its place, accessibly in both languages", async () => {
    for (const language of ["ru", "en"] as const) {
      const { element } = await boardOf({}, {}, language);
      await drawn(element);
      expect(all(element, ".tile").map((tile) => getComputedStyle(tile).gridColumnStart)).to.deep.equal([
        "1",
        "9",
        "1",
        "7",
      ]);
      await expect(element).to.be.accessible();
      element.remove();
    }
  });

  it("draws its charts anew in the language that the reader takes", async () => {
    const { element, asked } = await boardOf();
    await drawn(element);
    const locales = () =>
      asked
        .filter(({ path }) => path.endsWith("/run"))
        .map(({ body }) => (body as { locale?: string }).locale);
    expect(new Set(locales())).to.deep.equal(new Set(["ru"]));
    element.lang = "en";
    element.requestUpdate();
    await waitUntil(() => locales().slice(-4).join() === "en,en,en,en", "asked in English");
    expect(locales()).to.have.length(8);
  });

  it("lets a filter reach every chart", async () => {
    const { element, asked } = await boardOf();
    await drawn(element);
    const from = one(element, "[name=from]") as HTMLInputElement;
    from.value = "2026-01-01";
    from.dispatchEvent(new Event("change"));
    const runs = () =>
      asked.filter(
        ({ path, body }) =>
          path.endsWith("/run") && (body as { filters?: { from?: string } }).filters?.from === "2026-01-01",
      );
    await waitUntil(() => runs().length === 4, "all four");
    await waitUntil(() => one(element, "[data-action=reset]"), "can be reset");
  });

  it("is arranged by keys, says where a card is, and keeps it", async () => {
    const { element, asked } = await boardOf();
    await drawn(element);
    one(element, "[data-action=edit]").click();
    await element.updateComplete;
    await expect(element).to.be.accessible();
    const handle = all(element, "[data-move]")[0]!;
    press(handle, "ArrowLeft", { shiftKey: true });
    await element.updateComplete;
    press(handle, "ArrowDown");
    await element.updateComplete;
    expect(one(element, "[aria-live]").textContent).to.match(
      /^Сумма сделок по месяцам: столбец 1, строка \d+, ширина 7/,
    );
    const saved = oneEvent(element, "b24-dashboard-saved");
    one(element, "[data-action=save]").click();
    await saved;
    const put = asked.find(({ path }) => path.startsWith("PUT dashboards/"))!.body as {
      version: number;
      tiles: { width: number }[];
    };
    expect(put.version).to.equal(3);
    expect(put.tiles[0]!.width).to.equal(7);
    expect(one(element, ".editing")).to.equal(null);
  });

  it("is arranged by the pointer, and forgets it when cancelled", async () => {
    const { element } = await boardOf();
    await drawn(element);
    one(element, "[data-action=edit]").click();
    await element.updateComplete;
    const handle = all(element, "[data-move]")[1]!;
    handle.setPointerCapture = () => {};
    const drag = (type: string, clientX: number, clientY: number) =>
      handle.dispatchEvent(
        new PointerEvent(type, {
          clientX,
          clientY,
          button: 0,
          pointerId: 1,
          bubbles: true,
          cancelable: true,
        }),
      );
    drag("pointerdown", 900, 10);
    drag("pointermove", 900 - 1100 * 0.66, 10);
    await element.updateComplete;
    expect(
      getComputedStyle(all(element, ".tile").find((tile) => tile.getAttribute("aria-label") === "Воронка")!)
        .gridColumnStart,
    ).to.equal("1");
    drag("pointerup", 0, 10);
    one(element, "[data-action=cancel]").click();
    await element.updateComplete;
    expect(getComputedStyle(all(element, ".tile")[1]!).gridColumnStart).to.equal("9");
  });

  it("offers to be made of what the data is ready for", async () => {
    const { element, asked } = await boardOf({ boards: [] });
    await waitUntil(() => one(element, "[data-action=make]"), "offer");
    await expect(element).to.be.accessible();
    one(element, "[data-action=make]").click();
    await waitUntil(() => asked.some(({ path }) => path.startsWith("PUT dashboards/")), "made");
    expect(asked.filter(({ path }) => path === "POST saved")).to.have.length(6);
  });

  it("says that the first sync comes first where there is nothing to be made of", async () => {
    const { element } = await boardOf({ boards: [], suggestions: [] });
    await waitUntil(
      () => one(element, ".state")?.textContent?.includes("после первой синхронизации"),
      "said",
    );
    expect(one(element, "[data-action=make]")).to.equal(null);
  });

  it("makes a link for strangers and shows it once", async () => {
    const { element, asked } = await boardOf();
    await drawn(element);
    one(element, "[data-action=share]").click();
    await waitUntil(() => one(element, "dialog[open]"), "dialog");
    await expect(element).to.be.accessible();
    one(element, ".dialog [type=submit]").click();
    await waitUntil(() => one(element, ".link"), "link");
    expect(asked.find(({ path }) => path.endsWith("/links") && path.startsWith("POST"))!.body).to.deep.equal({
      expiresInHours: 168,
      password: null,
      filters: null,
    });
    await expect(element).to.be.accessible();
  });

  it("shows how links and embeddings are used, and ends and allows an embedding", async () => {
    const { element, asked } = await boardOf();
    await drawn(element);
    one(element, "[data-action=share]").click();
    await waitUntil(() => one(element, "[data-embed]"), "embedding");
    const facts = all(element, ".facts").map(({ textContent }) => textContent!.replace(/\s+/g, " ").trim());
    expect(facts[0]).to.match(/открыта 3 раза.*последний раз/);
    expect(facts[1]).to.match(/partners\.example\.com.*просмотрен 41 раз.*последний раз .* с https:/);
    await expect(element).to.be.accessible();
    one(element, "[data-embed]").click();
    await waitUntil(() => /отозвано/.test(one(element, ".embeds").textContent!), "revoked");
    expect(asked.find(({ path }) => path.startsWith("PATCH embeds/"))!.body).to.deep.equal({ revoked: true });
    one(element, "[data-embed]").click();
    await waitUntil(() => !/отозвано/.test(one(element, ".embeds").textContent!), "allowed");
  });

  it("asks a stranger for the password, and shows the board with the link's own token", async () => {
    const { element, asked } = await boardOf({ password: "secret" }, { link: "signed" });
    await waitUntil(() => one(element, ".locked"), "locked");
    await expect(element).to.be.accessible();
    const enter = async (text: string) => {
      const field = one(element, ".locked input") as HTMLInputElement;
      field.value = text;
      field.dispatchEvent(new InputEvent("input"));
      await element.updateComplete;
      one(element, ".locked [type=submit]").click();
    };
    await enter("wrong");
    await waitUntil(() => one(element, ".wrong"), "wrong password");
    await enter("secret");
    await drawn(element);
    expect(one(element, "[data-action=edit], [data-action=share]")).to.equal(null);
    expect(asked.some(({ path }) => path === "GET catalogue")).to.equal(false);
  });

  it("draws its charts anew by the clock, and asks for nothing else", async () => {
    const ticks: (() => void)[] = [];
    const real = window.setInterval;
    window.setInterval = ((tick: () => void, ms?: number) => {
      if (ms === 60_000) ticks.push(tick);
      return real(() => {}, 3_600_000);
    }) as typeof window.setInterval;
    try {
      const { element, asked } = await boardOf({}, { refresh: 60 });
      await drawn(element);
      const count = (part: string) => asked.filter(({ path }) => path.endsWith(part)).length;
      const before = [count("/run"), count("catalogue"), count("suggest")];
      ticks.at(-1)!();
      await waitUntil(() => count("/run") === before[0]! + 4, "drawn by the clock");
      expect([count("catalogue"), count("suggest")]).to.deep.equal(before.slice(1));
    } finally {
      window.setInterval = real;
    }
  });

  it("fills the screen with big charts, page after page", async () => {
    const { element } = await boardOf();
    await drawn(element);
    element.requestFullscreen = () => Promise.reject(new Error("not allowed here"));
    one(element, "[data-action=tv]").click();
    await waitUntil(() => one(element, ".tv"), "whole screen");
    expect(all(element, ".filters, [data-action=edit]")).to.have.length(0);
    press(document.body, "Escape");
    await waitUntil(() => !one(element, ".tv"), "left");
  });

  it("says what is wrong, and tries again", async () => {
    const parentNode = sampleContext({ language: "ru" });
    document.body.append(parentNode);
    const loading = await fixture<B24Dashboard>(html`<b24-dashboard></b24-dashboard>`, { parentNode });
    expect(all(loading, ".ghost")).to.have.length(4);
    const { element } = await boardOf({}, { dashboardId: "00000000-0000-4000-8000-000000000999" });
    await waitUntil(() => one(element, ".state"), "failed");
    await expect(element).to.be.accessible();
    element.dashboardId = boardSample.id;
    await drawn(element);
  });
});
