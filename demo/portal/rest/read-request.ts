import type { Context } from "hono";
import { isMap } from "../values.ts";
import { parseForm, parseQuery } from "./brackets.ts";
import { Params } from "./params.ts";

/** The parts of an HTTP request that parameters come from. */
export interface RequestParts {
  /** Without the question mark. */
  query: string;
  contentType: string;
  text(): Promise<string>;
  form(): Promise<FormData>;
}

/** Query, then the body over it. JSON that cannot be read counts as an empty body, as in the portal. */
export async function readParams(parts: RequestParts): Promise<Params> {
  return new Params(parseQuery(parts.query), await readBody(parts));
}

/** The same, of a request that the router brings. */
export function readContextParams(c: Context): Promise<Params> {
  return readParams({
    query: new URL(c.req.url).search.slice(1),
    contentType: c.req.header("content-type") ?? "",
    text: () => c.req.text(),
    form: () => c.req.raw.formData(),
  });
}

async function readBody(parts: RequestParts): Promise<Record<string, unknown>> {
  const type = parts.contentType.toLowerCase();
  if (type.startsWith("application/json")) return readJson(await parts.text());
  if (type.startsWith("application/x-www-form-urlencoded")) return parseQuery(await parts.text());
  if (type.startsWith("multipart/form-data")) return readMultipart(parts);
  return {};
}

function readJson(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    if (Array.isArray(value)) return { ...value };
    return isMap(value) ? value : {};
  } catch {
    return {};
  }
}

async function readMultipart(parts: RequestParts): Promise<Record<string, unknown>> {
  try {
    const pairs: [string, string][] = [];
    for (const [name, value] of await parts.form()) if (typeof value === "string") pairs.push([name, value]);
    return parseForm(pairs);
  } catch {
    return {};
  }
}
