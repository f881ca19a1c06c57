import type { SignInSettings } from "@b24kit/client/contract";

/** Where tokens of people come from, as the settings have it. */
export interface SupabaseSettings {
  readonly url?: string | undefined;
  readonly publicUrl?: string | undefined;
  readonly anonKey?: string | undefined;
  readonly jwtSecret?: string | undefined;
}

/** What a page may know before anybody has signed in. A password is offered only where its tokens can be checked. */
export function signInSettings({ url, publicUrl, anonKey, jwtSecret }: SupabaseSettings): SignInSettings {
  const checked = Boolean(url ?? jwtSecret);
  if (!publicUrl || !anonKey || !checked) return { methods: ["key"] };
  return { methods: ["password", "key"], supabaseUrl: publicUrl, anonKey };
}
