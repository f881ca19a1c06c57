import { fileURLToPath } from "node:url";
import type { StaticFiles } from "../platform/http/static-files.ts";

/** The page at `/shared`: one dashboard, shown to whoever has its link. */
export const sharedPage: StaticFiles = {
  dir: fileURLToPath(new URL("./shared", import.meta.url)),
  at: "/shared/",
  pages: { "/shared": "shared.html" },
};
