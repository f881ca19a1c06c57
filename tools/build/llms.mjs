const line = (text) => text.replace(/\s+/g, " ").trim();

function list(title, entries) {
  return entries.length > 0 ? [`${title}:`, ...entries.map((entry) => `- ${entry}`), ""] : [];
}

function element(declaration) {
  const {
    attributes = [],
    members = [],
    events = [],
    slots = [],
    cssParts = [],
    cssProperties = [],
  } = declaration;
  const properties = members.filter(
    ({ kind, attribute, inheritedFrom }) => kind === "field" && !attribute && !inheritedFrom,
  );
  const methods = members.filter(({ kind, inheritedFrom }) => kind === "method" && !inheritedFrom);
  const signature = ({ name, parameters = [] }) => `${name}(${parameters.map((one) => one.name).join(", ")})`;
  const valued = (one) => (one.default === undefined ? "" : `, default ${one.default}`);
  return [
    `## <${declaration.tagName}>`,
    "",
    line(declaration.description ?? declaration.summary ?? ""),
    "",
    ...list(
      "Attributes",
      attributes.map(
        (one) => `\`${one.name}\` (${one.type?.text}${valued(one)}): ${line(one.description ?? "")}`,
      ),
    ),
    ...list(
      "Properties",
      properties.map(
        (one) => `\`${one.name}\` (${one.type?.text ?? "unknown"}): ${line(one.description ?? "")}`,
      ),
    ),
    ...list(
      "Methods",
      methods.map((one) => `\`${signature(one)}\`: ${line(one.description ?? "")}`),
    ),
    ...list(
      "Events",
      events.map((one) => `\`${one.name}\` (${one.type?.text}): ${line(one.description)}`),
    ),
    ...list(
      "Slots",
      slots.map((one) => `${one.name ? `\`${one.name}\`` : "(default)"}: ${line(one.description ?? "")}`),
    ),
    ...list(
      "CSS parts",
      cssParts.map((one) => `\`${one.name}\`: ${line(one.description ?? "")}`),
    ),
    ...list(
      "CSS properties",
      cssProperties.map((one) => `\`${one.name}\`: ${line(one.description ?? "")}`),
    ),
  ];
}

const INTRODUCTION = `# b24kit elements

Web components that put live Bitrix24 data on any page. One script tag loads the code of each element that the page
uses; \`<b24-provider>\` connects those inside it to the API.

\`\`\`html
<script src="https://b24.example.com/b24.js"></script>
<b24-provider token-url="/b24-token" locale="ru">
  <b24-sync-status></b24-sync-status>
</b24-provider>
\`\`\`

With npm: \`import "@b24kit/elements/define"\` defines all elements. Colours and measures are CSS custom properties
\`--b24-*\`. Events whose name is a request (\`b24-sync-start\`) can be cancelled; facts (\`b24-sync-started\`) cannot.
`;

/** The elements' whole interface as text for language models, from the manifest. */
export function toLlms(manifest) {
  const elements = manifest.modules.flatMap(({ declarations }) => declarations);
  const lines = elements.sort((a, b) => a.tagName.localeCompare(b.tagName)).flatMap(element);
  return `${INTRODUCTION}\n${lines.join("\n").trimEnd()}\n`;
}
