/** Ways to put a kept chart on another page. */
export const EMBED_FORMS = ["script", "element", "picture"] as const;
export type EmbedForm = (typeof EMBED_FORMS)[number];
export type EmbedTheme = "light" | "dark" | "auto";

const escaped = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

/** The chart alone, for a page that has a provider. */
export const elementCode = (chart: string): string =>
  `<b24-ai-chart chart-id="${escaped(chart)}" readonly></b24-ai-chart>`;

/** Everything that a page needs which has nothing yet. */
export const scriptCode = (chart: string, api: string): string =>
  [
    `<script src="${escaped(api)}/b24.js" async></script>`,
    `<b24-provider token-url="/b24-token">`,
    `  ${elementCode(chart)}`,
    `</b24-provider>`,
  ].join("\n");

export interface LinkedPicture {
  /** Address without a look. */
  url: string;
  name: string;
  theme: EmbedTheme;
  locale: "ru" | "en";
  timeZone: string;
  width: number;
  /** Once it is known: the page does not jump then. */
  height: number | undefined;
}

/** The picture's address in this look. */
export function pictureAddress(
  { url, locale, timeZone, width }: LinkedPicture,
  theme: "light" | "dark",
): string {
  const look = { locale, timeZone, theme, width: String(width) };
  return `${url}?${new URLSearchParams(look)}`;
}

/** An image, which the reader's dark theme can have drawn in its own colours. */
export function pictureCode(picture: LinkedPicture): string {
  const { name, theme, width, height } = picture;
  const size = height === undefined ? "" : ` height="${height}"`;
  const image = (one: "light" | "dark") =>
    `<img src="${escaped(pictureAddress(picture, one))}" alt="${escaped(name)}" width="${width}"${size} loading="lazy">`;
  if (theme !== "auto") return image(theme);
  const dark = escaped(pictureAddress(picture, "dark"));
  return [
    `<picture>`,
    `  <source srcset="${dark}" media="(prefers-color-scheme: dark)">`,
    `  ${image("light")}`,
    `</picture>`,
  ].join("\n");
}
