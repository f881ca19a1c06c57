import { visiblePlacements } from "../../apps/visible-placements.ts";
import type { MenuItem, View } from "../page.ts";
import type { Placed } from "./buttons.ts";

/** What applications put in one place of the pages, as this person sees it. */
export function placedAt({ portal, user }: View, code: string): Placed[] {
  return visiblePlacements(portal, code, Number(user.ID)).map(({ id, placement, title, description }) => ({
    id,
    code: placement,
    title,
    description,
  }));
}

/** Applications with pages of their own, and what they put into the left menu. */
export function menuApplications(view: View): MenuItem[] {
  const own = view.portal.applications
    .list()
    .filter(({ scriptOnly, installed }) => !scriptOnly && (installed || view.isAdmin))
    .map(({ id, title }) => ({ title, path: `/marketplace/app/${id}/`, icon: "app" as const }));
  const placed = placedAt(view, "LEFT_MENU").map(({ id, title }) => ({
    title,
    path: `/marketplace/view/${id}/`,
    icon: "app" as const,
  }));
  return [...own, ...placed];
}
