import "@b24kit/elements/portal/history/history.define.ts";
import type { B24History } from "@b24kit/elements/portal/history/history.ts";
import type { Meta, StoryObj } from "@storybook/web-components-vite";
import { type SampleAnswer, sampleClient } from "../sample/client.ts";
import { sampleDeals, sampleHistory } from "../sample/deals.ts";
import { staged } from "../sample/story.ts";

const meta: Meta<B24History> = { title: "Portal/History", component: "b24-history" };
export default meta;

type Story = StoryObj<B24History>;

const story = (answer: SampleAnswer, setting: Parameters<typeof staged>[2] = {}): Story => ({
  render: staged<B24History>(
    "b24-history",
    { query: "stage-history", params: { deal: 1001 } },
    { client: sampleClient(answer), ...setting },
  ),
});

export const Moves: Story = story(sampleHistory());
export const None: Story = story(sampleDeals(0));
export const Loading: Story = story("silent");
export const PortalSilent: Story = story("portal_unreachable");
export const Unreachable: Story = story("unreachable");
export const NoRights: Story = story("forbidden");
export const NothingAsked: Story = { render: staged<B24History>("b24-history", {}) };
export const English: Story = story(sampleHistory(), { language: "en" });
export const Dark: Story = story(sampleHistory(), { theme: "dark" });
export const Narrow: Story = story(sampleHistory(), { width: 280 });
