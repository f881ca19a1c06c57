import "@b24kit/elements/portal/portals/portals.define.ts";
import type { B24Portals } from "@b24kit/elements/portal/portals/portals.ts";
import type { Meta, StoryObj } from "@storybook/web-components-vite";
import { type DeskOptions, deskApi, portalOf } from "../sample/desk.ts";
import { staged } from "../sample/story.ts";

const meta: Meta<B24Portals> = { title: "Portal/Portals", component: "b24-portals" };
export default meta;

type Story = StoryObj<B24Portals>;

const story = (options: DeskOptions, setting: Parameters<typeof staged>[2] = {}): Story => ({
  render: staged<B24Portals>("b24-portals", {}, { client: deskApi(options).client, ...setting }),
});

interface Deed {
  /** Selector of a field and what is entered, or of what is pressed. */
  enter?: [selector: string, text: string];
  press?: string;
}

const done =
  (...deeds: Deed[]) =>
  async ({ canvasElement }: { canvasElement: HTMLElement }) => {
    const root = () => canvasElement.querySelector("b24-portals")!.shadowRoot!;
    for (const { enter, press } of deeds) {
      const selector = enter?.[0] ?? press ?? "";
      while (!root().querySelector(`${selector}:not([disabled])`)) await new Promise(requestAnimationFrame);
      const target = root().querySelector<HTMLInputElement>(selector)!;
      if (enter) {
        target.value = enter[1];
        target.dispatchEvent(new InputEvent("input"));
      } else target.click();
    }
  };

const webhook: Deed = { enter: ["#webhook", "https://romashka.bitrix24.ru/rest/1/abcdefgh/"] };
const several = [
  portalOf({ access: ["application", "webhook"], scopes: ["crm", "placement", "user_brief"] }),
  portalOf({
    id: 2,
    host: "vasilek.bitrix24.ru",
    url: "https://vasilek.bitrix24.ru",
    state: "unreachable",
    error: { code: "portal_unreachable", detail: "connect ETIMEDOUT" },
  }),
  portalOf({
    id: 3,
    host: "lopuh-s-ochen-dlinnym-imenem-portala.bitrix24.ru",
    url: "https://lopuh-s-ochen-dlinnym-imenem-portala.bitrix24.ru",
    state: "reauthorise",
    access: ["application"],
    scopes: ["crm"],
    error: { code: "portal_token_expired", detail: "refresh token is dead" },
  }),
];

export const One: Story = story({});
export const Several: Story = story({ portals: several });
export const None: Story = story({ portals: [] });
export const NotAnAddress: Story = {
  ...story({ portals: [] }),
  play: done({ enter: ["#webhook", "romashka.bitrix24.ru"] }, { press: "[data-action=connect]" }),
};
export const RefusedCode: Story = {
  ...story({ portals: [], connect: "portal_credential_rejected" }),
  play: done(webhook, { press: "[data-action=connect]" }),
};
export const Connecting: Story = {
  ...story({ portals: [], connect: "silent" }),
  play: done(webhook, { press: "[data-action=connect]" }),
};
export const Checking: Story = {
  ...story({ check: "silent" }),
  play: done({ press: "[data-action=check]" }),
};
export const Removing: Story = { ...story({}), play: done({ press: "[data-action=remove]" }) };
export const RemovingUnconfirmed: Story = {
  ...story({}),
  play: done({ press: "[data-action=remove]" }, { press: "[data-action=yes]" }),
};
export const Removed: Story = {
  ...story({ portals: several, remove: { rows: 17_500, events: 21, unbound: false } }),
  play: done(
    { press: "[data-action=remove]" },
    { enter: ["#confirm", "romashka.bitrix24.ru"] },
    { press: "[data-action=yes]" },
  ),
};
export const MayOnlyLook: Story = story({ rights: ["data:read"], portals: several });
export const NoneAndNoRight: Story = story({ rights: ["data:read"], portals: [] });
export const NoRights: Story = story({ portals: "forbidden" });
export const Unreachable: Story = story({ portals: "unreachable" });
export const Loading: Story = story({ portals: "silent" });
export const English: Story = story({ portals: several }, { language: "en" });
export const Dark: Story = story({ portals: several }, { theme: "dark" });
export const Narrow: Story = {
  ...story({ portals: several }, { width: 280 }),
  play: done({ press: "[data-action=remove]" }),
};
