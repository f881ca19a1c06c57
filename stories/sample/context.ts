import type { B24Client } from "@b24kit/client";
import { clientContext, type Language, localeContext } from "@b24kit/elements/core/index.ts";
import { ContextProvider } from "@lit/context";

/** An element that gives those below it a client and a language; what a provider does, without an address. */
export function sampleContext(options: {
  client?: B24Client;
  language?: Language;
  timeZone?: string;
}): HTMLElement {
  const host = document.createElement("div");
  const { client, language = "ru", timeZone = "Europe/Moscow" } = options;
  host.lang = language;
  if (client) new ContextProvider(host, { context: clientContext, initialValue: client });
  new ContextProvider(host, { context: localeContext, initialValue: { language, timeZone } });
  return host;
}
