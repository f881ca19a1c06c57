import { BlockList, isIPv6 } from "node:net";
import { Duplex } from "node:stream";
import { constants, createBrotliCompress, createGzip } from "node:zlib";

export type ContentCoding = "br" | "gzip" | "identity";

/**
 * Which content coding serves a client sooner. On loopback and in a LAN the network is faster than any codec (even
 * gzip's lowest level takes longer than the whole query), so only distant clients get one; brotli's lowest level is
 * the cheapest. Behind a reverse proxy the neighbour is the proxy, and compressing is its job.
 * @param neighbour address of the socket's other end; compression is left off where it is unknown
 */
export function chooseCoding(
  acceptEncoding: string | undefined,
  neighbour: string | undefined,
): ContentCoding {
  if (!acceptEncoding || !neighbour || isNear(neighbour)) return "identity";
  const accepted = new Map(
    acceptEncoding
      .toLowerCase()
      .split(",")
      .map((part): [string, number] => {
        const [name = "", quality] = part.split(";q=").map((piece) => piece.trim());
        return [name, quality === undefined ? 1 : Number(quality) || 0];
      }),
  );
  return (["br", "gzip"] as const).find((coding) => (accepted.get(coding) ?? 0) > 0) ?? "identity";
}

/** The body in that coding. Every batch is flushed, so that the first one is still drawn early. */
export function encodeBody(
  body: ReadableStream<Uint8Array>,
  coding: ContentCoding,
): ReadableStream<Uint8Array> {
  if (coding === "identity") return body;
  return body.pipeThrough(Duplex.toWeb(compressor(coding)) as never);
}

function compressor(coding: "br" | "gzip"): Duplex {
  if (coding === "gzip") return createGzip({ level: 1, flush: constants.Z_SYNC_FLUSH });
  return createBrotliCompress({
    flush: constants.BROTLI_OPERATION_FLUSH,
    params: { [constants.BROTLI_PARAM_QUALITY]: 1 },
  });
}

const near = new BlockList();
near.addSubnet("127.0.0.0", 8);
near.addSubnet("10.0.0.0", 8);
near.addSubnet("172.16.0.0", 12);
near.addSubnet("192.168.0.0", 16);
near.addSubnet("169.254.0.0", 16);
near.addAddress("::1", "ipv6");
near.addSubnet("fc00::", 7, "ipv6");
near.addSubnet("fe80::", 10, "ipv6");

function isNear(address: string): boolean {
  const plain = address.replace(/^::ffff:/i, "").replace(/%.*$/, "");
  return near.check(plain, isIPv6(plain) ? "ipv6" : "ipv4");
}
