import { ALIASES } from "./aliases.ts";
import type { Config } from "./config.ts";
import { askRoutes } from "./features/charts/ask-routes.ts";
import { type Asking, createAsking } from "./features/charts/asking.ts";
import { boardRoutes } from "./features/charts/board-routes.ts";
import { type Boards, createBoards } from "./features/charts/boards.ts";
import { catalogueRoutes } from "./features/charts/catalogue-routes.ts";
import { chartQuestions } from "./features/charts/chart-questions.ts";
import { type ChartSettingsAccess, chartSettings } from "./features/charts/chart-settings.ts";
import { type Charts, createCharts } from "./features/charts/charts.ts";
import { pictureRoutes } from "./features/charts/picture-routes.ts";
import { createPictures, type Pictures } from "./features/charts/pictures.ts";
import { savedQueries } from "./features/charts/saved-queries.ts";
import { targetRoutes } from "./features/charts/target-routes.ts";
import { createGenerator, type Generator } from "./features/generator/generator.ts";
import { generatorResults } from "./features/generator/results-query.ts";
import { routes as generatorRoutes } from "./features/generator/routes.ts";
import type { PagePart } from "./features/portal/placement-page.ts";
import { createPortalFeature, type PortalFeature } from "./features/portal/portal.ts";
import type { Portals } from "./features/portal/portals.ts";
import { rotateKeys } from "./features/portal/rotate-keys.ts";
import { rotateSecrets } from "./features/subscriptions/rotate-secrets.ts";
import { createSubscriptions, type Subscriptions } from "./features/subscriptions/subscriptions.ts";
import { syncQueries, syncQueryFamilies } from "./features/sync/queries/index.ts";
import { stageHistory } from "./features/sync/queries/stage-history.ts";
import { routes as syncRoutes } from "./features/sync/routes.ts";
import { createSync, type Sync } from "./features/sync/sync.ts";
import { openPictureThread, type PictureThread } from "./pictures/draw-picture.ts";
import { type Ai, createAi } from "./platform/ai/ai.ts";
import { type Auth, createAuth } from "./platform/auth/authenticate.ts";
import { type DemoSession, mountDemoSession } from "./platform/auth/demo-session.ts";
import { createFailureLimit } from "./platform/auth/failure-limit.ts";
import { createPageTokens } from "./platform/auth/page-token.ts";
import { routes as authRoutes } from "./platform/auth/routes.ts";
import { createSupabaseVerifier } from "./platform/auth/supabase.ts";
import { createPortalClient } from "./platform/bitrix/client.ts";
import { systemClock } from "./platform/bitrix/clock.ts";
import { createMemoryLimiter } from "./platform/bitrix/memory-limiter.ts";
import { createTokenRequests } from "./platform/bitrix/oauth-server.ts";
import { createPostgresLimiter } from "./platform/bitrix/postgres-limiter.ts";
import type { Bus } from "./platform/bus/bus.ts";
import type { Database } from "./platform/db/database.ts";
import { routes as docsRoutes } from "./platform/http/docs/routes.ts";
import type { App } from "./platform/http/environment.ts";
import { routes as healthRoutes } from "./platform/http/health.ts";
import { createOrigins, type Origins } from "./platform/http/origins.ts";
import { isLoopback } from "./platform/http/remote-address.ts";
import { createShell } from "./platform/http/shell.ts";
import { type StaticFiles, staticFiles } from "./platform/http/static-files.ts";
import { createJobs, type Jobs } from "./platform/jobs/jobs.ts";
import type { Logger } from "./platform/log/logger.ts";
import { createMetrics, type Metrics } from "./platform/metrics/metrics.ts";
import { routes as metricsRoutes } from "./platform/metrics/routes.ts";
import { createOutside } from "./platform/outside/post-outside.ts";
import type { QueryDefinition } from "./platform/queries/definition.ts";
import { createQueryRegistry } from "./platform/queries/registry.ts";
import { queryRoutes } from "./platform/queries/routes.ts";
import { type Connections, countConnections } from "./platform/realtime/connections.ts";
import { routes as realtimeRoutes } from "./platform/realtime/routes.ts";
import type { Topics } from "./platform/realtime/topics.ts";
import { createSecrets, type Secrets } from "./platform/secrets/secrets.ts";

export interface AppDeps {
  readonly config: Config;
  readonly db: Database;
  readonly bus: Bus;
  readonly log: Logger;
  readonly version: string;
  /** Folders of files that are served beside the API. */
  readonly files?: readonly StaticFiles[];
  /** Compare every answer with the contract: tests and the demo. */
  readonly checkAnswers?: boolean;
  readonly now?: () => number;
}

