import { expect, fixture, html } from "@open-wc/testing";
import { sampleContext } from "../../../../stories/sample/context.ts";
import { type DeskOptions, deskApi } from "../../../../stories/sample/desk.ts";
import { waitUntil } from "../../../../test/wait-until.ts";
import type { Language } from "../core/index.ts";
import type { B24Health } from "./health.ts";
import "./health.define.ts";

async function scene(options: DeskOptions, language: Language = "ru") {
  const api = deskApi(options);
  const parentNode = sampleContext({ client: api.client, language });
  document.body.append(parentNode);
  const element = await fixture<B24Health>(html`<b24-health></b24-health>`, { parentNode });
  const words = () => element.shadowRoot!.textContent.replace(/\s+/g, " ").trim();
  return { api, element, words };
}

describe("<b24-health>", () => {
  const states: [string, DeskOptions, string][] = [
    ["works", {}, "Сервер работает"],
    ["has lost its database", { health: "unavailable" }, "База данных не отвечает"],
    ["does not answer", { health: "unreachable" }, "Сервер не отвечает"],
    ["is being asked", { health: "silent" }, "Проверяем сервер…"],
  ];
  for (const [name, options, text] of states) {
    it(`says accessibly that the server ${name}`, async () => {
      const { element, words } = await scene(options);
      await waitUntil(() => words().includes(text));
      await expect(element).to.be.accessible();
      // It has no ground of its own.
      Object.assign(element.parentElement!.style, { colorScheme: "dark", background: "#262626" });
      await expect(element).to.be.accessible();
    });
  }

  it("names the version and the time that the answer took, also in English", async () => {
    const { words } = await scene({}, "en");
    await waitUntil(() => /The server works version 0\.1\.0 answered in \d+ ms/.test(words()), words());
    expect(words()).not.to.match(/[а-яё]/i);
  });

  it("asks again when the page is looked at again", async () => {
    const { api, words } = await scene({ health: "unreachable" });
    await waitUntil(() => words().includes("не отвечает"));
    api.options.health = "ok";
    document.dispatchEvent(new Event("visibilitychange"));
    await waitUntil(() => words().includes("Сервер работает"));
  });
});
