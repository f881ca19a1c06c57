import { fstatSync } from "node:fs";
import { startPortal } from "./start-portal.ts";

/** One portal as a process: PORTAL_PORT, DATA_DIR, DEMO_SEED. It ends when the process that started it does. */
const { PORTAL_PORT, DATA_DIR, DEMO_SEED, PORTAL_URL, PORTAL_STRICT_HANDLERS } = process.env;

// Heard from the first moment: a parent may end while the data are still being made.
let close = (): void => process.exit(0);
process.once("disconnect", () => close());

const portal = await startPortal({
  port: wholeNumber("PORTAL_PORT", PORTAL_PORT, 8081),
  seed: wholeNumber("DEMO_SEED", DEMO_SEED, 1),
  ...(DATA_DIR ? { dataDir: DATA_DIR } : {}),
  ...(PORTAL_URL ? { publicUrl: PORTAL_URL.replace(/\/+$/, "") } : {}),
  // For life on one machine, handlers here and on plain http are called, unless the portal is to be strict.
  handlers: PORTAL_STRICT_HANDLERS === "1" ? {} : { local: true, plainHttp: true },
}).catch((error: Error) => {
  console.error(`The portal emulator could not start: ${error.message}`);
  process.exit(1);
});
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

function wholeNumber(name: string, text: string | undefined, otherwise: number): number {
  if (text === undefined || text === "") return otherwise;
  if (/^\d+$/.test(text)) return Number(text);
  console.error(`${name} must be a whole number, not "${text}"`);
  process.exit(1);
}
