import { createClient } from "@b24kit/client";
import { ContextProvider } from "@lit/context";
import { aTimeout, expect, fixture, html } from "@open-wc/testing";
import { Table, tableToIPC } from "@uwdata/flechette";
import { Table as ArrowTable, tableToIPC as arrowBytes, tableFromIPC as arrowTable } from "apache-arrow";
import { LitElement } from "lit";
import { sampleDeals } from "../../../../../stories/sample/deals.ts";
import { waitUntil } from "../../../../../test/wait-until.ts";
import { clientContext } from "../contexts.ts";
import { QueryController } from "./query-controller.ts";
import { type QueryState, tableOf } from "./query-state.ts";
import type { QueryParams } from "./read-params.ts";
import { readParams } from "./read-params.ts";
import { refreshDelay } from "./renewal.ts";

class QueryProbe extends LitElement {
  params: QueryParams = {};
  seen: QueryState[] = [];
  readonly query = new QueryController(this, () => ({
    query: "deals",
    params: this.params,
    data: undefined,
  }));

  protected override updated(): void {
    if (this.seen.at(-1) !== this.query.state) this.seen.push(this.query.state);
  }
}
customElements.define("query-probe", QueryProbe);

/** The server's side of the socket: lets everyone in, and tells changes when the test says so. */
class LiveSocket extends EventTarget {
  static last: LiveSocket | undefined;
  readyState = 1;
  onopen?: () => void;
  onmessage?: (event: { data: string }) => void;
  onclose?: () => void;
  #seq = 0;

  constructor() {
    super();
    LiveSocket.last = this;
    queueMicrotask(() => this.onopen?.());
  }

  send(text: string): void {
    const frame = JSON.parse(text) as { type: string };
    if (frame.type === "auth") this.#tell({ type: "ready", rights: ["data:read"] });
    if (frame.type === "subscribe")
      this.#tell({ type: "snapshot", topic: "sync", seq: ++this.#seq, data: { portal: "p", entities: [] } });
  }

  change(state: string): void {
    this.#tell({
      type: "change",
      topic: "sync",
      seq: ++this.#seq,
      data: { entity: "deal", rows: 1, run: { state } },
    });
  }

  close(): void {}

  #tell(frame: object): void {
    queueMicrotask(() => this.onmessage?.({ data: JSON.stringify(frame) }));
  }
}

type Answer = (signal: AbortSignal | undefined | null, url: URL) => Response | Promise<Response>;

const arrow = { headers: { "content-type": "application/vnd.apache.arrow.stream" } };
/** Rows with words of the language that is asked for. */
const worded: Answer = (_signal, url) => {
  const deals = sampleDeals(3);
  deals.schema.metadata!.set("language", url.searchParams.get("language")!);
  return new Response(tableToIPC(deals, { format: "stream" }) as BodyInit, arrow);
};
const rows = (count: number) => () =>
  new Response(tableToIPC(sampleDeals(count), { format: "stream" }) as BodyInit, arrow);

async function probe(...answers: Answer[]): Promise<{ element: QueryProbe; calls: URL[] }> {
  const calls: URL[] = [];
  const client = createClient({
    baseUrl: "https://api.example",
    getToken: () => "t",
    WebSocket: LiveSocket as unknown as typeof WebSocket,
    fetch: async (input, init) => {
      const url = new URL(input instanceof Request ? input.url : String(input));
      calls.push(url);
      return answers[Math.min(calls.length, answers.length) - 1]!(init?.signal, url);
    },
  });
  const parentNode = document.createElement("div");
  document.body.append(parentNode);
  new ContextProvider(parentNode, { context: clientContext, initialValue: client });
  return { element: await fixture<QueryProbe>(html`<query-probe></query-probe>`, { parentNode }), calls };
}

const kinds = (element: QueryProbe) => element.seen.map((state) => state.kind);

