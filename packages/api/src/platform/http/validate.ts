import { z } from "zod";
import { AppError } from "./app-error.ts";
import type { AppContext } from "./environment.ts";

type Part = "path" | "query" | "body";

/** Path parameters, parsed. */
export function readParams(c: AppContext, schema: z.ZodType): unknown {
  return parse(schema, c.req.param(), "path");
}

/** The query, parsed; a repeated key arrives as an array, so that a schema of one value refuses it. */
export function readQuery(c: AppContext, schema: z.ZodType): unknown {
  const query: Record<string, string | string[]> = Object.create(null);
  for (const [key, values] of Object.entries(c.req.queries()))
    query[key] = values.length === 1 ? (values[0] as string) : values;
  return parse(schema, { ...query }, "query");
}

/** The JSON body, parsed. No body at all is `undefined`, so that a schema's default applies. */
export async function readBody(c: AppContext, schema: z.ZodType): Promise<unknown> {
  const text = await c.req.text();
  if (text === "") return parse(schema, undefined, "body");
  const type = c.req.header("Content-Type") ?? "";
  if (!/^application\/([\w.-]+\+)?json(\s*;|$)/i.test(type)) {
    throw new AppError(
      "bad_request",
      `The body must be JSON, with Content-Type: application/json (it was "${type.slice(0, 80)}").`,
    );
  }
  return parse(schema, parseJson(text), "body");
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new AppError("bad_request", "The body is not valid JSON.");
  }
}

function parse(schema: z.ZodType, value: unknown, part: Part): unknown {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new AppError(
    "invalid_parameter",
    result.error.issues
      .slice(0, 5)
      .map((issue) => describe(issue, part))
      .join("; "),
  );
}

/** e.g. `path entity: Invalid option: expected one of "deal"|"contact"`; the value itself is not repeated. */
function describe(issue: z.core.$ZodIssue, part: Part): string {
  const name = [part, issue.path.join(".")].filter(Boolean).join(" ");
  return `${name}: ${issue.message}`;
}

/**
 * The same schema refusing unknown keys, at every depth: a misspelt name must not silently mean the default.
 * Objects that say `.loose()` or `.catchall()` stay as they are.
 */
export function strict(schema: z.ZodType): z.ZodType {
  if (schema instanceof z.ZodObject) return strictObject(schema);
  if (schema instanceof z.ZodArray) return sameChecks(schema, z.array(strict(schema.element as z.ZodType)));
  if (schema instanceof z.ZodOptional) return strict(schema.unwrap() as z.ZodType).optional();
  if (schema instanceof z.ZodNullable) return strict(schema.unwrap() as z.ZodType).nullable();
  if (schema instanceof z.ZodDefault)
    return strict(schema.unwrap() as z.ZodType).default(schema.def.defaultValue as never);
  return schema;
}

function strictObject(schema: z.ZodObject): z.ZodType {
  if (schema.def.catchall !== undefined) return schema;
  const shape = Object.fromEntries(
    Object.entries(schema.shape).map(([key, value]) => [key, strict(value as z.ZodType)]),
  );
  return sameChecks(schema, z.strictObject(shape));
}

function sameChecks(from: z.ZodType, to: z.ZodType): z.ZodType {
  const checks = from.def.checks ?? [];
  return checks.length === 0 ? to : to.check(...(checks as z.core.$ZodCheck<unknown>[]));
}
