/** Code that puts a chart on a page: the element with these attributes, in a provider. */
export function embedCode(attributes: Readonly<Record<string, string | number | undefined>>): string {
  const escaped = (value: string | number) =>
    String(value).replaceAll("&", "&amp;").replaceAll('"', "&quot;");
  const said = Object.entries(attributes).flatMap(([name, value]) =>
    value === undefined || value === "" ? [] : ` ${name}="${escaped(value)}"`,
  );
  return [
    `<script src="/b24.js" async></script>`,
    `<b24-provider token-url="/b24-token">`,
    `  <b24-chart${said.join("")}></b24-chart>`,
    `</b24-provider>`,
  ].join("\n");
}
