import "@b24kit/elements/portal/applications/applications.define.ts";
import type { B24Applications } from "@b24kit/elements/portal/applications/applications.ts";
import type { Meta, StoryObj } from "@storybook/web-components-vite";
import { type DeskOptions, deskApi } from "../sample/desk.ts";
import { staged } from "../sample/story.ts";

const meta: Meta<B24Applications> = { title: "Portal/Applications", component: "b24-applications" };
export default meta;

type Story = StoryObj<B24Applications>;

const story = (options: DeskOptions, setting: Parameters<typeof staged>[2] = {}): Story => ({
  render: staged<B24Applications>("b24-applications", {}, { client: deskApi(options).client, ...setting }),
});

/** Enters the values in order of the fields, and presses. */
const done =
  (values: string[], ...presses: string[]) =>
  async ({ canvasElement }: { canvasElement: HTMLElement }) => {
    const root = () => canvasElement.querySelector("b24-applications")!.shadowRoot!;
    for (const [at, value] of values.entries()) {
      while (!root().querySelector("form")) await new Promise(requestAnimationFrame);
      const field = root().querySelectorAll("input")[at]!;
      field.value = value;
      field.dispatchEvent(new InputEvent("input"));
    }
    for (const selector of presses) {
      while (!root().querySelector(selector)) await new Promise(requestAnimationFrame);
      root().querySelector<HTMLElement>(selector)!.click();
    }
  };

const KEYS = ["https://romashka.bitrix24.ru", "local.65a1b2c3d4e5f6.12345678", "a-secret-of-many-characters"];
const applications = [
  { url: "https://romashka.bitrix24.ru", clientId: "local.65a1b2c3d4e5f6.12345678" },
  { url: "https://lopuh-s-ochen-dlinnym-imenem.bitrix24.ru", clientId: "local.00f1b2c3d4e5f6.87654321" },
];

export const None: Story = story({});
export const Some: Story = story({ applications, ofSettings: "app.65a1b2c3d4e5f6.10000001" });
export const WhatTheCardNeeds: Story = { ...story({}), play: done([], "summary") };
export const NothingEntered: Story = { ...story({}), play: done([], "[data-action=save]") };
export const Saved: Story = { ...story({}), play: done(KEYS, "[data-action=save]") };
export const Saving: Story = { ...story({ keep: "silent" }), play: done(KEYS, "[data-action=save]") };
export const Refused: Story = { ...story({ keep: "forbidden" }), play: done(KEYS, "[data-action=save]") };
export const Removing: Story = { ...story({ applications }), play: done([], "[data-action=remove]") };
export const Removed: Story = {
  ...story({ applications }),
  play: done([], "[data-action=remove]", "[data-action=yes]"),
};
export const NoRights: Story = story({ applications: "forbidden" });
export const Unreachable: Story = story({ applications: "unreachable" });
export const Loading: Story = story({ applications: "silent" });
export const English: Story = story({ applications }, { language: "en" });
export const Dark: Story = { ...story({ applications }, { theme: "dark" }), play: done([], "summary") };
export const Narrow: Story = { ...story({ applications }, { width: 280 }), play: done([], "summary") };
