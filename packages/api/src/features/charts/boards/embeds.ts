import { randomUUID } from "node:crypto";
import type { ChartEmbed, ChartToken } from "@b24kit/client/contract";
import type { PageTokens } from "../../../platform/auth/page-token.ts";
import type { Database } from "../../../platform/db/database.ts";
import { AppError } from "../../../platform/http/app-error.ts";
import type { Audience } from "../ask/audience.ts";
import { hash } from "../ask/draw.ts";
import { countLinkUse } from "../store/dashboards.ts";
import * as store from "../store/embeds.ts";
import type { ChartGrant } from "./grant.ts";

export interface EmbedsDeps {
  readonly db: Database;
  readonly pageTokens: PageTokens;
  readonly now: () => number;
}

/** Origins are told by whoever asks: bounded, and only ever shown as text. */
const MOST_LETTERS = 200;

/** Capability tokens for visitors of other pages, how much they are used, and their end. */
export function embeds({ db, pageTokens, now }: EmbedsDeps) {
  return {
    /** @throws AppError embed_revoked */
    async issue(
      { portal, who }: Audience,
      {
        expiresInSeconds,
        ...allowed
      }: Omit<ChartGrant, "link" | "embed"> & { readonly expiresInSeconds: number },
    ): Promise<ChartToken> {
      const key = hash([allowed]);
      const embed = await store.issueEmbed(
        db.pool,
        { id: randomUUID(), portalId: portal.id, key, createdBy: who },
        allowed,
      );
      if (embed.revokedAt !== null) throw new AppError("embed_revoked");
      const grant: ChartGrant = { ...allowed, link: null, embed: embed.id };
      const token = await pageTokens.mint({
        // The same for every renewal, so that the page's results stay its own; others' locks make another one.
        subject: `embed-${key.slice(0, 16)}`,
        ...{ rights: ["charts:read"], portals: [portal.id], grant },
        lifetimeMs: expiresInSeconds * 1_000,
      });
      return { ...token, serverTime: new Date(now()).toISOString() };
    },
    list: ({ portal }: Audience): Promise<ChartEmbed[]> => store.selectEmbeds(db.pool, portal.id),
    async change({ portal }: Audience, id: string, revoked: boolean): Promise<ChartEmbed> {
      const changed = await store.setEmbedRevoked(db.pool, portal.id, id, revoked);
      if (!changed) throw new AppError("not_found", "There is no such embedding.");
      return changed;
    },
    /** A token ends with its embedding. @throws AppError embed_revoked */
    async requireAllowed(id: string): Promise<void> {
      if (!(await store.isEmbedAllowed(db.pool, id))) throw new AppError("embed_revoked");
    },
    /** Counts that a stranger looked at what the grant is for, or asked. */
    async count(grant: ChartGrant | null, origin: string | undefined): Promise<void> {
      if (grant === null) return;
      const from = origin?.slice(0, MOST_LETTERS) ?? null;
      if (grant.link !== null) await countLinkUse(db.pool, grant.link, from);
      else if (grant.embed !== null) await store.countEmbedUse(db.pool, grant.embed, from);
    },
  };
}
