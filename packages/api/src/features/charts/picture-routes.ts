import * as contract from "@b24kit/client/contract";
import type { MiddlewareHandler } from "hono";
import type { App, AppContext, AppEnv } from "../../platform/http/environment.ts";
import { mount, toHonoPath } from "../../platform/http/mount.ts";
import { createRateLimit } from "../../platform/http/rate-limit.ts";
import { chooseCoding, encodeBody } from "../../platform/queries/compress.ts";
import type { Boards } from "./boards.ts";
import { failurePicture } from "./failure-picture.ts";
import type { Picture, Pictures } from "./pictures.ts";

/** Opened by itself, a picture may load, run and link nothing. */
const POLICY = "sandbox; default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
/** Pictures of one address that are drawn anew, in all its looks, and the time after which there is one more. */
const NEW_PICTURES = 30;
const NEW_REFILL_MS = 3_000;

/** Kept charts as pictures: for whoever may read them, and for pages that have an address of one. */
export function pictureRoutes(app: App, boards: Boards, pictures: Pictures, now: () => number): void {
  mount(app, contract.drawSavedChart, async ({ caller, query, params, c, signal }) => {
    const { portal, ...look } = query;
    const admitted = await boards.audience(caller, portal, c.req.header("Origin"));
    const chart = await boards.savedFor(admitted, params.id);
    c.header("Vary", "Authorization, X-API-Key, Accept-Encoding", { append: true });
    return answer(c, await pictures.of(admitted.audience, chart, look), signal);
  });
  linkRoutes(app, boards);

  const drawings = createRateLimit({
    ...{ burst: NEW_PICTURES, refillMs: NEW_REFILL_MS, now },
    of: "looks of this picture",
  });
  app.use(toHonoPath(contract.drawLinkedPicture.path), failuresAsPictures());
  mount(app, contract.drawLinkedPicture, async ({ params, query, c, signal }) => {
    c.set("frequent", true);
    const { link, audience, chart } = await boards.pictured(params.link, c.req.header("Referer"));
    // A page of any site may show it: whoever has the address has leave.
    c.header("Cross-Origin-Resource-Policy", "cross-origin");
    c.header("Vary", "Accept-Encoding", { append: true });
    const picture = await pictures.of(audience, chart, query);
    return answer(c, picture, signal, () => drawings.take(link));
  });
}

function linkRoutes(app: App, boards: Boards): void {
  const { pictures } = boards;
  mount(app, contract.makePictureLink, async ({ caller, query, params, body, c }) => {
    const { audience } = await boards.audience(caller, query.portal, c.req.header("Origin"));
    return boards.linkPicture(audience, params.id, body);
  });
  mount(app, contract.listPictureLinks, async ({ caller, query, params, c }) => {
    const { audience } = await boards.audience(caller, query.portal, c.req.header("Origin"));
    return { links: await pictures.list(audience, params.id) };
  });
  mount(app, contract.revokePictureLink, async ({ caller, query, params, c }) => {
    const { audience } = await boards.audience(caller, query.portal, c.req.header("Origin"));
    await pictures.revoke(audience, params.id);
    return undefined;
  });
}

/** @param beforeDrawing refuses where it would have to be drawn first */
async function answer(
  c: AppContext,
  picture: Picture,
  signal: AbortSignal,
  beforeDrawing: () => void = () => {},
): Promise<Response> {
  const etag = `W/"${picture.tag}"`;
  c.header("ETag", etag);
  // The reader's own, and asked for anew each time: a right or a link may have ended since.
  c.header("Cache-Control", "private, no-cache");
  if (c.req.header("If-None-Match")?.includes(etag)) return c.body(null, 304);
  if (!picture.drawn) beforeDrawing();
  const bytes = await picture.svg(signal);
  const coding = chooseCoding(c.req.header("Accept-Encoding"), c.env?.incoming?.socket.remoteAddress);
  asImage(c);
  if (coding !== "identity") c.header("Content-Encoding", coding);
  return c.body(encodeBody(new Blob([bytes as BufferSource]).stream(), coding));
}

function asImage(c: AppContext): void {
  c.header("Content-Type", contract.SVG);
  c.header("Content-Security-Policy", POLICY);
  c.header("X-Content-Type-Options", "nosniff");
}

/** An `<img>` shows no JSON: what went wrong is told in its place, under the same status. */
function failuresAsPictures(): MiddlewareHandler<AppEnv> {
  return async (c, next) => {
    await next();
    const { errorCode } = c.var;
    if (!errorCode) return;
    const { status, headers } = c.res;
    const { locale, theme, width } = c.req.query();
    const room = Number(width);
    const svg = failurePicture(errorCode, {
      locale: locale === "en" ? "en" : "ru",
      theme: theme === "dark" ? "dark" : "light",
      width: room >= 240 && room <= 1_600 ? Math.round(room) : 640,
    });
    c.res = new Response(c.req.method === "HEAD" ? null : svg, { status, headers });
    asImage(c);
    c.header("Cross-Origin-Resource-Policy", "cross-origin");
    c.header("ETag", undefined);
  };
}
