import { readFile } from "node:fs/promises";
import { createServer } from "node:https";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import type { B24Frame } from "@bitrix24/b24jssdk";
import type { Certificate } from "../tls/self-signed.ts";

/** What the page of the application has in its window. */
export interface SdkWindow {
  b24: Promise<B24Frame>;
}

export interface SdkApplication {
  /** `https://127.0.0.1:<port>` */
  url: string;
  close(): Promise<void>;
}

const PAGE = `<!doctype html><html lang="ru"><head><meta charset="utf-8"><title>Сверка</title></head>
<body style="height: 1500px"><h1>Сверка</h1><script src="/sdk.js"></script><script src="/start.js"></script></body></html>`;
const START = "window.b24 = B24Js.initializeB24Frame();";

/** An application whose pages are nothing but the official SDK's script bundle, over TLS. */
export async function startSdkApplication(tls: Certificate): Promise<SdkApplication> {
  const main = createRequire(import.meta.url).resolve("@bitrix24/b24jssdk");
  const bundle = await readFile(join(main, "../../umd/index.min.js"));
  const scripts = new Map<string | undefined, string | Buffer>([
    ["/sdk.js", bundle],
    ["/start.js", START],
  ]);
  const server = createServer({ ...tls }, (request, response) => {
    const script = scripts.get(request.url);
    if (script) return void response.setHeader("content-type", "text/javascript").end(script);
    if (request.method !== "POST") return void response.writeHead(405).end();
    request.resume();
    response.setHeader("content-type", "text/html; charset=utf-8").end(PAGE);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
