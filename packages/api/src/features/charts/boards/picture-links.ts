import { randomUUID } from "node:crypto";
import type { ChartDefinition, ChartFilters, PictureLink, SavedChart } from "@b24kit/client/contract";
import { AppError } from "../../../platform/http/app-error.ts";
import { createRateLimit } from "../../../platform/http/rate-limit.ts";
import type { Audience } from "../ask/audience.ts";
import type { ChartPortal } from "../deps.ts";
import * as store from "../store/picture-links.ts";
import { toAudience } from "./grant.ts";
import type { LinksDeps } from "./links.ts";
import { createLinkSigner } from "./share-link.ts";

/** Looks at one picture at a time, and the time after which there is one more: a busy page's, not a flood's. */
const BURST = 600;
const REFILL_MS = 50;
const HOUR_MS = 3_600_000;
/** The page is told by whoever asks: bounded, and only ever shown as text. */
const MOST_LETTERS = 200;
const TABLES = new Set<SavedChart["form"]>(["table", "pivot"]);

export interface PictureLinksDeps extends LinksDeps {
  readonly check: (audience: Audience, definition: ChartDefinition) => Promise<unknown>;
}

export interface PictureLinkRequest {
  readonly expiresInHours: number;
  readonly filters: ChartFilters | null;
}

/** Addresses by which a page shows a kept chart without any script: whoever has one sees this picture and nothing else. */
export function pictureLinks({ db, secretKeys, baseUrl, now, check }: PictureLinksDeps) {
  const signer = createLinkSigner(secretKeys, "chart pictures");
  const looks = createRateLimit({ burst: BURST, refillMs: REFILL_MS, now, of: "looks at this picture" });

  return {
    /** @throws AppError plan_invalid, sql_refused, sql_off, chart_not_drawable, where strangers would not see it */
    async make(
      { portal, who }: Audience,
      chart: SavedChart,
      { expiresInHours, filters }: PictureLinkRequest,
    ): Promise<PictureLink> {
      const id = randomUUID();
      await check(stranger(portal, { id, chart: chart.id, filters }), chart.definition);
      if (TABLES.has(chart.form)) throw new AppError("chart_not_drawable", "A table is read, not drawn.");
      const row = await store.insertPictureLink(db.pool, {
        ...{ id, portalId: portal.id, chart: chart.id, filters, createdBy: who },
        expiresAt: new Date(now() + expiresInHours * HOUR_MS),
      });
      return store.toPictureLink(row, `${baseUrl}/api/v1/charts/pictures/${signer.sign(id)}`);
    },
    async list({ portal }: Audience, chart: string): Promise<PictureLink[]> {
      const rows = await store.selectPictureLinks(db.pool, portal.id, chart);
      return rows.map((row) => store.toPictureLink(row));
    },
    async revoke({ portal }: Audience, id: string): Promise<void> {
      if (!(await store.revokePictureLink(db.pool, portal.id, id)))
        throw new AppError("not_found", "There is no such link.");
    },
    /** What an address is of; a forged one costs no look into the database. @throws AppError share_link_invalid, share_link_expired, too_many_requests */
    async open(text: string, page: string | undefined): Promise<{ id: string } & store.OpenPicture> {
      const id = signer.verify(text);
      if (id === null) throw new AppError("share_link_invalid");
      looks.take(id);
      const found = await store.usePictureLink(db.pool, { id, now: new Date(now()), origin: originOf(page) });
      if (!found) throw new AppError("share_link_expired");
      return { id, ...found };
    },
  };
}

/** Whoever has the address: sees this chart within its lock. */
export function stranger(
  portal: ChartPortal,
  { id, chart, filters }: { id: string; chart: string; filters: ChartFilters | null },
): Audience {
  return toAudience(`picture-${id}`, portal, {
    ...{ content: { kind: "chart", id: chart }, can: ["view"], filters },
    ...{ origins: [], link: null, embed: null },
  });
}

/** Of the page that shows it, where the browser names it. */
function originOf(page: string | undefined): string | null {
  const origin = page && URL.canParse(page) ? new URL(page).origin : "null";
  return origin === "null" ? null : origin.slice(0, MOST_LETTERS);
}
