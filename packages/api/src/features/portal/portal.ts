import type { PageTokens } from "../../platform/auth/page-token.ts";
import type { PortalCredential } from "../../platform/bitrix/client.ts";
import type { RequestToken } from "../../platform/bitrix/oauth-server.ts";
import { createPortalGuard } from "../../platform/bitrix/portal-guard.ts";
import type { PortalClient } from "../../platform/bitrix/types.ts";
import type { Bus } from "../../platform/bus/bus.ts";
import type { Database } from "../../platform/db/database.ts";
import type { App } from "../../platform/http/environment.ts";
import { every, type Loop } from "../../platform/jobs/every.ts";
import type { Logger } from "../../platform/log/logger.ts";
import type { Secrets } from "../../platform/secrets/secrets.ts";
import { type Applications, createApplications } from "./applications.ts";
import { createInbox, type Inbox } from "./inbox.ts";
import { createInstalls } from "./install.ts";
import { createInstallStates } from "./install-state.ts";
import { intakeRoutes } from "./intake-routes.ts";
import { createEventKeeper } from "./keep-events.ts";
import type { PagePart } from "./placement-page.ts";
import { createPortals, type Portals } from "./portals.ts";
import { routes } from "./routes.ts";
import { openSession } from "./sessions.ts";
import { hasApplicationToken } from "./store/event-tokens.ts";
import { insertInboxEvents } from "./store/inbox.ts";
import { selectInstallations, updateAddress } from "./store/installation.ts";
import { selectPortal, selectPortals } from "./store.ts";
import { createTokenKeeper } from "./tokens.ts";
import { uninstall } from "./uninstall.ts";
import { createWebhooks, type Webhooks } from "./webhooks.ts";

export interface PortalOptions {
  readonly db: Database;
  readonly bus: Pick<Bus, "publish" | "subscribe">;
  readonly log: Logger;
  readonly now: () => number;
  readonly secrets: Secrets;
  readonly pageTokens: PageTokens;
  readonly requestToken: RequestToken;
  readonly settings: {
    /** The key from which that of installation states is derived. */
    readonly secretKey: string;
    readonly clientId?: string | undefined;
    readonly clientSecret?: string | undefined;
    /** Where portals reach us, without a closing slash. */
    readonly baseUrl: string;
    /** Portals that the settings name: they may be anywhere. */
    readonly origins: readonly string[];
  };
  /** Elements of other features for the pages behind the buttons. */
  readonly parts: readonly PagePart[];
  /** Makes a REST client. Id 0: of nobody yet, with a budget of its own. */
  readonly openClient: (
    portalId: number,
    credential: PortalCredential,
    onMoved: (move: { from: string; to: string }) => void,
  ) => PortalClient;
}

/** The feature, composed: portals, their applications, events and frames. */
export interface PortalFeature {
  readonly portals: Portals;
  readonly applications: Applications;
  readonly webhooks: Webhooks;
  readonly inbox: Inbox;
  mount(app: App): void;
  /** Checks what portals call us for, now and every day, which also keeps the tokens from dying of age. */
  work(): void;
  stop(): Promise<void>;
}

const DAY_MS = 86_400_000;

export function createPortalFeature(options: PortalOptions): PortalFeature {
  const { db, bus, log, now, secrets, settings, requestToken, pageTokens } = options;
  const applications = createApplications(db, secrets, settings);
  const tokens = createTokenKeeper({ db, secrets, applications, requestToken, log, now });

  const openClient = (portalId: number, credential: PortalCredential) =>
    options.openClient(portalId, credential, ({ from, to }) => {
      if (portalId === 0) return;
      log.info({ portal: portalId, from, to }, "the portal has another address now");
      updateAddress(db.pool, portalId, from, to).catch((err) =>
        log.error({ err }, "an address was not kept"),
      );
    });
  const openWithToken = (endpoint: string, accessToken: string) =>
    openClient(0, {
      kind: "oauth",
      endpoint,
      tokens: { access: async () => accessToken, refused: async () => false },
    });

  const portals = createPortals({
    db,
    secrets,
    tokens,
    openClient,
    openStranger: (credential) => openClient(0, credential),
  });

  /** An administrator has named all of these: in the settings, with an application, or by a webhook. */
  const configured = async () => [
    ...settings.origins,
    ...(await applications.origins()),
    ...(await selectPortals(db.pool)).filter(({ credential }) => credential !== null).map(({ url }) => url),
  ];
  const guard = createPortalGuard(configured);
  const inbox = createInbox(db, bus);
  const webhooks = createWebhooks({
    client: portals.client,
    baseUrl: settings.baseUrl,
    isInstalled: async (portalId) => Boolean((await selectPortal(db.pool, portalId))?.oauth),
  });
  const installs = createInstalls({
    ...{ db, secrets, guard, applications, requestToken, tokens, openWithToken, log, now },
    states: createInstallStates(settings.secretKey),
    baseUrl: settings.baseUrl,
  });

  async function checkAll(): Promise<void> {
    await inbox.trim();
    for (const { portalId, state } of await selectInstallations(db.pool)) {
      if (state === "dead") continue;
      await webhooks
        .check(portalId)
        .then(() => askForToken(portalId))
        .catch((error: Error) =>
          log.warn({ portal: portalId, reason: error.message }, "bindings were not checked"),
        );
    }
  }

  /** The portal answers with an event that carries the token; the one of the installation may have been lost. */
  async function askForToken(portalId: number): Promise<void> {
    if (await hasApplicationToken(db.pool, portalId)) return;
    await (await portals.client(portalId)).call("event.test", {}, { idempotent: true });
  }

  let loop: Loop | null = null;
  return {
    portals,
    applications,
    webhooks,
    inbox,
    mount(app) {
      const sessions = { db, pageTokens, openWithToken };
      const keepEvent = createEventKeeper((events) => insertInboxEvents(db.pool, events));
      routes(app, {
        db,
        portals,
        applications,
        webhooks,
        baseUrl: settings.baseUrl,
        openSession: (request) => openSession(sessions, request),
      });
      intakeRoutes(app, {
        ...sessions,
        ...{ installs, inbox, keepEvent, configured, log, parts: options.parts },
        requirePortal: guard.requirePortal,
        onUninstalled: (portalId, ts) => uninstall({ db, tokens, client: portals.client }, portalId, ts),
        onUpdated: async (portalId) => void (await webhooks.check(portalId)),
      });
    },
    work() {
      loop ??= every(DAY_MS, checkAll, { log, name: "portal.check" });
    },
    async stop() {
      await loop?.stop();
      loop = null;
    },
  };
}
