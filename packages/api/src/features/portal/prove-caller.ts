import { z } from "zod";
import type { PortalClient } from "../../platform/bitrix/types.ts";
import { AppError } from "../../platform/http/app-error.ts";

const AppInfo = z.object({
  CODE: z.coerce.string(),
  INSTALLED: z.union([z.boolean(), z.string()]).transform((value) => value === true || value === "Y"),
});
const Profile = z.object({
  ID: z.coerce.number().int(),
  ADMIN: z.union([z.boolean(), z.string()]).transform((value) => value === true || value === "Y"),
});

/** Who stands behind an access token. */
export interface ProvenCaller {
  /** What the portal calls the application that the token belongs to. */
  readonly appCode: string;
  /** False until `installFinish`. */
  readonly installed: boolean;
  readonly userId: number;
  readonly admin: boolean;
}

/**
 * Asks the portal itself whose token it is. `profile` alone proves nothing: it answers to any application's token.
 * @param client calls with the token that came, at an address that we trust
 * @throws AppError foreign_application; PortalError
 */
export async function proveCaller(
  client: PortalClient,
  isOurs: (appCode: string) => boolean | Promise<boolean>,
): Promise<ProvenCaller> {
  const options = { priority: "interactive", idempotent: true } as const;
  const info = AppInfo.safeParse((await client.call("app.info", {}, options)).result);
  if (!info.success)
    throw new AppError("portal_answer_invalid", "The portal's answer to `app.info` makes no sense.");
  if (!(await isOurs(info.data.CODE)))
    throw new AppError("foreign_application", "The token was given to another application.");
  const profile = Profile.safeParse((await client.call("profile", {}, options)).result);
  if (!profile.success)
    throw new AppError("portal_answer_invalid", "The portal's answer to `profile` makes no sense.");
  const { ID: userId, ADMIN: admin } = profile.data;
  return { appCode: info.data.CODE, installed: info.data.INSTALLED, userId, admin };
}
