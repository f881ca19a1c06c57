import { expect, oneEvent } from "@open-wc/testing";
import { type ChartsApi, chartsClient } from "../../../../../stories/sample/charts-client.ts";
import { sampleContext } from "../../../../../stories/sample/context.ts";
import { waitUntil } from "../../../../../test/wait-until.ts";
import "./chart-settings.define.ts";

async function settingsOf(api: ChartsApi = {}, language: "ru" | "en" = "ru") {
  const { client, asked } = chartsClient(api);
  const parentNode = sampleContext({ client, language });
  document.body.append(parentNode);
  const element = document.createElement("b24-chart-settings");
  parentNode.append(element);
  const root = () => element.renderRoot as ShadowRoot;
  await waitUntil(() => root().querySelector("form, .state"), "loaded");
  const one = (selector: string) => root().querySelector<HTMLInputElement>(selector)!;
  const type = async (text: string) => {
    one("#tokens").value = text;
    one("#tokens").dispatchEvent(new InputEvent("input"));
    await element.updateComplete;
  };
  return { element, asked, one, type, text: () => root().textContent?.replace(/\s+/g, " ") ?? "" };
}

describe("<b24-chart-settings>", () => {
  it("says what the model sees and has cost, and who changed it, accessibly in both languages", async () => {
    for (const language of ["ru", "en"] as const) {
      const { element, one, text } = await settingsOf({}, language);
      expect(one("[value=values]").checked).to.equal(true);
      expect(text()).to.contain("gpt-4o-mini").and.to.contain("anna@example.com");
      await expect(element).to.be.accessible();
    }
  });

  it("sends what was changed and nothing else, and tells the page", async () => {
    const { element, asked, one, type } = await settingsOf();
    expect(one("[type=submit]").disabled).to.equal(true);
    one("[value=schema]").click();
    await type("50 000");
    const saved = oneEvent(element, "b24-chart-settings-saved");
    one("[type=submit]").click();
    expect((await saved).detail.settings.sharing).to.equal("schema");
    expect(asked.find(({ path }) => path === "PUT settings")?.body).to.deep.equal({
      sharing: "schema",
      tokensPerDay: 50_000,
    });
    await waitUntil(() => one(".saved").textContent === "Сохранено", "said");
    expect(asked.filter(({ path }) => path === "GET settings/changes")).to.have.length(2);
  });

  it("takes no budget that is none, and goes back", async () => {
    const { element, one, type } = await settingsOf();
    await type("много");
    expect(one("[type=submit]").disabled).to.equal(true);
    expect(one(".wrong").textContent).to.contain("целое число");
    await expect(element).to.be.accessible();
    one("[data-action=reset]").click();
    await element.updateComplete;
    expect(one("#tokens").value).to.equal("200000");
  });

  it("names the attack that worked, and the missing model", async () => {
    const settings = { sql: "unsafe", sqlReason: "attack worked: read passwords", model: null } as const;
    const { element, text } = await settingsOf({ settings });
    expect(text()).to.contain("read passwords").and.to.contain("OPENAI_API_KEY");
    await expect(element).to.be.accessible();
  });

  it("says that it is for administrators", async () => {
    const { one } = await settingsOf({ changes: "forbidden" });
    expect(one(".state")).to.not.equal(null);
  });
});
