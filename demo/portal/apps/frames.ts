import { randomBytes } from "node:crypto";
import type { Token } from "../oauth/tokens.ts";
import { isAdmin } from "../people.ts";
import type { Portal } from "../portal.ts";
import type { Application } from "./application.ts";

/** What a page needs to show a handler: a form to post into an iframe of this name. */
export interface FrameOpening {
  /** `APP_SID`: names this frame in the messages between it and the page. */
  appSid: string;
  /** The handler with DOMAIN, PROTOCOL, LANG and APP_SID in its query. */
  action: string;
  /** The form's fields. */
  fields: Record<string, string>;
  /** `window.name` of the frame: `<DOMAIN>|<PROTOCOL>|<APP_SID>`. */
  windowName: string;
  /** The installation page is shown, and `installFinish` is awaited. */
  installs: boolean;
}

export interface FrameRequest {
  userId: number;
  /** DEFAULT opens the application itself. */
  placement?: string;
  /** What the place says of itself: `{ID, URI}`. */
  options?: Record<string, string>;
  language?: string;
}

/** One opened frame; it lives as long as the portal's process. */
export interface Frame {
  appSid: string;
  clientId: string;
  userId: number;
  placement: string;
  options: Record<string, string>;
  language: string;
  /** What the frame was opened with, or what `refreshAuth` gave it last. */
  token: Token;
}

/** Why nothing opens: the page says it in its own words. */
export type FrameFault = "no_application" | "no_placement" | "not_installed";

/** Opens the application's own page; before its installation is finished an administrator gets the install page. */
export function openApplication(
  portal: Portal,
  clientId: string,
  request: FrameRequest,
): FrameOpening | FrameFault {
  const application = portal.applications.get(clientId);
  if (!application) return "no_application";
  if (application.installed) return open(portal, application, application.handlerUrl, request);
  if (!isAdmin(request.userId)) return "not_installed";
  const installUrl = application.installUrl ?? application.handlerUrl;
  return open(portal, application, installUrl, { ...request, placement: "DEFAULT" });
}

/** Opens what was bound to a place, by the binding's number. */
export function openPlacement(
  portal: Portal,
  placementId: number,
  request: Omit<FrameRequest, "placement">,
): FrameOpening | FrameFault {
  const bound = portal.placements.get(placementId);
  const application = bound && portal.applications.get(bound.clientId);
  if (!application) return "no_placement";
  if (!application.installed) return "not_installed";
  return open(portal, application, bound.handler, { ...request, placement: bound.placement });
}

function open(portal: Portal, application: Application, url: string, request: FrameRequest): FrameOpening {
  const { address, memberId } = portal;
  const { userId, placement = "DEFAULT", options = {}, language = "ru" } = request;
  const appSid = randomBytes(16).toString("hex");
  const token = portal.tokens.issue(application, userId);
  portal.frames.set(appSid, {
    appSid,
    clientId: application.clientId,
    userId,
    placement,
    options,
    language,
    token,
  });
  const action = new URL(url);
  const query = { DOMAIN: address.domain, PROTOCOL: address.protocol, LANG: language, APP_SID: appSid };
  for (const [name, value] of Object.entries(query)) action.searchParams.set(name, value);
  const fields = {
    ...frameTokens(portal, token),
    SERVER_ENDPOINT: address.clientEndpoint,
    APPLICATION_TOKEN: application.applicationToken,
    APPLICATION_SCOPE: application.scopes.join(","),
    member_id: memberId,
    status: "L",
    PLACEMENT: placement,
    PLACEMENT_OPTIONS: JSON.stringify(options),
  };
  const windowName = `${address.domain}|${address.protocol}|${appSid}`;
  return { appSid, action: action.href, fields, windowName, installs: !application.installed };
}

/** `refreshAuth` of the frame; undefined where the frame or its application is gone. */
export function refreshFrame(portal: Portal, appSid: string): Record<string, string> | undefined {
  const frame = portal.frames.get(appSid);
  const application = frame && portal.applications.get(frame.clientId);
  if (!application) return undefined;
  frame.token = portal.tokens.issue(application, frame.userId);
  return frameTokens(portal, frame.token);
}

/** `getInitData` of the frame, without APP_OPTIONS and USER_OPTIONS, which their methods keep. */
export function frameInitData(portal: Portal, appSid: string): Record<string, unknown> | undefined {
  const frame = portal.frames.get(appSid);
  const application = frame && portal.applications.get(frame.clientId);
  if (!application) return undefined;
  return {
    ...frameTokens(portal, frame.token),
    DOMAIN: portal.address.domain,
    PROTOCOL: portal.address.protocol,
    PATH: "/rest",
    LANG: frame.language,
    MEMBER_ID: portal.memberId,
    IS_ADMIN: isAdmin(frame.userId),
    PLACEMENT: frame.placement,
    PLACEMENT_OPTIONS: frame.options,
    INSTALL: !application.installed,
    FIRST_RUN: !application.installed,
  };
}

function frameTokens(portal: Portal, token: Token): Record<string, string> {
  return {
    AUTH_ID: token.access,
    AUTH_EXPIRES: String(Math.max(0, Math.round((token.expiresAt - portal.clock.now()) / 1000))),
    REFRESH_ID: token.refresh ?? "",
  };
}
