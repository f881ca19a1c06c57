import { counted } from "../../core/index.ts";
import type { ChartEmbedMessages } from "./messages.ts";

export const en: ChartEmbedMessages = {
  title: "Put it on a site",
  form: "How",
  forms: { script: "Script tag", element: "Element", picture: "Picture" },
  about: {
    script: "A live chart on any page. Your server gives its visitors tokens at the address in token-url.",
    element: "A live chart where b24kit is there already: inside your b24-provider.",
    picture:
      "No script at all: an article, a mail, a wiki. Whoever has the address sees it; its data is always fresh.",
  },
  code: "Code",
  theme: "Theme",
  themes: { light: "Light", dark: "Dark", auto: "As the reader's" },
  expires: "The address works for",
  expiresChoices: { 720: "a month", 8760: "a year", 87600: "10 years" },
  make: "Make an address",
  ready: "The address is ready. Copy the code: it will not be shown again.",
  preview: "How it looks",
  noPreview: "This page shows no pictures from the API's address. On another page the code will work.",
  links: "Addresses that work",
  linkFacts: (until, used) => `until ${until}, shown ${counted("en", used, { one: "time", other: "times" })}`,
  lastUse: (at, origin) => `last ${at}${origin ? ` on ${origin}` : ""}`,
  revoke: "End",
};
