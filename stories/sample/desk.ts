import {
  type ApiKey,
  type Applications,
  type B24Client,
  createClient,
  type Delivery,
  type ErrorCode,
  type LocalApplication,
  type Portal,
  type PortalBinding,
  type Rebound,
  type SignInSettings,
  type Subscription,
} from "@b24kit/client";
import { ERRORS } from "@b24kit/client/contract";
import { deliveryOf, sampleDeliveries, sampleSubscriptions, subscriptionOf } from "./subscriptions.ts";

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
  applications?: Outcome<LocalApplication[]>;
  ofSettings?: string;
  keep?: Outcome<"">;
  forget?: Outcome<"">;
  bindings?: Outcome<PortalBinding[]>;
  rebind?: Outcome<Rebound>;
  eventToken?: Outcome<"">;
  keys?: Outcome<ApiKey[]>;
  create?: Outcome<string>;
  revoke?: Outcome<"">;
  subscriptions?: Outcome<Subscription[]>;
  subscribe?: Outcome<string>;
  turn?: Outcome<"">;
  unsubscribe?: Outcome<"">;
  test?: Outcome<Delivery>;
  deliveries?: Outcome<Delivery[]>;
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
    if (pathname.startsWith("/api/v1/portals/applications")) return ofApplications(method, init);
    if (pathname.startsWith("/api/v1/webhooks/")) return ofBindings(pathname, init);
    if (pathname.startsWith("/api/v1/portals")) return ofPortals(method, pathname, init);
    if (pathname.startsWith("/api/v1/subscriptions")) return ofSubscriptions(method, pathname, init);
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

  function ofApplications(method: string, init: RequestInit) {
    const none = () => new Response(null, { status: 204 });
    if (method === "DELETE") return settle(options.forget ?? "", init, none);
    if (method === "POST") {
      const { url, clientId } = JSON.parse(String(init.body)) as LocalApplication;
      return settle(options.keep ?? "", init, () => Response.json({ url, clientId }, { status: 201 }));
    }
    const addresses: Applications["addresses"] = {
      handler: "https://api.example/api/bitrix24",
      install: "https://api.example/bitrix/oauth/install",
      events: "https://api.example/api/bitrix24/webhook",
    };
    const ofSettings = options.ofSettings ?? null;
    return settle(options.applications ?? [], init, (applications) =>
      Response.json({ applications, ofSettings, addresses } satisfies Applications),
    );
  }

  function ofBindings(pathname: string, init: RequestInit) {
    if (pathname.endsWith("/token"))
      return settle(options.eventToken ?? "", init, () => new Response(null, { status: 204 }));
    if (pathname.endsWith("/register"))
      return settle(options.rebind ?? { made: [], removed: [] }, init, (rebound) => Response.json(rebound));
    return settle(options.bindings ?? sampleBindings(), init, (bindings) => Response.json({ bindings }));
  }

  /** What is switched and deleted stays so, as the element reads all of them again. */
  let subscriptions = Array.isArray(options.subscriptions) ? options.subscriptions : sampleSubscriptions();

  function ofSubscriptions(method: string, pathname: string, init: RequestInit) {
    const id = Number(pathname.split("/")[4]);
    if (pathname.endsWith("/deliveries"))
      return settle(options.deliveries ?? sampleDeliveries(), init, (deliveries) =>
        Response.json({ deliveries }),
      );
    if (pathname.endsWith("/test"))
      return settle(options.test ?? deliveryOf({ event: "test", about: null }), init, (sent) =>
        Response.json(sent),
      );
    if (method === "DELETE")
      return settle(options.unsubscribe ?? "", init, () => {
        subscriptions = subscriptions.filter((one) => one.id !== id);
        return new Response(null, { status: 204 });
      });
    if (method === "PATCH")
      return settle(options.turn ?? "", init, () => {
        const { enabled } = JSON.parse(String(init.body)) as { enabled: boolean };
        const disabledReason = enabled ? null : "person";
        const changed = { ...subscriptionOf(), ...subscriptions.find((one) => one.id === id) };
        const now: Subscription = { ...changed, enabled, disabledReason };
        subscriptions = subscriptions.map((one) => (one.id === id ? now : one));
        return Response.json(now);
      });
    if (method === "POST")
      return settle(options.subscribe ?? "whsec_sample-secret-that-is-shown-once", init, (secret) => {
        const asked = JSON.parse(String(init.body)) as Pick<Subscription, "url" | "events">;
        const made = { id: 9, createdAt: new Date().toISOString(), lastDeliveredAt: null };
        const subscription = subscriptionOf({ ...asked, ...made });
        subscriptions = [subscription, ...subscriptions];
        return Response.json({ subscription, secret }, { status: 201 });
      });
    const outcome = Array.isArray(options.subscriptions) ? undefined : options.subscriptions;
    return settle(outcome ?? subscriptions, init, (all) => Response.json({ subscriptions: all }));
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

/** What an installation binds. */
export function sampleBindings(): PortalBinding[] {
  const kinds = ["LEAD", "DEAL", "CONTACT", "COMPANY"];
  const of = (kind: PortalBinding["kind"], path: string) => (code: string) => ({
    ...{ kind, code },
    handler: `https://api.example/api/bitrix24${path}`,
  });
  return [
    ...kinds
      .flatMap((kind) => [`CRM_${kind}_LIST_TOOLBAR`, `CRM_${kind}_DETAIL_TOOLBAR`])
      .map(of("placement", "/button_handler")),
    ...["", "USERFIELD"]
      .flatMap((of) =>
        kinds.flatMap((kind) => ["ADD", "UPDATE", "DELETE"].map((deed) => `ONCRM${kind}${of}${deed}`)),
      )
      .concat(kinds.map((kind) => `ONCRM${kind}USERFIELDSETENUMVALUES`))
      .concat(["ADD", "UPDATE", "DELETE"].map((deed) => `ONCRMDYNAMICITEM${deed}`))
      .concat("ONCRMDEALMOVETOCATEGORY", "ONAPPINSTALL", "ONAPPUPDATE", "ONAPPUNINSTALL", "ONAPPTEST")
      .map(of("event", "/webhook")),
  ];
}
