import "@b24kit/elements/keys/keys.define.ts";
import type { B24Keys } from "@b24kit/elements/keys/keys.ts";
import type { Meta, StoryObj } from "@storybook/web-components-vite";
import { type DeskOptions, deskApi } from "../sample/desk.ts";
import { staged } from "../sample/story.ts";

const meta: Meta<B24Keys> = { title: "Home/Keys", component: "b24-keys" };
export default meta;

type Story = StoryObj<B24Keys>;

const story = (options: DeskOptions, setting: Parameters<typeof staged>[2] = {}): Story => ({
  render: staged<B24Keys>("b24-keys", {}, { client: deskApi(options).client, ...setting }),
});

/** Presses one thing after the other, each as soon as it is there. */
const pressed =
  (...selectors: string[]) =>
  async ({ canvasElement }: { canvasElement: HTMLElement }) => {
    const root = () => canvasElement.querySelector("b24-keys")!.shadowRoot!;
    for (const selector of selectors) {
      while (!root().querySelector(selector)) await new Promise(requestAnimationFrame);
      const name = root().querySelector<HTMLInputElement>("#name");
      if (name && selector.includes("submit") && selectors.length > 2) {
        name.value = "Сайт";
        name.dispatchEvent(new InputEvent("input"));
      }
      root().querySelector<HTMLElement>(selector)!.click();
    }
  };

export const Some: Story = story({});
export const None: Story = story({ keys: [] });
export const NewKey: Story = { ...story({}), play: pressed("[data-action=add]") };
export const NothingEntered: Story = { ...story({}), play: pressed("[data-action=add]", "[type=submit]") };
export const Made: Story = { ...story({}), play: pressed("[data-action=add]", "[type=submit]", "code.key") };
export const Refused: Story = {
  ...story({ create: "forbidden" }),
  play: pressed("[data-action=add]", "[type=submit]", "[part=error]"),
};
export const Revoking: Story = { ...story({}), play: pressed("[data-action=revoke]") };
export const NotRevoked: Story = {
  ...story({ revoke: "internal" }),
  play: pressed("[data-action=revoke]", "[data-action=yes]"),
};
export const NoRights: Story = story({ keys: "forbidden" });
export const ServerError: Story = story({ keys: "internal" });
export const Loading: Story = story({ keys: "silent" });
export const English: Story = { ...story({}, { language: "en" }), play: pressed("[data-action=add]") };
export const Dark: Story = {
  ...story({}, { theme: "dark" }),
  play: pressed("[data-action=add]", "[type=submit]", "code.key"),
};
export const Narrow: Story = { ...story({}, { width: 280 }), play: pressed("[data-action=add]") };
