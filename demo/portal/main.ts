import { fstatSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { HELP, readCommandLine } from "./command-line.ts";
import { startPortal } from "./start-portal.ts";
import { selfSigned } from "./tls/self-signed.ts";

/** One portal as a process; `--help` names its options. It ends when the process that started it does. */

// Heard from the first moment: a parent may end while the data are still being made.
let close = (): void => process.exit(0);
process.once("disconnect", () => close());

const { options, tls, help } = orComplain(() => readCommandLine(process.argv.slice(2), process.env));
if (help) {
  console.log(HELP);
  process.exit(0);
}
const certificate = tls ? selfSigned(ownNames(), Date.now()) : undefined;
const portal = await startPortal({ ...options, ...(certificate ? { tls: certificate } : {}) }).catch(
  complain,
);
if (certificate) {
  const file = join(tmpdir(), `b24kit-portal-${portal.port}.pem`);
  writeFileSync(file, certificate.cert);
  console.log(`certificate ${file} (clients on Node trust it with NODE_EXTRA_CA_CERTS=${file})`);
}
// Whoever starts it by hand needs the webhook; a parent is told apart from what may end up in a log.
console.log(
  process.send ? `portal ready ${portal.url}` : `portal ready ${portal.url} webhook ${portal.webhookUrl}`,
);
process.send?.({ ready: true, url: portal.url, webhookUrl: portal.webhookUrl });

let closing = false;
close = () => {
  if (closing) return;
  closing = true;
  void portal.close().finally(() => process.exit(0));
};

process.once("SIGTERM", close).once("SIGINT", close);
if (!process.send && isPiped()) process.stdin.once("end", close).once("error", close).resume();

/** A parent that holds our input ends us by going away; a terminal or /dev/null says nothing about one. */
function isPiped(): boolean {
  const input = fstatSync(0);
  return input.isFIFO() || input.isSocket();
}

/** Names under which the certificate is to be good. */
function ownNames(): string[] {
  const { host, publicUrl } = options;
  const names = ["localhost", "127.0.0.1", host ?? "", publicUrl ? new URL(publicUrl).hostname : ""];
  return [...new Set(names)].filter((name) => name !== "" && !name.includes(":"));
}

function orComplain<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    return complain(error as Error);
  }
}

function complain(error: Error): never {
  console.error(`The portal emulator could not start: ${error.message}`);
  process.exit(1);
}
