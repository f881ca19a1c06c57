import "@b24kit/elements/portal/bindings/bindings.define.ts";
import type { B24Bindings } from "@b24kit/elements/portal/bindings/bindings.ts";
import type { Meta, StoryObj } from "@storybook/web-components-vite";
import { type DeskOptions, deskApi, sampleBindings } from "../sample/desk.ts";
import { staged } from "../sample/story.ts";

const meta: Meta<B24Bindings> = { title: "Portal/Bindings", component: "b24-bindings" };
export default meta;

type Story = StoryObj<B24Bindings>;

const story = (options: DeskOptions, setting: Parameters<typeof staged>[2] = {}): Story => ({
  render: staged<B24Bindings>("b24-bindings", {}, { client: deskApi(options).client, ...setting }),
});

const done =
  (token: string | undefined, press: string) =>
  async ({ canvasElement }: { canvasElement: HTMLElement }) => {
    const root = () => canvasElement.querySelector("b24-bindings")!.shadowRoot!;
    while (!root().querySelector(press)) await new Promise(requestAnimationFrame);
    const field = root().querySelector<HTMLInputElement>("#token");
    if (field && token) {
      field.value = token;
      field.dispatchEvent(new InputEvent("input"));
    }
    root().querySelector<HTMLElement>(press)!.click();
  };

const elsewhere = sampleBindings().map((binding, at) =>
  at % 5 === 0 ? { ...binding, handler: "https://old.example/api/bitrix24/webhook" } : binding,
);
const some = { made: sampleBindings().slice(0, 2), removed: sampleBindings().slice(0, 5) };

export const All: Story = story({});
export const SomeLeadElsewhere: Story = story({ bindings: elsewhere });
export const Nothing: Story = story({ bindings: [] });
export const Restored: Story = { ...story({ rebind: some }), play: done(undefined, "[data-action=restore]") };
export const Complete: Story = { ...story({}), play: done(undefined, "[data-action=restore]") };
export const NotRestored: Story = {
  ...story({ rebind: "portal_unreachable" }),
  play: done(undefined, "[data-action=restore]"),
};
export const WebhookOnly: Story = story({ bindings: "app_context_required" });
export const TokenMissing: Story = {
  ...story({ bindings: "app_context_required" }),
  play: done(undefined, "[data-action=save]"),
};
export const TokenSaved: Story = {
  ...story({ bindings: "app_context_required" }),
  play: done("0123456789abcdef0123456789abcdef", "[data-action=save]"),
};
export const NoRights: Story = story({ bindings: "forbidden" });
export const PortalSilent: Story = story({ bindings: "portal_unreachable" });
export const Loading: Story = story({ bindings: "silent" });
export const English: Story = story({}, { language: "en" });
export const Dark: Story = story({ bindings: elsewhere }, { theme: "dark" });
export const Narrow: Story = story({ bindings: "app_context_required" }, { width: 280 });
