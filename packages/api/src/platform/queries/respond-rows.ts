import type { AppContext } from "../http/environment.ts";
import { chooseCoding, encodeBody } from "./compress.ts";
import type { Representation } from "./media-type.ts";

/** Rows as an answer: compressed where that pays, as a file where a browser is to save them. */
export function respondRows(
  c: AppContext,
  name: string,
  { contentType, fileExtension }: Representation,
  body: ReadableStream<Uint8Array>,
  firstByte: number,
): Response {
  const coding = chooseCoding(c.req.header("Accept-Encoding"), c.env?.incoming?.socket.remoteAddress);
  c.header("Content-Type", contentType);
  c.header("Cache-Control", "no-store");
  c.header("Vary", "Accept, Accept-Encoding", { append: true });
  c.header("X-Content-Type-Options", "nosniff");
  c.header("Server-Timing", `first-batch;dur=${firstByte.toFixed(1)}`);
  if (coding !== "identity") c.header("Content-Encoding", coding);
  if (fileExtension) c.header("Content-Disposition", `attachment; filename="${name}.${fileExtension}"`);
  return c.body(encodeBody(body, coding));
}