/** The product, composed but not yet at work. */
export interface Product {
  readonly app: App;
  readonly portals: Portals;
  /** Events of the portals, for features that follow them. */
  readonly inbox: PortalFeature["inbox"];
  readonly sync: Sync;
  readonly charts: Charts;
  /** Present in demo mode. */
  readonly demo: DemoSession | null;
  /** Registers the portal of the settings and, unless the role is `api`, begins to work. */
  start(): Promise<void>;
  /** Ends connections and work in good order, waiting for jobs at most so long. */
  stop(timeoutMs: number): Promise<void>;
}

interface Parts extends Required<Pick<AppDeps, "config" | "db" | "bus" | "log" | "version" | "now">> {
  readonly metrics: Metrics;
  readonly origins: Origins;
  readonly connections: Connections;
  readonly auth: Auth;
  readonly pageTokens: ReturnType<typeof createPageTokens>;
  readonly jobs: Jobs;
  readonly portal: PortalFeature;
  readonly portals: Portals;
  readonly sync: Sync;
  readonly generator: Generator;
  readonly subscriptions: Subscriptions;
  readonly charts: Charts;
  readonly ai: Ai;
  readonly asking: Asking;
  readonly boards: Boards;
  readonly pictureThread: PictureThread;
  readonly pictures: Pictures;
  readonly chartSettings: ChartSettingsAccess;
}

/** A page waits no longer; what takes more belongs into a summary. */
const QUERY_TIMEOUT_MS = 30_000;

/** Composes the product: the one place where features meet. */
export function createApp(deps: AppDeps): Product {
  const parts = createParts(deps);
  const { config, metrics, origins, connections, auth, jobs, portals, sync, generator, charts } = parts;
  const app = createShell({
    log: deps.log,
    origins,
    publicUrl: config.publicUrl,
    authenticate: auth.fromRequest,
    checkAnswers: deps.checkAnswers,
    aliases: ALIASES,
    observe: metrics.observeRequest,
  });
  metrics.gauge("b24_realtime_connections", "Open WebSockets and event streams", connections.count);
  healthRoutes(app, { db: deps.db, version: deps.version, generatedSql: charts.safety });
  metricsRoutes(app, metrics);
  const demo = config.role === "worker" ? null : mountProduct(app, parts, deps.files ?? []);

  return {
    app,
    portals,
    inbox: parts.portal.inbox,
    sync,
    charts,
    demo,
    async start() {
      if (config.bitrix.webhookUrl) await portals.register(config.bitrix.webhookUrl);
      await jobs.start();
      // Charts of a portal wait for this, other work does not.
      if (config.role !== "worker")
        void charts.start().catch((error) => deps.log.error({ err: error }, "charts could not be prepared"));
      if (config.role === "api") return;
      sync.work();
      generator.work();
      parts.portal.work();
      parts.subscriptions.work();
    },
    async stop(timeoutMs) {
      connections.closeAll();
      const ends = [sync, generator, charts, parts.portal, parts.subscriptions].map((part) => part.stop());
      await Promise.all([...ends, parts.pictureThread.stop(), jobs.stop(timeoutMs)]);
    },
  };
}

/** Seals again, with the newest key, what older keys have sealed; returns how many. @throws SecretUnreadable */
export async function sealAgain(db: Database, secrets: Secrets): Promise<number> {
  return (await rotateKeys(db, secrets)) + (await rotateSecrets(db, secrets));
}

function createParts(deps: AppDeps): Parts {
  const { config, db, bus, log, now = Date.now } = deps;
  const metrics = createMetrics();
  const jobs = createJobs({ db, bus, log, role: config.role, observe: metrics.observeJob });
  const pageTokens = createPageTokens(config.secretKey, now);
  const secrets = createSecrets([config.secretKey, ...config.previousSecretKeys]);
  const portal = createPortalFeature({
    ...{ db, bus, log, now, pageTokens, secrets },
    requestToken: createTokenRequests({ clock: systemClock }),
    settings: portalSettings(config),
    parts: pageParts(),
    openClient: (portalId, credential, onMoved) => {
      const limiter = portalId === 0 ? createMemoryLimiter() : createPostgresLimiter({ db, portalId });
      return createPortalClient({ portalId, credential, limiter, log, onMoved });
    },
  });
  const { portals } = portal;
  const settings = { batchSize: config.sync.batchSize, intervalMinutes: config.sync.intervalMinutes };
  const outside = createOutside({ configured: config.outgoingOrigins });
  const subscriptions = createSubscriptions({
    ...{ db, bus, log, now, secrets, outside },
    resolvePortal: portals.resolve,
  });
  const { announce } = subscriptions;
  const sync = createSync({ db, bus, portals, events: portal.inbox, log, settings, announce });
  const charts = createCharts({
    ...{ db, bus, portals, mirror: sync, log, now, secrets },
    givenUrl: config.chartDatabaseUrl,
  });
  const ai = createAi({ db, log, settings: config.openai, now });
  const { freshness } = sync;
  const asking = createAsking({ db, log, ai, charts, freshness, now });
  const boards = createBoards({
    ...{ db, pageTokens, portals, now, check: asking.check },
    secretKeys: [config.secretKey, ...config.previousSecretKeys],
    baseUrl: portalSettings(config).baseUrl,
  });
  const pictureThread = openPictureThread();
  const generator = createGenerator({ db, bus, portals, log, settings: config.generator });
  const auth = createAuth({
    db,
    log,
    now,
    pageTokens,
    apiKey: config.apiKey,
    supabase: createSupabaseVerifier({ ...config.supabase, now, solePortal: () => solePortal(portals) }),
    failures: createFailureLimit({ burst: 20, refillMs: 3_000, now }),
  });
  const allowed = config.allowedOrigins === "*" ? ["*"] : config.allowedOrigins;
  const origins = createOrigins(allowed, config.publicUrl);
  return {
    ...deps,
    now,
    metrics,
    jobs,
    portal,
    portals,
    sync,
    generator,
    subscriptions,
    charts,
    ai,
    asking,
    boards,
    pictureThread,
    pictures: createPictures({ asking, draw: pictureThread.draw, now }),
    chartSettings: chartSettings({ db, ai, charts }),
    pageTokens,
    auth,
    origins,
    connections: countConnections(),
  };
}

