import type { B24Client } from "@b24kit/client";
import type { Language } from "@b24kit/elements/core/index.ts";
import { sampleContext } from "./context.ts";

/** The catalogue's switches, as Storybook passes them to a story. */
export interface StoryContext {
  globals?: { locale?: Language; theme?: "light" | "dark" };
}

interface Setting {
  client?: B24Client;
  language?: Language;
  theme?: "light" | "dark";
  /** Width of the element, px; the whole canvas where absent. */
  width?: number;
}

/** An element on the catalogue's page: in its language, theme, width and data. */
export function staged<E extends HTMLElement>(
  tag: keyof HTMLElementTagNameMap,
  properties: Partial<E>,
  setting: Setting = {},
): (args: object, context?: StoryContext) => HTMLElement {
  return (args, context) => {
    const language = setting.language ?? context?.globals?.locale ?? "ru";
    const host = sampleContext({ language, ...(setting.client ? { client: setting.client } : {}) });
    const theme = setting.theme ?? context?.globals?.theme;
    if (theme) host.style.colorScheme = theme;
    if (setting.width) host.style.inlineSize = `${setting.width}px`;
    host.append(Object.assign(document.createElement(tag), properties, args));
    return host;
  };
}
