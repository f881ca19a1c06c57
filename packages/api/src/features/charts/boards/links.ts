import { randomUUID } from "node:crypto";
import type { ChartFilters, ChartToken, ShareLink } from "@b24kit/client/contract";
import { createFailureLimit } from "../../../platform/auth/failure-limit.ts";
import type { PageTokens } from "../../../platform/auth/page-token.ts";
import type { Database } from "../../../platform/db/database.ts";
import { AppError } from "../../../platform/http/app-error.ts";
import type { Audience } from "../ask/audience.ts";
import * as store from "../store/dashboards.ts";
import type { ChartGrant } from "./grant.ts";
import { createLinkSigner, hashPassword, isPassword } from "./share-link.ts";

export interface LinksDeps {
  readonly db: Database;
  readonly pageTokens: PageTokens;
  readonly secretKeys: readonly string[];
  /** Where others reach this API, without a closing slash. */
  readonly baseUrl: string;
  readonly now: () => number;
}

const HOUR_MS = 3_600_000;

/** Links to dashboards for strangers, and the short tokens that come of them. */
export function shareLinks({ db, pageTokens, secretKeys, baseUrl, now }: LinksDeps) {
  const signer = createLinkSigner(secretKeys, "chart links");
  /** Of one address at one link, and of all addresses at one link: many machines guess no faster. */
  const guesses = createFailureLimit({ burst: 5, refillMs: 60_000, now });
  const allGuesses = createFailureLimit({ burst: 50, refillMs: 60_000, now });

  async function requirePassword(
    link: store.LinkRow,
    password: string | null,
    address: string,
  ): Promise<void> {
    if (link.password === null) return;
    const here = `${link.id} ${address}`;
    guesses.check(here);
    allGuesses.check(link.id);
    if (password !== null && (await isPassword(password, link.password))) return;
    // Asking which password there is guesses none.
    if (password !== null) {
      guesses.fail(here);
      allGuesses.fail(link.id);
    }
    throw new AppError("share_password_wrong");
  }

  return {
    async make(
      { portal, who }: Audience,
      dashboardId: string,
      how: {
        readonly expiresInHours: number;
        readonly password: string | null;
        readonly filters: ChartFilters | null;
      },
    ): Promise<ShareLink> {
      const id = randomUUID();
      const password = how.password === null ? null : await hashPassword(how.password);
      const expiresAt = new Date(now() + how.expiresInHours * HOUR_MS);
      const link = {
        id,
        portalId: portal.id,
        dashboardId,
        expiresAt,
        password,
        filters: how.filters,
        createdBy: who,
      };
      const row = await store.insertLink(db.pool, link);
      // Behind the hash sign it is sent to no server and stands in no log.
      return store.toShareLink(row, `${baseUrl}/shared#${signer.sign(id)}`);
    },
    async list({ portal }: Audience, dashboardId: string): Promise<ShareLink[]> {
      return (await store.selectLinks(db.pool, portal.id, dashboardId)).map((row) => store.toShareLink(row));
    },
    async revoke({ portal }: Audience, id: string): Promise<void> {
      if (!(await store.revokeLink(db.pool, portal.id, id)))
        throw new AppError("not_found", "There is no such link.");
    },
    /** @throws AppError share_link_invalid, share_link_expired, share_password_wrong, too_many_requests */
    async open(
      text: string,
      password: string | null,
      address: string,
    ): Promise<ChartToken & { dashboard: string; portal: number }> {
      const id = signer.verify(text);
      const link = id === null ? null : await store.selectLink(db.pool, id);
      if (!link) throw new AppError("share_link_invalid");
      requireOpen(link, now());
      await requirePassword(link, password, address);
      await store.countOpening(db.pool, link.id);
      const grant: ChartGrant = {
        ...{ content: { kind: "dashboard", id: link.dashboardId }, can: ["view", "export"] },
        ...{ filters: link.filters, origins: [], link: link.id, embed: null },
      };
      const subject = `share-${link.id}`;
      const token = await pageTokens.mint({
        subject,
        rights: ["charts:read"],
        portals: [link.portalId],
        grant,
      });
      return {
        ...token,
        serverTime: new Date(now()).toISOString(),
        dashboard: link.dashboardId,
        portal: link.portalId,
      };
    },
    /** A token ends with its link. @throws AppError share_link_expired */
    async requireLink(id: string): Promise<void> {
      const link = await store.selectLink(db.pool, id);
      if (!link) throw new AppError("share_link_expired");
      requireOpen(link, now());
    },
  };
}

function requireOpen({ expiresAt, revokedAt }: store.LinkRow, now: number): void {
  if (revokedAt !== null || expiresAt.getTime() <= now) throw new AppError("share_link_expired");
}
