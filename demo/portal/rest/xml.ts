/** Does the address ask for XML: `crm.deal.list.xml`? */
export function wantsXml(pathname: string): boolean {
  return /\.xml\/*$/i.test(pathname);
}

/** The same answer as XML: every key an element, numbered members called `item`. */
export async function xmlAnswer(answer: Response): Promise<Response> {
  if (!answer.headers.get("content-type")?.startsWith("application/json")) return answer;
  const headers = new Headers(answer.headers);
  headers.set("content-type", "application/xml; charset=utf-8");
  const text = await answer.text();
  const xml = `<?xml version="1.0" encoding="UTF-8"?>\n${element("response", readJson(text) ?? text)}`;
  return new Response(xml, { status: answer.status, headers });
}

/** null for the answers that were broken on purpose. */
function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function element(name: string, value: unknown): string {
  const tag = /^[A-Za-z_][\w.-]*$/.test(name) ? name : "item";
  return `<${tag}>${content(value)}</${tag}>`;
}

function content(value: unknown): string {
  if (value === null || value === undefined || value === false) return "";
  if (value === true) return "1";
  if (typeof value !== "object") return escapeText(String(value));
  return Object.entries(value)
    .map(([key, member]) => element(key, member))
    .join("");
}

function escapeText(text: string): string {
  return text
    .replace(/[&<>"]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign] ?? sign)
    .replace(CONTROL, "");
}

/** Characters that XML cannot hold. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: exactly those are meant
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g;
