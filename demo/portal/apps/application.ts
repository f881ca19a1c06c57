import { randomBytes, randomInt } from "node:crypto";

/** A local application of this portal: its card, its credentials, and how far its installation has come. */
export interface Application {
  /** The portal's own number of it. */
  id: number;
  /** `local.<hex>.<digits>`, or `app.<hex>.<digits>` of one from the market. */
  clientId: string;
  /** What `app.info` calls one from the market; a local one is called by its client_id. */
  marketCode?: string | undefined;
  clientSecret: string;
  title: string;
  /** Opened in a frame, and where the authorize page returns to. */
  handlerUrl: string;
  /** Shown in the first frame; for an application of scripts only, where ONAPPINSTALL is posted. */
  installUrl: string | null;
  scopes: readonly string[];
  /** No pages of its own: installed as soon as it is added. */
  scriptOnly: boolean;
  /** Comes with every event; the only proof of ONAPPUNINSTALL. */
  applicationToken: string;
  version: number;
  /** False until `installFinish` came from the frame, or the application is of scripts only. */
  installed: boolean;
  /** Removed applications are remembered so that their tokens are refused in the right words. */
  removed: boolean;
  /** Who added it. */
  userId: number;
  /** Milliseconds. */
  createdAt: number;
}

/** What a person writes on the card. */
export type ApplicationCard = Pick<
  Application,
  "title" | "handlerUrl" | "installUrl" | "scopes" | "scriptOnly" | "userId" | "marketCode"
>;

/** An application with fresh credentials: the same card added twice is two applications. */
export function newApplication(card: ApplicationCard, id: number, now: number): Application {
  const hex = randomBytes(7).toString("hex");
  return {
    ...card,
    id,
    clientId: `${card.marketCode ? "app" : "local"}.${hex}.${randomInt(10_000_000, 99_999_999)}`,
    clientSecret: randomBytes(25).toString("hex"),
    applicationToken: randomBytes(16).toString("hex"),
    version: 1,
    installed: false,
    removed: false,
    createdAt: now,
  };
}
