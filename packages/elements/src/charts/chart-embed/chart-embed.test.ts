import { expect } from "@open-wc/testing";
import { type ChartsApi, chartsClient, savedSample } from "../../../../../stories/sample/charts-client.ts";
import { sampleContext } from "../../../../../stories/sample/context.ts";
import { waitUntil } from "../../../../../test/wait-until.ts";
import type { B24ChartEmbed } from "./chart-embed.ts";
import "./chart-embed.define.ts";
import { pictureCode } from "./embed-codes.ts";

const { id, name } = savedSample[0]!;

async function embed(api: ChartsApi = {}, language: "ru" | "en" = "ru") {
  const { client, asked } = chartsClient(api);
  const host = sampleContext({ client, language });
  document.body.append(host);
  const element = document.createElement("b24-chart-embed");
  Object.assign(element, { chartId: id, name });
  host.append(element);
  element.show();
  await waitUntil(() => one(element, "dialog[open]"), "open");
  return { element, asked, host };
}
const one = (element: B24ChartEmbed, selector: string) =>
  element.renderRoot.querySelector<HTMLElement>(selector)!;
const code = (element: B24ChartEmbed) => one(element, ".copy-line code").textContent;
const choose = async (element: B24ChartEmbed, name: string, value: string) => {
  one(element, `input[name="${name}"][value="${value}"]`).click();
  await element.updateComplete;
};

describe("<b24-chart-embed>", () => {
  it("shows the code of a live chart beside its look, accessibly in both languages", async () => {
    for (const language of ["ru", "en"] as const) {
      const { element, host } = await embed({}, language);
      expect(code(element)).to.contain('<script src="https://api.example/b24.js" async>');
      expect(code(element)).to.contain(`<b24-ai-chart chart-id="${id}" readonly>`);
      await waitUntil(
        () => one(element, "b24-chart-picture").shadowRoot?.querySelector(".card > svg"),
        "drawn",
      );
      await choose(element, "form", "element");
      expect(code(element)).to.equal(`<b24-ai-chart chart-id="${id}" readonly></b24-ai-chart>`);
      await choose(element, "form", "picture");
      await expect(element).to.be.accessible();
      host.remove();
    }
  });

  it("makes an address of a picture, gives its code, and ends it", async () => {
    const { element, asked, host } = await embed({}, "en");
    await choose(element, "form", "picture");
    await choose(element, "hours", "720");
    await waitUntil(() => one(element, "[data-revoke]"), "listed");
    one(element, '[data-action="make"]').click();
    await waitUntil(() => one(element, ".copy-line"), "made");
    const make = asked.find(({ path }) => path === `POST saved/${id}/picture-links`);
    expect(make?.body).to.deep.equal({ expiresInHours: 720 });
    expect(code(element)).to.match(
      /^<img src="https:\/\/b24\.example\.com\/[^"]+\?locale=en&amp;timeZone=Europe%2FMoscow&amp;theme=light&amp;width=640" alt="/,
    );
    await choose(element, "theme", "auto");
    expect(code(element)).to.match(/^<picture>\n {2}<source srcset="[^"]+theme=dark[^"]+" media=/);
    await expect(element).to.be.accessible();
    one(element, "[data-revoke]").click();
    await waitUntil(() => !one(element, ".copy-line"), "ended");
    expect(asked.at(-1)?.path).to.match(/^DELETE picture-links\//);
    host.remove();
  });

  it("says what making an address failed with", async () => {
    const { element, host } = await embed({ pictureLink: "forbidden" });
    await choose(element, "form", "picture");
    await waitUntil(() => one(element, '[part="error"]'), "told");
    await expect(element).to.be.accessible();
    host.remove();
  });

  it("puts a name that holds markup into the code as text", () => {
    const picture = {
      url: "https://a.example/p",
      theme: "light",
      locale: "ru",
      timeZone: "UTC",
      width: 640,
    } as const;
    const made = pictureCode({ ...picture, name: `"><script>alert(1)</script>`, height: 400 });
    expect(made).to.contain('alt="&quot;&gt;&lt;script&gt;').and.contain('height="400"');
    expect(made).not.to.contain("<script");
  });
});
