import "@b24kit/elements/portal/install/install.define.ts";
import type { B24Install } from "@b24kit/elements/portal/install/install.ts";
import type { Meta, StoryObj } from "@storybook/web-components-vite";
import { staged } from "../sample/story.ts";

const meta: Meta<B24Install> = { title: "Portal/Install", component: "b24-install" };
export default meta;

type Story = StoryObj<B24Install>;

const SCOPES = "crm placement user_brief";

const story = (properties: Partial<B24Install>, setting: Parameters<typeof staged>[2] = {}): Story => ({
  render: (args, context) => {
    const host = staged<B24Install>("b24-install", properties, setting)(args, context);
    // The catalogue stays where it is.
    host.addEventListener("submit", (event) => event.preventDefault());
    return host;
  },
});

/** Sends the form with what is entered. */
const sent =
  (domain: string) =>
  async ({ canvasElement }: { canvasElement: HTMLElement }) => {
    const element = canvasElement.querySelector("b24-install")!;
    await element.updateComplete;
    const field = element.shadowRoot!.querySelector<HTMLInputElement>("#domain")!;
    field.value = domain;
    field.dispatchEvent(new InputEvent("input"));
    const form = element.shadowRoot!.querySelector("form")!;
    form.addEventListener("submit", (event) => event.preventDefault());
    form.requestSubmit();
  };

const DONE: Partial<B24Install> = {
  stage: "done",
  domain: "romashka.bitrix24.ru",
  scopes: SCOPES,
  buttons: 8,
  events: 12,
};

export const Idle: Story = story({ scopes: SCOPES });
export const PastedAddress: Story = story({
  scopes: SCOPES,
  domain: "https://romashka.bitrix24.ru/crm/deal/kanban/",
});
export const NothingEntered: Story = { ...story({ scopes: SCOPES }), play: sent("") };
export const OneWord: Story = { ...story({ scopes: SCOPES }), play: sent("romashka") };
export const SiteOfBitrix24: Story = { ...story({ scopes: SCOPES }), play: sent("https://www.bitrix24.ru/") };
export const Redirecting: Story = { ...story({ scopes: SCOPES }), play: sent("romashka.bitrix24.ru") };
export const Installing: Story = story({ stage: "installing" });
export const Done: Story = story(DONE);
export const OneStepLeft: Story = story({ ...DONE, unfinished: true });
export const DoneInFrame: Story = story({ ...DONE, finish: true });
export const NotAPortal: Story = story({
  stage: "failed",
  error: "portal_domain_invalid",
  detail: "example.com",
});
export const PortalDown: Story = story({
  stage: "failed",
  error: "portal_unreachable",
  detail: "connect ETIMEDOUT",
});
export const MissingScope: Story = story({
  stage: "failed",
  error: "insufficient_scope",
  detail: "placement",
});
export const TooOld: Story = story({ stage: "failed", error: "install_state_invalid" });
export const NotConfigured: Story = story({ stage: "failed", error: "application_not_configured" });
export const NotInstalledHere: Story = story({
  stage: "failed",
  error: "unknown_portal",
  framed: true,
  requestId: "req-7f3a",
});
export const OpenedOutside: Story = story({ stage: "outside" });
export const English: Story = story({ scopes: SCOPES }, { language: "en" });
export const Dark: Story = story(DONE, { theme: "dark" });
export const Narrow: Story = story({ scopes: SCOPES }, { width: 280 });
