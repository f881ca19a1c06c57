import "@b24kit/elements/provider/provider.define.ts";
import type { B24Provider } from "@b24kit/elements/provider/provider.ts";
import "@b24kit/elements/sync/sync-status/sync-status.define.ts";
import type { Meta, StoryObj } from "@storybook/web-components-vite";
import { loading, sampleStatus, syncApi } from "../sample/sync.ts";

type Args = Pick<B24Provider, "locale" | "theme" | "timeZone">;

const meta: Meta<Args> = {
  title: "Provider/Provider",
  component: "b24-provider",
  args: { locale: "", theme: "", timeZone: "" },
  argTypes: {
    locale: { control: "inline-radio", options: ["", "ru", "en"] },
    theme: { control: "inline-radio", options: ["", "light", "dark", "auto"] },
  },
  render: (args) => {
    const provider = document.createElement("b24-provider");
    Object.assign(provider, args);
    provider.client = syncApi({ status: sampleStatus({ deal: loading }) }).client;
    provider.append(document.createElement("b24-sync-status"));
    return provider;
  },
};
export default meta;

type Story = StoryObj<Args>;

/** Language and theme are the page's; the toolbar switches them. */
export const AsThePage: Story = {};
export const English: Story = { args: { locale: "en" } };
export const Dark: Story = { args: { theme: "dark" } };
export const TokyoTime: Story = { args: { timeZone: "Asia/Tokyo" } };

/** Without a provider around it an element says what it lacks. */
export const Missing: Story = { render: () => document.createElement("b24-sync-status") };
