import { startModel } from "./start-model.ts";

/** The scripted model as a process: OPENAI_PORT (8084). It ends when the process that started it does. */
let close = (): void => process.exit(0);
process.once("disconnect", () => close());

const given = process.env.OPENAI_PORT;
const running = await startModel({ port: Number(given || 8084) })
  // Nobody asked for this very port: another demo on this machine may keep it.
  .catch((error: Error) => (given ? Promise.reject(error) : startModel()))
  .catch((error: Error) => {
    console.error(`The scripted model could not start: ${error.message}`);
    process.exit(1);
  });
console.log(`model ready ${running.baseUrl}`);
process.send?.({ ready: true, baseUrl: running.baseUrl });

close = () => void running.close().finally(() => process.exit(0));
process.once("SIGTERM", close).once("SIGINT", close);
