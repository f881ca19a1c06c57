import "@b24kit/elements/subscriptions/subscriptions.define.ts";
import type { B24Subscriptions } from "@b24kit/elements/subscriptions/subscriptions.ts";
import type { Meta, StoryObj } from "@storybook/web-components-vite";
import { type DeskOptions, deskApi } from "../sample/desk.ts";
import { staged } from "../sample/story.ts";
import { refusedDelivery } from "../sample/subscriptions.ts";

const meta: Meta<B24Subscriptions> = { title: "Home/Subscriptions", component: "b24-subscriptions" };
export default meta;

type Story = StoryObj<B24Subscriptions>;

const story = (options: DeskOptions, setting: Parameters<typeof staged>[2] = {}): Story => ({
  render: staged<B24Subscriptions>("b24-subscriptions", {}, { client: deskApi(options).client, ...setting }),
});

/** Presses one thing after the other, each as soon as it is there; the address is entered before it is sent. */
const pressed =
  (address: string, ...selectors: string[]) =>
  async ({ canvasElement }: { canvasElement: HTMLElement }) => {
    const root = () => canvasElement.querySelector("b24-subscriptions")!.shadowRoot!;
    for (const selector of selectors) {
      while (!root().querySelector(selector)) await new Promise(requestAnimationFrame);
      const field = root().querySelector<HTMLInputElement>("#url");
      if (field && address) {
        field.value = address;
        field.dispatchEvent(new InputEvent("input"));
      }
      root().querySelector<HTMLElement>(selector)!.click();
    }
  };

const form = ["[data-action=add]", "[type=submit]"];
const made = pressed("https://site.example/new", ...form, ".secret code");

export const Some: Story = story({});
export const None: Story = story({ subscriptions: [] });
export const NewAddress: Story = { ...story({}), play: pressed("", "[data-action=add]") };
export const NothingEntered: Story = { ...story({}), play: pressed("", ...form) };
export const Refused: Story = {
  ...story({ subscribe: "address_refused" }),
  play: pressed("http://10.0.0.1/hook", ...form),
};
export const NotMade: Story = {
  ...story({ subscribe: "internal" }),
  play: pressed("https://site.example/new", ...form),
};
export const Made: Story = { ...story({}), play: made };
export const TestArrived: Story = { ...story({}), play: pressed("", "[data-action=test]") };
export const TestFailed: Story = {
  ...story({ test: refusedDelivery() }),
  play: pressed("", "[data-action=test]"),
};
export const NotSwitched: Story = {
  ...story({ turn: "internal" }),
  play: pressed("", "[data-action=switch]"),
};
export const Deleting: Story = { ...story({}), play: pressed("", "[data-action=remove]") };
export const Log: Story = { ...story({}), play: pressed("", "summary") };
export const LogEmpty: Story = { ...story({ deliveries: [] }), play: pressed("", "summary") };
export const LogLoading: Story = { ...story({ deliveries: "silent" }), play: pressed("", "summary") };
export const LogUnread: Story = { ...story({ deliveries: "internal" }), play: pressed("", "summary") };
export const NoRights: Story = story({ subscriptions: "forbidden" });
export const ServerError: Story = story({ subscriptions: "internal" });
export const Offline: Story = story({ subscriptions: "unreachable" });
export const Loading: Story = story({ subscriptions: "silent" });
export const English: Story = { ...story({}, { language: "en" }), play: pressed("", "[data-action=add]") };
export const Dark: Story = { ...story({}, { theme: "dark" }), play: made };
export const Narrow: Story = { ...story({}, { width: 280 }), play: pressed("", "summary") };