describe("QueryController", () => {
  it("shows the first batch before the last has come", async () => {
    const deals = arrowTable(tableToIPC(sampleDeals(6), { format: "stream" }));
    const whole = arrowBytes(
      new ArrowTable([deals.slice(0, 2).batches[0]!, deals.slice(2).batches[0]!]),
      "stream",
    );
    // The stream of the first batch alone, without its end mark, begins the whole one.
    const first = arrowBytes(deals.slice(0, 2), "stream").length - 8;
    let finish = (): void => {};
    const finished = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const body = new ReadableStream<Uint8Array>({
      async start(controller) {
        controller.enqueue(whole.slice(0, first));
        await finished;
        controller.enqueue(whole.slice(first));
        controller.close();
      },
    });
    const { element } = await probe(() => new Response(body, arrow));
    await waitUntil(() => element.query.state.kind === "partial", "partial");
    expect(tableOf(element.query.state)).to.be.instanceOf(Table);
    expect(tableOf(element.query.state)?.numRows).to.equal(2);
    finish();
    await waitUntil(() => element.query.state.kind === "ready", "ready");
    expect(tableOf(element.query.state)?.numRows).to.equal(6);
  });

  it("asks again when a run ends and keeps the old rows until the new ones are whole", async () => {
    const { element, calls } = await probe(rows(3), rows(5));
    await waitUntil(() => element.query.state.kind === "ready");
    await waitUntil(() => LiveSocket.last?.onmessage, "socket");
    element.seen = [];
    LiveSocket.last!.change("completed");
    await waitUntil(() => tableOf(element.query.state)?.numRows === 5, "renewed");
    expect(new Set(kinds(element))).to.deep.equal(new Set(["ready"]));
    expect(calls).to.have.length(2);
  });

  it("lets a slow answer come while the portal's data change, and asks once more afterwards", async () => {
    let answer = (): void => {};
    let cut = false;
    const slow: Answer = (signal) =>
      new Promise((resolve) => {
        signal?.addEventListener("abort", () => {
          cut = true;
        });
        answer = () => resolve(rows(3)());
      });
    const { element, calls } = await probe(slow, rows(5));
    await waitUntil(() => calls.length === 1 && LiveSocket.last?.onmessage !== undefined, "asked");
    for (const state of ["running", "completed", "running", "completed"]) {
      LiveSocket.last!.change(state);
      await aTimeout(400);
    }
    expect([calls.length, cut], "the first is still under way").to.deep.equal([1, false]);
    answer();
    await waitUntil(() => tableOf(element.query.state)?.numRows === 3, "shown");
    await waitUntil(() => tableOf(element.query.state)?.numRows === 5, "renewed");
    expect(calls).to.have.length(2);
  });

  it("drops what it asked before when the parameters change", async () => {
    let dropped = false;
    const never: Answer = (signal) =>
      new Promise((_, reject) => {
        signal?.addEventListener("abort", () => {
          dropped = true;
          reject(signal.reason);
        });
      });
    const { element, calls } = await probe(never, rows(1));
    await waitUntil(() => calls.length === 1);
    element.params = { stage: "NEW" };
    element.requestUpdate();
    await waitUntil(() => element.query.state.kind === "ready");
    expect(dropped).to.equal(true);
    expect(calls[1]?.searchParams.get("stage")).to.equal("NEW");
  });

  it("asks in the reader's language, and anew where the rows have words of another", async () => {
    const { element, calls } = await probe(worded);
    element.lang = "ru";
    await waitUntil(() => element.query.state.kind === "ready");
    const languageOf = () => tableOf(element.query.state)?.schema.metadata?.get("language");
    for (const language of ["en", "ru"]) {
      element.lang = language;
      element.requestUpdate();
      await waitUntil(() => languageOf() === language, `words of ${language}`);
      expect(element.query.state.kind).to.equal("ready");
    }
    const asked = calls.map((url) => url.searchParams.get("language"));
    expect(asked.slice(-2)).to.deep.equal(["en", "ru"]);
    element.params = { language: "en" };
    element.requestUpdate();
    await waitUntil(() => languageOf() === "en", "the page's own wish");
  });

  it("does not ask anew for rows that another language would not change", async () => {
    const { element, calls } = await probe(rows(1));
    await waitUntil(() => element.query.state.kind === "ready");
    for (const language of ["ru", "en", "ru"]) {
      element.lang = language;
      element.requestUpdate();
      await element.updateComplete;
    }
    expect(calls).to.have.length(1);
  });

  it("stops when it leaves the page and asks anew when it returns", async () => {
    const { element, calls } = await probe(rows(1), rows(2));
    await waitUntil(() => element.query.state.kind === "ready");
    const parent = element.parentNode!;
    element.remove();
    parent.append(element);
    await waitUntil(() => tableOf(element.query.state)?.numRows === 2, "asked anew");
    expect(calls).to.have.length(2);
  });
});

describe("refreshDelay", () => {
  it("lets a slow query rest and shows a finished run soon", () => {
    expect(refreshDelay({ now: 1000, lastFinished: 1000, cost: 50, final: false })).to.equal(2000);
    expect(refreshDelay({ now: 1000, lastFinished: 1000, cost: 3000, final: false })).to.equal(12_000);
    expect(refreshDelay({ now: 9000, lastFinished: 1000, cost: 50, final: false })).to.equal(300);
    expect(refreshDelay({ now: 1000, lastFinished: 1000, cost: 3000, final: true })).to.equal(300);
  });
});

describe("readParams", () => {
  it("reads JSON and query strings, and nothing else", () => {
    expect(readParams('{"stage":"NEW","limit":5,"deep":{}}')).to.deep.equal({ stage: "NEW", limit: 5 });
    expect(readParams("stage=NEW&limit=5")).to.deep.equal({ stage: "NEW", limit: "5" });
    expect(readParams("{broken")).to.deep.equal({});
    expect(readParams(null)).to.deep.equal({});
  });
});
