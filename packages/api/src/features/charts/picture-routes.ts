import { drawSavedChart, SVG } from "@b24kit/client/contract";
import type { App } from "../../platform/http/environment.ts";
import { mount } from "../../platform/http/mount.ts";
import { chooseCoding, encodeBody } from "../../platform/queries/compress.ts";
import type { Boards } from "./boards.ts";
import type { Pictures } from "./pictures.ts";

/** Opened by itself, a picture may load, run and link nothing. */
const POLICY = "sandbox; default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/** Kept charts as pictures. */
export function pictureRoutes(app: App, boards: Boards, pictures: Pictures): void {
  mount(app, drawSavedChart, async ({ caller, query, params, c, signal }) => {
    const { portal, ...look } = query;
    const admitted = await boards.audience(caller, portal, c.req.header("Origin"));
    const chart = await boards.savedFor(admitted, params.id);
    const picture = await pictures.of(admitted.audience, chart, look);
    const etag = `W/"${picture.tag}"`;
    c.header("ETag", etag);
    // The reader's own, and asked for anew each time: a right may have ended since.
    c.header("Cache-Control", "private, no-cache");
    c.header("Vary", "Authorization, X-API-Key, Accept-Encoding", { append: true });
    if (c.req.header("If-None-Match")?.includes(etag)) return c.body(null, 304);
    const bytes = await picture.svg(signal);
    const coding = chooseCoding(c.req.header("Accept-Encoding"), c.env?.incoming?.socket.remoteAddress);
    c.header("Content-Type", SVG);
    c.header("Content-Security-Policy", POLICY);
    c.header("X-Content-Type-Options", "nosniff");
    if (coding !== "identity") c.header("Content-Encoding", coding);
    return c.body(encodeBody(new Blob([bytes as BufferSource]).stream(), coding));
  });
}
