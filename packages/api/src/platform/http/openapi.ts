import { type Endpoint, ERRORS, type ErrorCode, Problem } from "@b24kit/client/contract";
import { createRoute, type RouteConfig } from "@hono/zod-openapi";
import type { App } from "./environment.ts";
import { PROBLEM_JSON } from "./problem.ts";

type Responses = RouteConfig["responses"];

/** Adds an endpoint to the document behind /openapi.json. */
export function documentEndpoint(app: App, endpoint: Endpoint): void {
  const { params, query, body } = endpoint;
  const route = createRoute({
    method: endpoint.method,
    path: endpoint.path,
    operationId: endpoint.id,
    tags: [endpoint.tag],
    summary: endpoint.summary,
    security: endpoint.access === "public" ? [] : [{ bearer: [] }, { apiKey: [] }],
    "x-access": endpoint.access,
    request: {
      ...(params && { params }),
      ...(query && { query }),
      ...(body && {
        body: {
          required: !body.safeParse(undefined).success,
          content: { "application/json": { schema: body } },
        },
      }),
    },
    responses: { ...successOf(endpoint), ...failuresOf(endpoint) },
  });
  app.openAPIRegistry.registerPath(route);
}

function successOf(endpoint: Endpoint): Responses {
  if (endpoint.response) {
    return {
      [endpoint.status]: {
        description: "Success",
        content: { "application/json": { schema: endpoint.response } },
      },
    };
  }
  if (!endpoint.produces) return { [endpoint.status]: { description: "Success, no content" } };
  const content = Object.fromEntries(endpoint.produces.map((type) => [type, { schema: {} }]));
  return { [endpoint.status]: { description: "Success, streamed", content } };
}

/** One response per status, naming the codes that may stand behind it. */
function failuresOf(endpoint: Endpoint): Responses {
  const codes = new Set<ErrorCode>([...generalCodes(endpoint), ...(endpoint.errors ?? [])]);
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of codes) byStatus.set(ERRORS[code][0], [...(byStatus.get(ERRORS[code][0]) ?? []), code]);
  const responses: Responses = {};
  for (const [status, list] of byStatus) {
    responses[status] = { description: list.join(", "), content: { [PROBLEM_JSON]: { schema: Problem } } };
  }
  return responses;
}

function generalCodes(endpoint: Endpoint): ErrorCode[] {
  const codes: ErrorCode[] = ["internal", "database_unavailable"];
  if (endpoint.access !== "public")
    codes.push("unauthenticated", "token_expired", "forbidden", "too_many_requests");
  if (endpoint.params || endpoint.query || endpoint.body) codes.push("invalid_parameter");
  if (endpoint.body) codes.push("bad_request", "payload_too_large");
  return codes;
}

/** The whole document, OpenAPI 3.1, but for the server's address. */
export function openApiDocument(app: App, version: string): object {
  const description = "Bitrix24 data for any page. Errors are application/problem+json.";
  const info = { title: "b24kit API", version, description };
  const document = app.getOpenAPI31Document({ openapi: "3.1.0", info });
  for (const operations of Object.values(document.paths ?? {})) {
    for (const operation of Object.values(operations as Record<string, Operation>)) {
      operation.parameters?.forEach(straightenParameter);
    }
  }
  return document;
}

interface Operation {
  parameters?: { in: string; required?: boolean; schema?: { type?: string | string[] } }[];
}

/** A coerced number takes anything, so the generator calls it optional and null; a text in an address is neither. */
function straightenParameter(parameter: NonNullable<Operation["parameters"]>[number]): void {
  if (parameter.in === "path") parameter.required = true;
  const { schema } = parameter;
  if (!schema || !Array.isArray(schema.type)) return;
  const types = schema.type.filter((type) => type !== "null");
  schema.type = types.length === 1 ? types[0]! : types;
}

/** How callers may identify themselves; referred to by every endpoint that is not public. */
export function documentSecurity(app: App): void {
  app.openAPIRegistry.registerComponent("securitySchemes", "bearer", {
    type: "http",
    scheme: "bearer",
    description: "API key, signed-in user's token (Supabase) or page token",
  });
  app.openAPIRegistry.registerComponent("securitySchemes", "apiKey", {
    type: "apiKey",
    in: "header",
    name: "X-API-Key",
  });
}
