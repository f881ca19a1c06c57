import { createHmac, hkdfSync, randomUUID } from "node:crypto";
import { hashSecret, secretEquals } from "../../platform/auth/secret-equal.ts";

/** The `state` of an installation: the id of its row, signed, so that guesses do not even reach the database. */
export interface InstallStates {
  make(): { readonly id: string; readonly state: string };
  /** The id, or null where the state is not one of ours. */
  read(state: string): string | null;
}

export function createInstallStates(secretKey: string): InstallStates {
  const key = new Uint8Array(hkdfSync("sha256", secretKey, "b24kit", "install states, HMAC", 32));
  const sign = (id: string) => createHmac("sha256", key).update(id).digest("base64url");
  return {
    make() {
      const id = randomUUID();
      return { id, state: `${id}.${sign(id)}` };
    },
    read(state) {
      const [id = "", signature = ""] = state.split(".");
      if (!/^[0-9a-f-]{36}$/.test(id)) return null;
      return secretEquals(signature, hashSecret(sign(id))) ? id : null;
    },
  };
}