/** Where portals find us, and which of them may stand outside the cloud. */
function portalSettings({ secretKey, bitrix, publicUrl, port, demo, emulators }: Config) {
  const { clientId, clientSecret, redirectUri, portalUrl, webhookUrl } = bitrix;
  const baseUrl = publicUrl ?? (redirectUri ? new URL(redirectUri).origin : `http://localhost:${port}`);
  const emulated = [0, 1].map((n) => `http://127.0.0.1:${emulators.portalPort + n}`);
  const origins = [portalUrl, webhookUrl, ...(demo ? emulated : [])].filter((url) => url !== undefined);
  return { secretKey, clientId, clientSecret, baseUrl, origins };
}

/** Everything but health and metrics; a pure worker serves none of it. */
function mountProduct(app: App, parts: Parts, files: readonly StaticFiles[]): DemoSession | null {
  const { config, db, log, metrics, portals, sync, pageTokens } = parts;
  authRoutes(app, db, config.supabase);
  parts.portal.mount(app);
  syncRoutes(app, sync);
  generatorRoutes(app, parts.generator);
  parts.subscriptions.mount(app);
  catalogueRoutes(app, parts.charts, { db, ai: parts.ai });
  targetRoutes(app, parts.charts, parts.db);
  const { asking, boards, chartSettings: settings, now } = parts;
  askRoutes(app, { asking, boards, settings, log, now });
  boardRoutes(app, parts.boards, parts.asking);
  pictureRoutes(app, parts.boards, parts.pictures, now);
  queryRoutes({
    registry: createQueryRegistry(queries(db, portals), syncQueryFamilies(db.pool)),
    made: savedQueries(parts.boards, parts.asking),
    pool: db.pool,
    resolvePortal: portals.resolve,
    now: () => new Date(parts.now()),
    statementTimeoutMs: QUERY_TIMEOUT_MS,
    onFinished(query, { outcome, rows, bytes, error }, milliseconds, requestId) {
      metrics.observeQuery(query, outcome, milliseconds);
      const line = { requestId, query, outcome, rows, bytes, milliseconds, error: error?.code };
      log[outcome === "failed" ? "error" : "debug"](line, "query");
    },
  })(app);
  realtimeRoutes(app, {
    ...parts,
    hub: { bus: parts.bus, topics: topics(parts), resolvePortal: portals.resolve },
  });
  docsRoutes(app, { version: parts.version, publicUrl: config.publicUrl });
  const open = !isLoopback(config.host) && config.host !== "localhost";
  const demo = config.demo ? mountDemoSession(app, { pageTokens, open }) : null;
  for (const folder of files) app.use(staticFiles(folder));
  return demo;
}

/** What features show on the pages behind the portal's buttons, beside the record or the list: an element for a place. */
function pageParts(): readonly PagePart[] {
  return [];
}

/** What can be subscribed to, by the feature that knows it. */
function topics({ sync, generator }: Parts): Topics {
  return {
    generator: generator.topic,
    sync: {
      right: "data:read",
      snapshot: (portalId) => sync.status(portalId),
      keyOf: (change) => (change as { entity: string }).entity,
    },
  };
}

/** Every feature's queries. */
function queries(db: Database, portals: Portals): readonly QueryDefinition[] {
  return [
    ...syncQueries(db.pool),
    stageHistory(db.pool, portals.client),
    generatorResults(),
    chartQuestions(),
  ];
}

/** The portal of an installation that has exactly one. */
async function solePortal(portals: Portals): Promise<number | null> {
  const [only, another] = await portals.all();
  return only && !another ? only.id : null;
}
