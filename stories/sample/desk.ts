import {
  type ApiKey,
  type B24Client,
  createClient,
  type ErrorCode,
  type Portal,
  type SignInSettings,
} from "@b24kit/client";
import { ERRORS } from "@b24kit/client/contract";

/** What the sample API does with a request: an answer, an error code, "silent" (never answers) or "unreachable". */
type Outcome<T> = T | ErrorCode | "silent" | "unreachable";

export interface DeskOptions {
  rights?: string[] | ErrorCode;
  methods?: Outcome<SignInSettings["methods"]>;
  /** What trying a key or a person's token answers; all rights by default. */
  password?: "right" | "wrong" | "unreachable";
  health?: Outcome<"ok" | "unavailable">;
  portals?: Outcome<Portal[]>;
  connect?: Outcome<Portal>;
  check?: Outcome<Portal>;
  remove?: Outcome<{ rows: number; events: number; unbound: boolean }>;
  keys?: Outcome<ApiKey[]>;
  create?: Outcome<string>;
  revoke?: Outcome<"">;
}

export interface DeskApi {
  client: B24Client;
  /** Method, path, search and body of everything that was asked. */
  asked: string[];
  options: DeskOptions;
}

function problem(code: ErrorCode): Response {
  const [status, title, remedy] = ERRORS[code];
  const body = {
    type: `/docs#${code}`,
    code,
    title,
    status,
    detail: "sample",
    remedy,
    requestId: "req-7f3a",
  };
  return Response.json(body, { status, headers: { "content-type": "application/problem+json" } });
}

const isCode = (value: unknown): value is ErrorCode =>
  typeof value === "string" && Object.hasOwn(ERRORS, value);

/** The real client over ready answers of the endpoints that the home page's elements use. */
export function deskApi(options: DeskOptions): DeskApi {
  const asked: string[] = [];

  async function settle<T>(outcome: Outcome<T>, init: RequestInit, toAnswer: (value: T) => Response) {
    if (outcome === "unreachable") throw new TypeError("Failed to fetch");
    if (outcome === "silent")
      return new Promise<Response>((_, reject) =>
        init.signal?.addEventListener("abort", () => reject(init.signal?.reason)),
      );
    return isCode(outcome) ? problem(outcome) : toAnswer(outcome as T);
  }

  function grant(): Response {
    if (options.password === "unreachable") throw new TypeError("Failed to fetch");
    if (options.password === "wrong")
      return Response.json({ error_code: "invalid_credentials" }, { status: 400 });
    return Response.json({ access_token: "user-token", refresh_token: "refresh", expires_in: 3600 });
  }

  function answer(url: URL, init: RequestInit): Promise<Response> | Response {
    const { method = "GET" } = init;
    const body = typeof init.body === "string" ? ` ${init.body}` : "";
    asked.push(`${method} ${url.pathname}${url.search}${body}`);
    const { pathname } = url;
    if (url.hostname === "sign-in.example") return grant();
    if (pathname === "/health") {
      const health = (database: string) =>
        Response.json({ status: database === "ok" ? "ok" : "degraded", database, version: "0.1.0" });
      return settle(options.health ?? "ok", init, health);
    }
    if (pathname === "/api/v1/sign-in") {
      const supabase = { supabaseUrl: "https://sign-in.example", anonKey: "anon" };
      return settle(options.methods ?? (["key"] as const), init, (methods) =>
        Response.json({ methods, ...supabase }),
      );
    }
    if (pathname === "/api/v1/session") {
      const rights = options.rights ?? ["admin"];
      return settle(rights, init, (list) => Response.json({ kind: "key", subject: "admin", rights: list }));
    }
    if (pathname.startsWith("/api/v1/portals")) return ofPortals(method, pathname, init);
    return ofKeys(method, init);
  }

  function ofPortals(method: string, pathname: string, init: RequestInit) {
    if (pathname.endsWith("/check"))
      return settle(options.check ?? portalOf(), init, (portal) => Response.json(portal));
    if (method === "POST")
      return settle(options.connect ?? portalOf(), init, (portal) => Response.json(portal, { status: 201 }));
    if (method === "DELETE")
      return settle(options.remove ?? { rows: 17_500, events: 21, unbound: true }, init, (gone) =>
        Response.json({ host: portalOf().host, tables: 8, ...gone }),
      );
    return settle(options.portals ?? [portalOf()], init, (portals) => Response.json({ portals }));
  }

  function ofKeys(method: string, init: RequestInit) {
    if (method === "DELETE")
      return settle(options.revoke ?? "", init, () => new Response(null, { status: 204 }));
    if (method === "POST") {
      const { name, rights, expiresAt } = JSON.parse(String(init.body));
      const key = keyOf({
        id: "newkey001",
        name,
        rights,
        expiresAt,
        createdAt: new Date().toISOString(),
        lastUsedAt: null,
      });
      return settle(options.create ?? "b24k_newkey001_sample-secret-that-is-shown-once", init, (secret) =>
        Response.json({ key, secret }, { status: 201 }),
      );
    }
    return settle(options.keys ?? sampleKeys(), init, (keys) => Response.json({ keys }));
  }

  const client = createClient({
    baseUrl: "https://api.example",
    getToken: () => "sample",
    WebSocket: null,
    timing: { now: () => Date.now(), random: () => 0, sleep: () => Promise.resolve() },
    fetch: async (input, init) => answer(new URL(String(input)), init ?? {}),
  });
  return { client, asked, options };
}

const ago = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();

/** A portal that is well, by its webhook, unless told otherwise. */
export function portalOf(part: Partial<Portal> = {}): Portal {
  return {
    id: 1,
    host: "romashka.bitrix24.ru",
    url: "https://romashka.bitrix24.ru",
    state: "connected",
    error: null,
    access: ["webhook"],
    scopes: [],
    ...part,
  };
}

/** A key that only reads, unless told otherwise. */
export function keyOf(part: Partial<ApiKey> = {}): ApiKey {
  return {
    id: "site00001",
    name: "Сайт",
    rights: ["data:read"],
    portals: null,
    createdAt: ago(20),
    createdBy: "key:admin",
    expiresAt: null,
    lastUsedAt: ago(0.1),
    revokedAt: null,
    ...part,
  };
}

/** Keys in every state. */
export function sampleKeys(): ApiKey[] {
  return [
    keyOf(),
    keyOf({
      id: "report002",
      name: "Отчёт",
      rights: ["data:read", "sync:run"],
      lastUsedAt: null,
      expiresAt: ago(-60),
    }),
    keyOf({ id: "old000003", name: "Старый скрипт", revokedAt: ago(3) }),
    keyOf({ id: "trial0004", name: "Проба", expiresAt: ago(1) }),
  ];
}
