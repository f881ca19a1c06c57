import type { Portal } from "../portal.ts";
import type { Placement } from "./placements.ts";

export interface VisiblePlacement extends Placement {
  /** The application's title, for places that name it. */
  applicationTitle: string;
}

/**
 * What a person sees in one place, in the order of binding. Applications whose installation is not finished show
 * nothing; a placement bound for one person is that person's alone. Titles come in the person's language.
 */
export function visiblePlacements(
  portal: Portal,
  code: string,
  userId: number,
  language = "ru",
): VisiblePlacement[] {
  return portal.placements.at(code).flatMap((placement) => {
    const application = portal.applications.get(placement.clientId);
    if (!application?.installed) return [];
    if (placement.userId !== 0 && placement.userId !== userId) return [];
    const words = placement.langAll[language] as Record<string, string> | undefined;
    const title = words?.TITLE || placement.title || application.title;
    const description = words?.DESCRIPTION || placement.description;
    const groupName = words?.GROUP_NAME || placement.groupName;
    return [{ ...placement, title, description, groupName, applicationTitle: application.title }];
  });
}
