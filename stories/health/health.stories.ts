import "@b24kit/elements/health/health.define.ts";
import type { B24Health } from "@b24kit/elements/health/health.ts";
import type { Meta, StoryObj } from "@storybook/web-components-vite";
import { type DeskOptions, deskApi } from "../sample/desk.ts";
import { staged } from "../sample/story.ts";

const meta: Meta<B24Health> = { title: "Home/Health", component: "b24-health" };
export default meta;

type Story = StoryObj<B24Health>;

const story = (options: DeskOptions, setting: Parameters<typeof staged>[2] = {}): Story => ({
  render: staged<B24Health>("b24-health", {}, { client: deskApi(options).client, ...setting }),
});

export const Works: Story = story({});
export const NoDatabase: Story = story({ health: "unavailable" });
export const Unreachable: Story = story({ health: "unreachable" });
export const Asking: Story = story({ health: "silent" });
export const English: Story = story({}, { language: "en" });
export const Narrow: Story = story({}, { width: 200 });
