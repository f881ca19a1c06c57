import type { ErrorCode, Portal } from "@b24kit/client/contract";
import { type Caller, maySeePortal } from "../../platform/auth/caller.ts";
import type { PortalCredential } from "../../platform/bitrix/client.ts";
import type { PortalClient } from "../../platform/bitrix/types.ts";
import { parseWebhookAddress } from "../../platform/bitrix/webhook-address.ts";
import type { Database } from "../../platform/db/database.ts";
import { AppError } from "../../platform/http/app-error.ts";
import type { Secrets } from "../../platform/secrets/secrets.ts";
import { askPortal, checkAnswer } from "./ask-portal.ts";
import { openCredential } from "./credential.ts";
import { registerPortal } from "./register-portal.ts";
import { resolvePortal } from "./resolve-portal.ts";
import { toPortalState } from "./states.ts";
import { type PortalRow, selectPortal, selectPortals, updateState } from "./store.ts";
import type { TokenKeeper } from "./tokens.ts";

/** A portal as other parts of the API see it: never a credential. */
export type PortalInfo = Pick<PortalRow, "id" | "host" | "url" | "schema">;

export interface PortalsOptions {
  readonly db: Database;
  readonly secrets: Secrets;
  /** Makes the REST client of a registered portal, whose request budget all processes share. */
  readonly openClient: (portalId: number, credential: PortalCredential) => PortalClient;
  /** Makes a client for an address that is not registered (yet); its budget is its own. */
  readonly openStranger: (credential: PortalCredential) => PortalClient;
  /** Keeps the tokens of installed applications; without it only webhooks open a portal. */
  readonly tokens?: TokenKeeper;
}

/** The registry of connected portals. */
export interface Portals {
  list(caller: Caller): Promise<Portal[]>;
  /** Every portal, for work that no caller asked for. */
  all(): Promise<PortalInfo[]>;
  get(portalId: number): Promise<PortalInfo>;
  /** @throws AppError unknown_portal, portal_required */
  resolve(caller: Caller, name?: string): Promise<PortalInfo>;
  /** Asks the portal, then keeps it. A portal that does not answer well leaves no row. */
  connect(webhookUrl: string, signal?: AbortSignal): Promise<Portal>;
  /** Keeps the portal of the settings whether or not it answers; asks it meanwhile, so that its state tells. @throws PortalError portal_url_invalid */
  register(webhookUrl: string): Promise<PortalInfo>;
  /** Asks the portal and notes how it is. */
  check(portalId: number, caller: Caller, signal?: AbortSignal): Promise<Portal>;
  /** The portal's REST client, one per process and credential. */
  client(portalId: number): Promise<PortalClient>;
  /** Portals whose work waits until a person has authorised or installed the application again. */
  waiting(): Promise<ReadonlySet<number>>;
  /** Notes what a piece of work learned about the portal: a failure, or null for success. */
  note(portalId: number, failure: { code: ErrorCode; detail: string } | null): Promise<void>;
}

export function createPortals(options: PortalsOptions): Portals {
  const { db, secrets, openClient, openStranger } = options;
  const clients = new Map<number, { key: string; oauth: string | null; client: PortalClient }>();

  async function row(portalId: number): Promise<PortalRow> {
    const found = await selectPortal(db.pool, portalId);
    if (found === null) throw new AppError("unknown_portal", `No connected portal has the id ${portalId}.`);
    return found;
  }

  /** Tokens change every hour, and the client stays; it is made anew for another address or kind of credential. */
  async function client(portalId: number): Promise<PortalClient> {
    const found = await row(portalId);
    const key = `${found.oauth === null ? found.credential : found.endpoint}`;
    const known = clients.get(portalId);
    if (known && known.oauth !== found.oauth) options.tokens?.forget(portalId);
    if (known?.key === key) {
      known.oauth = found.oauth;
      return known.client;
    }
    const opened = openClient(portalId, toCredential(options, found));
    clients.set(portalId, { key, oauth: found.oauth, client: opened });
    return opened;
  }

  async function note(portalId: number, failure: { code: ErrorCode; detail: string } | null): Promise<void> {
    const state = toPortalState(failure?.code ?? null);
    if (state !== null) await updateState(db.pool, portalId, state, failure);
  }

  async function check(portalId: number, signal?: AbortSignal): Promise<Portal> {
    await note(portalId, await checkAnswer(() => client(portalId), signal));
    return toPortal(await row(portalId));
  }

  return {
    list: async (caller) =>
      (await selectPortals(db.pool)).filter(({ id }) => maySeePortal(caller, id)).map(toPortal),
    all: async () => (await selectPortals(db.pool)).map(toInfo),
    get: async (portalId) => toInfo(await row(portalId)),
    resolve: async (caller, name) => toInfo(resolvePortal(await selectPortals(db.pool), caller, name)),
    async connect(webhookUrl, signal) {
      const webhook = parseWebhookAddress(webhookUrl);
      await askPortal(openStranger({ kind: "webhook", url: webhook.base }), signal);
      const id = await registerPortal(db, secrets, webhook);
      await note(id, null);
      return toPortal(await row(id));
    },
    async register(webhookUrl) {
      // Whoever sets up the server may trust their own network; over the API nobody may.
      const id = await registerPortal(db, secrets, parseWebhookAddress(webhookUrl, { allowHttp: true }));
      // An answer may take a minute to fail. What goes wrong on our side is told by whoever uses the portal next.
      void check(id).catch(() => {});
      return toInfo(await row(id));
    },
    async check(portalId, caller, signal) {
      resolvePortal(await selectPortals(db.pool), caller, String(portalId));
      return check(portalId, signal);
    },
    client,
    waiting: async () =>
      new Set(
        (await selectPortals(db.pool))
          .filter(
            ({ oauthState, oauth, credential }) =>
              oauthState === "dead" || (oauth === null && credential === null),
          )
          .map(({ id }) => id),
      ),
    note,
  };
}

/** The installed application where there is one, else the webhook. */
function toCredential({ secrets, tokens }: PortalsOptions, row: PortalRow): PortalCredential {
  if (row.oauth !== null && row.endpoint !== null && tokens)
    return { kind: "oauth", endpoint: row.endpoint, tokens: tokens.source(row.id) };
  // What was kept was judged when it came.
  if (row.credential !== null)
    return { kind: "webhook", url: reveal(secrets, row.id, row.credential), allowHttp: true };
  throw new AppError("application_removed", `${row.host} has neither an application of ours nor a webhook.`);
}

/** @throws AppError portal_credential_rejected where SECRET_KEY has changed: only a new webhook helps then */
function reveal(secrets: Secrets, portalId: number, sealed: string): string {
  try {
    return openCredential(secrets, portalId, sealed).url;
  } catch (cause) {
    const detail =
      "The stored webhook cannot be opened with this SECRET_KEY: enter it again, or give the earlier key back.";
    throw new AppError("portal_credential_rejected", detail, { cause });
  }
}

function toInfo({ id, host, url, schema }: PortalRow): PortalInfo {
  return { id, host, url, schema };
}

function toPortal(row: PortalRow): Portal {
  const error = row.errorCode === null ? null : { code: row.errorCode, detail: row.errorDetail ?? "" };
  const access: Portal["access"] = [];
  if (row.oauth !== null) access.push("application");
  if (row.credential !== null) access.push("webhook");
  const { id, host, url, state } = row;
  return { id, host, url, state, error, access, scopes: [...row.scopes] };
}
