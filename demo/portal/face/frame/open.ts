import type { Context } from "hono";
import * as z from "zod";
import {
  type FrameFault,
  type FrameOpening,
  type FrameRequest,
  openApplication,
  openPlacement,
} from "../../apps/frames.ts";
import { browserUser } from "../../people.ts";
import type { Portal } from "../../portal.ts";
import { placeOptions } from "./place-options.ts";

const input = z.union([
  z.strictObject({ placement: z.int(), record: z.string().max(20).optional() }),
  z.strictObject({ application: z.int(), options: z.record(z.string(), z.unknown()).optional() }),
  /** `openApplication` of a frame that is open already. */
  z.strictObject({ appSid: z.string().max(100), options: z.record(z.string(), z.unknown()).optional() }),
]);

const FAULTS: Record<FrameFault, string> = {
  no_application: "Этого приложения больше нет на портале.",
  no_placement: "Приложение убрало себя с этой страницы. Обновите её.",
  not_installed: "Приложение установлено не полностью. Обратитесь к администратору портала.",
};

/** What the page's script needs to open a frame, or why there is none to open. */
export type OpenAnswer = (FrameOpening & { title: string; placement: string }) | { fault: string };

/** Opens a placement or an application for the person at the browser. */
export function openFrame(portal: Portal, c: Context, body: unknown): OpenAnswer {
  const asked = input.parse(body);
  const userId = browserUser(portal, c);
  if ("placement" in asked) {
    const bound = portal.placements.get(asked.placement);
    if (!bound) return { fault: FAULTS.no_placement };
    const options = placeOptions(bound.placement, { record: asked.record, uri: refererPath(c) });
    return describe(portal, openPlacement(portal, bound.id, { userId, options }), bound.placement);
  }
  const clientId =
    "appSid" in asked
      ? portal.frames.get(asked.appSid)?.clientId
      : portal.applications.byId(asked.application)?.clientId;
  const request: FrameRequest = { userId, options: asText(asked.options) };
  return describe(portal, openApplication(portal, clientId ?? "", request), "DEFAULT");
}

function describe(portal: Portal, opening: FrameOpening | FrameFault, placement: string): OpenAnswer {
  if (typeof opening === "string") return { fault: FAULTS[opening] };
  const clientId = portal.frames.get(opening.appSid)?.clientId ?? "";
  const title = portal.applications.get(clientId)?.title ?? "";
  return { ...opening, title, placement };
}

/** Options of `openApplication` arrive as texts, as those of any form would. */
function asText(options: Record<string, unknown> = {}): Record<string, string> {
  return Object.fromEntries(
    Object.entries(options).map(([name, value]) => [
      name,
      typeof value === "string" ? value : JSON.stringify(value),
    ]),
  );
}

function refererPath(c: Context): string | undefined {
  const referer = c.req.header("referer");
  return referer && URL.canParse(referer) ? new URL(referer).pathname : undefined;
}
