import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { Application } from "./apps/application.ts";
import type { AppInput } from "./apps/inputs.ts";
import { parseQuery } from "./rest/brackets.ts";
import { json, type Reply, type TestPortal } from "./testing.ts";

/** A form that came to a handler, brackets resolved. */
// biome-ignore lint/suspicious/noExplicitAny: tests read forms of every shape
export type ReceivedForm = Record<string, any> & { path: string };

export interface Receiver {
  /** `http://127.0.0.1:<port>` */
  url: string;
  forms: ReceivedForm[];
  /** What it answers; 0 keeps the caller waiting. */
  status: number;
  close(): Promise<void>;
}

/** A handler on this machine that keeps what it is sent. */
export async function openReceiver(): Promise<Receiver> {
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8");
    request.on("data", (part: string) => {
      body += part;
    });
    request.on("end", () => {
      // A plain object: what the parser makes has no prototype, which deepEqual minds.
      receiver.forms.push({ ...JSON.parse(JSON.stringify(parseQuery(body))), path: request.url ?? "" });
      if (receiver.status > 0) response.writeHead(receiver.status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const receiver: Receiver = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    forms: [],
    status: 200,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
  return receiver;
}

export interface TestApplication {
  application: Application;
  /** Calls as person 1, by JSON. */
  call(method: string, params?: Record<string, unknown>): Promise<Reply>;
  callAs(userId: number, method: string, params?: Record<string, unknown>): Promise<Reply>;
}

/** An application that is installed, with handlers on this machine allowed. */
export function openTestApplication(on: TestPortal, card: Partial<AppInput> = {}): TestApplication {
  on.control.apps.settings({ handlers: { local: true, plainHttp: true } });
  const application = on.control.apps.create({
    title: "Проверка",
    handlerUrl: "http://127.0.0.1:9/app",
    scopes: ["crm", "placement", "bizproc"],
    ...card,
  });
  const callAs: TestApplication["callAs"] = (userId, method, params = {}) => {
    const { access } = on.portal.tokens.issue(application, userId);
    return on.send(`/rest/${method}`, json({ ...params, auth: access }));
  };
  return { application, callAs, call: (method, params) => callAs(1, method, params) };
}
