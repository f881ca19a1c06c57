export interface ZipEntry {
  name: string;
  content: Blob;
}

const TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let bit = 0; bit < 8; bit++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c;
});

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (let i = 0; i < bytes.length; i++) crc = TABLE[(crc ^ bytes[i]!) & 0xff]! ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

/** Numbers in little-endian order, each of so many bytes. */
function pack(fields: readonly (readonly [bytes: 2 | 4, value: number])[]): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(fields.reduce((sum, [bytes]) => sum + bytes, 0)));
  let at = 0;
  for (const [bytes, value] of fields) {
    if (bytes === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += bytes;
  }
  return new Uint8Array(view.buffer);
}

async function deflate(content: Blob): Promise<Blob> {
  return new Response(content.stream().pipeThrough(new CompressionStream("deflate-raw"))).blob();
}

const DEFLATED = 8;
const VERSION = 20;
const UTF8_NAMES = 0x0800;
/** 1980-01-01, the format's first day: the same content gives the same file. */
const DOS_DATE = 0x21;

/** A ZIP archive of deflated entries; names in ASCII. */
export async function toZip(entries: readonly ZipEntry[], type: string): Promise<Blob> {
  const parts: BlobPart[] = [];
  const directory: BlobPart[] = [];
  let offset = 0;
  let directorySize = 0;
  for (const { name, content } of entries) {
    const crc = crc32(new Uint8Array(await content.arrayBuffer()));
    const packed = await deflate(content);
    const encodedName = new TextEncoder().encode(name);
    const common = [
      [2, VERSION],
      [2, UTF8_NAMES],
      [2, DEFLATED],
      [2, 0],
      [2, DOS_DATE],
      [4, crc],
      [4, packed.size],
      [4, content.size],
      [2, encodedName.length],
      [2, 0],
    ] as const;
    const local = pack([[4, 0x04034b50], ...common]);
    const central = pack([
      [4, 0x02014b50],
      [2, VERSION],
      ...common,
      [2, 0],
      [2, 0],
      [2, 0],
      [4, 0],
      [4, offset],
    ]);
    parts.push(local, encodedName, packed);
    directory.push(central, encodedName);
    offset += local.length + encodedName.length + packed.size;
    directorySize += central.length + encodedName.length;
  }
  const count = entries.length;
  const end = pack([
    [4, 0x06054b50],
    [2, 0],
    [2, 0],
    [2, count],
    [2, count],
    [4, directorySize],
    [4, offset],
    [2, 0],
  ]);
  return new Blob([...parts, ...directory, end], { type });
}
