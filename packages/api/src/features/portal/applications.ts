import type { Database } from "../../platform/db/database.ts";
import { AppError } from "../../platform/http/app-error.ts";
import type { Secrets } from "../../platform/secrets/secrets.ts";
import { openClientSecret, sealClientSecret } from "./credential.ts";
import {
  type ApplicationRow,
  deleteApplication,
  selectApplication,
  selectApplications,
  upsertApplication,
} from "./store/applications.ts";

/** What makes us this application at an auth server. */
export interface Application {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Our applications: the one of the settings, and local ones that live on one portal each. */
export interface Applications {
  /** @throws AppError application_not_configured */
  require(clientId: string): Promise<Application>;
  /** The application to install on this portal: its own local one, else the one of the settings. */
  forHost(host: string): Promise<Application>;
  isOurs(clientId: string): Promise<boolean>;
  /** Client id of the application of the settings. */
  ofSettings(): string | null;
  /** The same where it is one from the market. */
  ofMarket(): string | null;
  /** Origins of portals that an administrator has named together with an application. */
  origins(): Promise<readonly string[]>;
  list(): Promise<readonly Pick<ApplicationRow, "clientId" | "host" | "url">[]>;
  put(application: Application & { readonly url: string }): Promise<void>;
  remove(host: string): Promise<boolean>;
}

export function createApplications(
  db: Database,
  secrets: Secrets,
  own: { readonly clientId?: string | undefined; readonly clientSecret?: string | undefined },
): Applications {
  const ofSettings =
    own.clientId && own.clientSecret ? { clientId: own.clientId, clientSecret: own.clientSecret } : null;

  const reveal = ({ clientId, clientSecret }: ApplicationRow): Application => ({
    clientId,
    clientSecret: openClientSecret(secrets, clientId, clientSecret),
  });

  async function require(clientId: string): Promise<Application> {
    if (ofSettings?.clientId === clientId) return ofSettings;
    const row = await selectApplication(db.pool, clientId);
    if (row) return reveal(row);
    throw new AppError(
      "application_not_configured",
      `The secret of the application ${clientId} is known neither from BITRIX24_CLIENT_ID nor from the stored applications.`,
    );
  }

  return {
    require,
    async forHost(host) {
      const row = (await selectApplications(db.pool)).find((application) => application.host === host);
      if (row) return reveal(row);
      if (ofSettings) return ofSettings;
      throw new AppError("application_not_configured", `No application is set for ${host}.`);
    },
    isOurs: async (clientId) =>
      ofSettings?.clientId === clientId || (await selectApplication(db.pool, clientId)) !== null,
    ofSettings: () => ofSettings?.clientId ?? null,
    ofMarket: () => (ofSettings?.clientId.startsWith("app.") ? ofSettings.clientId : null),
    origins: async () => (await selectApplications(db.pool)).map(({ url }) => url),
    list: async () =>
      (await selectApplications(db.pool)).map(({ clientId, host, url }) => ({ clientId, host, url })),
    async put({ clientId, clientSecret, url }) {
      const sealed = sealClientSecret(secrets, clientId, clientSecret);
      const row = { clientId, clientSecret: sealed, host: new URL(url).host, url };
      await db.transaction((tx) => upsertApplication(tx, row));
    },
    remove: (host) => deleteApplication(db.pool, host),
  };
}
