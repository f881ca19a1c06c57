import * as z from "zod";
import { type Frame, frameInitData, refreshFrame } from "../../apps/frames.ts";
import { finishInstall } from "../../apps/install.ts";
import { isAdmin } from "../../people.ts";
import type { Portal } from "../../portal.ts";
import { readOptions, writeOption } from "./application-options.ts";

const optionInput = z.object({ name: z.string().min(1).max(255), value: z.unknown() });

type Command = (portal: Portal, frame: Frame, params: unknown) => unknown;

/** What a frame asks of the page and only the portal can answer, by the command's name. */
const COMMANDS: Readonly<Record<string, Command>> = {
  getInitData: (portal, frame) => ({
    ...frameInitData(portal, frame.appSid),
    APP_OPTIONS: readOptions(portal, frame, "app"),
    USER_OPTIONS: readOptions(portal, frame, "user"),
  }),
  refreshAuth: (portal, frame) => refreshFrame(portal, frame.appSid),
  setInstallFinish(portal, frame) {
    if (!isAdmin(frame.userId)) return undefined;
    finishInstall(portal, frame.clientId);
    return true;
  },
  setInstall: () => true,
  setAppOption: (portal, frame, params) => keepOption(portal, frame, "app", params),
  setUserOption: (portal, frame, params) => keepOption(portal, frame, "user", params),
};

function keepOption(portal: Portal, frame: Frame, kind: "app" | "user", params: unknown): unknown {
  const { name, value } = optionInput.parse(params);
  return writeOption(portal, frame, kind, name, value);
}

/** The answer to one command; undefined where the page should stay silent. */
export function answerCommand(portal: Portal, appSid: string, name: string, params: unknown): unknown {
  const frame = portal.frames.get(appSid);
  if (!frame || !Object.hasOwn(COMMANDS, name)) return undefined;
  return COMMANDS[name]?.(portal, frame, params);
}
