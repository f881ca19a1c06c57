import type {
  ChartDefinition,
  ChartToken,
  Dashboard,
  PictureLink,
  SavedChart,
} from "@b24kit/client/contract";
import { type Caller, callerName } from "../../platform/auth/caller.ts";
import { AppError } from "../../platform/http/app-error.ts";
import type { Audience } from "./ask/audience.ts";
import { embeds } from "./boards/embeds.ts";
import { type ChartGrant, grantOf, requireContent, requireOrigin, toAudience } from "./boards/grant.ts";
import { type LinksDeps, shareLinks } from "./boards/links.ts";
import { type PictureLinkRequest, pictureLinks, stranger } from "./boards/picture-links.ts";
import { savedCharts } from "./boards/saved-charts.ts";
import type { PortalAccess } from "./deps.ts";
import {
  type Layout,
  putDashboard,
  removeDashboard,
  selectDashboard,
  selectDashboards,
} from "./store/dashboards.ts";
import { selectSavedCharts } from "./store/saved.ts";

export interface BoardsOptions extends LinksDeps {
  readonly portals: PortalAccess;
  readonly check: (audience: Audience, definition: ChartDefinition) => Promise<unknown>;
}

/** Who asks, and what their token is for. */
export interface Admitted {
  readonly audience: Audience;
  readonly grant: ChartGrant | null;
  /** The page that it is asked from. */
  readonly origin: string | undefined;
}

export type Boards = ReturnType<typeof createBoards>;

/** Kept charts, dashboards, and how far strangers see them. */
export function createBoards(options: BoardsOptions) {
  const { db, portals } = options;
  const saved = savedCharts(options);
  const links = shareLinks(options);
  const ofOthers = embeds(options);
  const pictures = pictureLinks(options);

  async function dashboard({ portal }: Audience, id: string): Promise<Dashboard> {
    const found = await selectDashboard(db.pool, portal.id, id);
    if (!found) throw new AppError("not_found", "There is no such dashboard.");
    return found;
  }

  /** The charts that a grant reaches through its dashboard. */
  async function reachOf({ audience, grant }: Admitted): Promise<string[]> {
    if (grant?.content.kind !== "dashboard") return [];
    return (await dashboard(audience, grant.content.id)).tiles.map(({ chart }) => chart);
  }

  return {
    saved,
    links,
    dashboard,
    /** @throws AppError unknown_portal, forbidden, origin_not_allowed, share_link_expired, embed_revoked */
    async audience(
      caller: Caller,
      portal: string | undefined,
      origin: string | undefined,
    ): Promise<Admitted> {
      const grant = grantOf(caller);
      if (grant) requireOrigin(grant, origin);
      if (grant?.link) await links.requireLink(grant.link);
      if (grant?.embed) await ofOthers.requireAllowed(grant.embed);
      const audience = toAudience(callerName(caller), await portals.resolve(caller, portal), grant);
      return { audience, grant, origin };
    },
    async savedFor(admitted: Admitted, id: string): Promise<SavedChart> {
      requireContent(admitted.grant, "chart", id, await reachOf(admitted));
      if (admitted.grant?.content.kind === "chart") await ofOthers.count(admitted.grant, admitted.origin);
      return saved.get(admitted.audience, id);
    },
    async dashboardFor({ audience, grant, origin }: Admitted, id: string) {
      requireContent(grant, "dashboard", id);
      await ofOthers.count(grant, origin);
      const found = await dashboard(audience, id);
      const charts = await selectSavedCharts(
        db.pool,
        audience.portal.id,
        found.tiles.map(({ chart }) => chart),
      );
      return { dashboard: found, charts };
    },
    dashboards: ({ portal }: Audience) => selectDashboards(db.pool, portal.id),
    async putDashboard(
      audience: Audience,
      id: string,
      layout: Layout,
      version: number | null,
    ): Promise<Dashboard> {
      const put = await putDashboard(db.pool, audience.portal.id, audience.who, { id, layout, version });
      if (put) return put;
      // Another portal's id is nothing here.
      await dashboard(audience, id);
      throw new AppError("version_conflict");
    },
    async removeDashboard({ portal }: Audience, id: string): Promise<void> {
      if (!(await removeDashboard(db.pool, portal.id, id)))
        throw new AppError("not_found", "There is no such dashboard.");
    },
    pictures,
    async linkPicture(audience: Audience, id: string, how: PictureLinkRequest): Promise<PictureLink> {
      return pictures.make(audience, await saved.get(audience, id), how);
    },
    /** The chart behind a picture's address, and who looks. @throws AppError share_link_invalid, share_link_expired, too_many_requests */
    async pictured(link: string, page: string | undefined) {
      const { id, portalId, ...what } = await pictures.open(link, page);
      const audience = stranger(await portals.get(portalId), { id, ...what });
      return { link: id, audience, chart: await saved.get(audience, what.chart) };
    },
    embeds: ofOthers,
    /** @throws AppError not_found, embed_revoked */
    async embedToken(audience: Audience, asked: Parameters<typeof ofOthers.issue>[1]): Promise<ChartToken> {
      const { content } = asked;
      if (content.kind === "chart") await saved.get(audience, content.id);
      if (content.kind === "dashboard") await dashboard(audience, content.id);
      return ofOthers.issue(audience, asked);
    },
    /** That strangers asked something. */
    countQuestion: ({ grant, origin }: Admitted) => ofOthers.count(grant, origin),
  };
}
