import * as contract from "@b24kit/client/contract";
import type { Database } from "../db/database.ts";
import type { App } from "../http/environment.ts";
import { mount } from "../http/mount.ts";
import { createKey } from "./create-key.ts";
import { listKeys } from "./list-keys.ts";
import { revokeKey } from "./revoke-key.ts";
import { type SupabaseSettings, signInSettings } from "./sign-in-settings.ts";

export function routes(app: App, db: Database, supabase: SupabaseSettings): void {
  mount(app, contract.getSignIn, () => signInSettings(supabase));
  mount(app, contract.whoAmI, ({ caller }) => ({
    kind: caller.kind,
    subject: caller.subject,
    rights: [...caller.rights],
  }));
  mount(app, contract.createKey, ({ caller, body }) => createKey(db, caller, body));
  mount(app, contract.listKeys, async ({ caller }) => ({ keys: await listKeys(db, caller) }));
  mount(app, contract.revokeKey, async ({ caller, params }) => {
    await revokeKey(db, caller, params.id);
    return undefined;
  });
}
