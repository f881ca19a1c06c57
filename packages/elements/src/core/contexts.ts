import type { B24Client } from "@b24kit/client";
import { createContext } from "@lit/context";
import type { Locale } from "./locale/locale.ts";

export type Theme = "light" | "dark" | "auto";

/** The client of the nearest `<b24-provider>`; undefined until it has an address. */
export const clientContext = createContext<B24Client | undefined>(Symbol.for("b24kit.client"));

/** Language and time zone of the nearest provider. The provider also sets its own `lang`, so assistive tools follow. */
export const localeContext = createContext<Locale | undefined>(Symbol.for("b24kit.locale"));

/** The chosen theme. Colours follow the inherited `color-scheme`, which the provider sets; this tells only the choice. */
export const themeContext = createContext<Theme>(Symbol.for("b24kit.theme"));

/** The portal (host or id) that elements below ask for; undefined where only one is connected. */
export const portalContext = createContext<string | undefined>(Symbol.for("b24kit.portal"));
