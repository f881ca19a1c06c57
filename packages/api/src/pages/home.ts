import { fileURLToPath } from "node:url";
import type { Config } from "../config.ts";
import type { StaticFiles } from "../platform/http/static-files.ts";

/** The page at `/`: sign-in, portals, keys and the state of the copy, made of the elements. */
export function homePage({ supabase }: Pick<Config, "supabase">): StaticFiles {
  return {
    dir: fileURLToPath(new URL("./home", import.meta.url)),
    at: "/home/",
    pages: { "/": "home.html" },
    // People sign in at Supabase itself; their password never comes here.
    needs: supabase.publicUrl ? { connect: [new URL(supabase.publicUrl).origin] } : {},
  };
}
