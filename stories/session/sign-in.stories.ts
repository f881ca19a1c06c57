import "@b24kit/elements/session/sign-in/sign-in.define.ts";
import type { B24SignIn } from "@b24kit/elements/session/sign-in/sign-in.ts";
import type { Meta, StoryObj } from "@storybook/web-components-vite";
import { type DeskOptions, deskApi } from "../sample/desk.ts";
import { staged } from "../sample/story.ts";

const meta: Meta<B24SignIn> = { title: "Home/Sign-in", component: "b24-sign-in" };
export default meta;

type Story = StoryObj<B24SignIn>;
type Setting = Parameters<typeof staged>[2] & { reason?: B24SignIn["reason"] };

const story = (options: DeskOptions, { reason = "", ...setting }: Setting = {}): Story => ({
  render: staged<B24SignIn>("b24-sign-in", { reason }, { client: deskApi(options).client, ...setting }),
});

/** Fills the form and sends it, as a person would. */
const sent =
  (values: Record<string, string>) =>
  async ({ canvasElement }: { canvasElement: HTMLElement }) => {
    const root = () => canvasElement.querySelector("b24-sign-in")!.shadowRoot!;
    while (!root().querySelector("form button")) await new Promise(requestAnimationFrame);
    for (const [name, value] of Object.entries(values)) {
      const field = root().querySelector<HTMLInputElement>(`#${name}`)!;
      field.value = value;
      field.dispatchEvent(new InputEvent("input"));
    }
    root().querySelector("form")!.requestSubmit();
  };

export const ByKey: Story = story({});
export const ByPassword: Story = story({ methods: ["password", "key"] });
export const WrongKey: Story = { ...story({ rights: "unauthenticated" }), play: sent({ key: "wrong" }) };
export const WrongPassword: Story = {
  ...story({ methods: ["password", "key"], password: "wrong" }),
  play: sent({ email: "ivan@example.com", password: "wrong" }),
};
export const NothingEntered: Story = { ...story({ methods: ["password", "key"] }), play: sent({}) };
export const ServiceSilent: Story = {
  ...story({ methods: ["password", "key"], password: "unreachable" }),
  play: sent({ email: "ivan@example.com", password: "x" }),
};
export const SessionEnded: Story = story({}, { reason: "token_expired" });
export const KeyRevoked: Story = story({}, { reason: "unauthenticated" });
export const Asking: Story = story({ methods: "silent" });
export const Unreachable: Story = story({ methods: "unreachable" });
export const English: Story = story({ methods: ["password", "key"] }, { language: "en" });
export const Dark: Story = story({}, { theme: "dark" });
export const Narrow: Story = story({ methods: ["password", "key"] }, { width: 280 });
