import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { serve } from "@hono/node-server";
import { tableFromIPC } from "apache-arrow";
import { pino } from "pino";
import { z } from "zod";
import { createTestDatabase, type TestDatabase } from "../../../../../test/database.ts";
import { readTable } from "../../../../client/src/transport/arrow.ts";
import type { StreamSummary } from "../arrow/stream-query.ts";
import { AppError } from "../http/app-error.ts";
import { type App, newApp } from "../http/environment.ts";
import { onError } from "../http/on-error.ts";
import { encodeBody } from "./compress.ts";
import { defineQuery } from "./definition.ts";
import { createQueryRegistry } from "./registry.ts";
import { queryRoutes } from "./routes.ts";

const label = { ru: "Числа", en: "Numbers" };
const numbers = defineQuery({
  name: "numbers",
  title: label,
  description: label,
  parameters: z.object({ step: z.coerce.number().int().min(1).default(1) }),
  defaultLimit: 10,
  maxLimit: 100_000_000,
  build: ({ params, limit, portal }) => ({
    text: "SELECT i * $1::int4 AS v, 'n' || i % 5 AS t, $3::text AS schema FROM (SELECT generate_series(1, $2::int4) AS i) s",
    values: [params.step, limit, portal.schema],
    columns: [{ name: "v", label, kind: "number" }],
  }),
});
const failing = defineQuery({
  ...numbers,
  name: "failing",
  parameters: z.object({}),
  build: () => ({
    text: "SELECT 1 / (50000 - i) AS v FROM generate_series(1, 60000) i",
    values: [],
    columns: [],
  }),
});

const words = defineQuery({
  ...numbers,
  name: "words",
  build: ({ language }) => ({
    text: "SELECT $1::text AS word",
    values: [language === "ru" ? "слово" : "word"],
    columns: [],
    language,
  }),
});
const guarded = defineQuery({ ...numbers, name: "guarded", right: "admin" });

let database: TestDatabase;
let app: App;
let rights: "data:read" | "sync:run" = "data:read";
const summaries: StreamSummary[] = [];

before(async () => {
  database = await createTestDatabase();
  app = newApp();
  app.onError(onError(pino({ level: "silent" })));
  app.use(async (c, next) => {
    c.set("requestId", "r-1");
    c.set("authenticate", async () => ({
      kind: "key",
      subject: "test",
      rights: new Set([rights]),
      portals: "all",
    }));
    await next();
  });
  queryRoutes({
    registry: createQueryRegistry([numbers, failing, words, guarded]),
    pool: database.db.pool,
    resolvePortal: async (_caller, name) => {
      if (name === "unknown") throw new AppError("unknown_portal");
      return { id: 1, schema: "crm", url: "https://portal.example" };
    },
    now: () => new Date("2026-01-02T03:04:05Z"),
    statementTimeoutMs: 20_000,
    onFinished: (_query, summary) => summaries.push(summary),
  })(app);
});
after(() => database.drop());

const get = (path: string, accept?: string) =>
  app.request(`/api/v1/queries${path}`, { headers: accept ? { Accept: accept } : {} });

async function assertProblem(path: string, status: number, code: string, accept?: string): Promise<void> {
  const response = await get(path, accept);
  assert.equal(response.status, status);
  assert.equal(((await response.json()) as { code: string }).code, code);
}

describe("GET /api/v1/queries", () => {
  it("lists what there is", async () => {
    const { queries } = (await (await get("")).json()) as { queries: { name: string }[] };
    assert.deepEqual(
      queries.map(({ name }) => name),
      ["failing", "numbers", "words"],
    );
  });
});

describe("GET /api/v1/queries/{name}", () => {
  it("answers Arrow with metadata", async () => {
    const response = await get("/numbers?limit=3000&step=2");
    assert.equal(response.headers.get("content-type"), "application/vnd.apache.arrow.stream");
    assert.match(response.headers.get("server-timing")!, /^first-batch;dur=\d/);
    const table = tableFromIPC(new Uint8Array(await response.arrayBuffer()));
    assert.equal(table.numRows, 3000);
    assert.equal(table.get(2999)!.v, 6000);
    assert.equal(table.get(0)!.schema, "crm");
    assert.deepEqual(Object.fromEntries(table.schema.metadata), {
      query: "numbers",
      title: JSON.stringify(label),
      portal: "https://portal.example",
      asOf: "2026-01-02T03:04:05.000Z",
      limit: "3000",
    });
  });

  it("answers CSV as a file, and JSON", async () => {
    const csv = await get("/numbers?limit=2", "text/csv");
    assert.equal(csv.headers.get("content-disposition"), 'attachment; filename="numbers.csv"');
    assert.equal(await csv.text(), "v,t,schema\r\n1,n1,crm\r\n2,n2,crm\r\n");
    const json = await get("/numbers?limit=1", "application/json");
    assert.deepEqual(await json.json(), [{ v: 1, t: "n1", schema: "crm" }]);
  });

  it("says words in the language that is asked for, and tells whether another would change anything", async () => {
    for (const [path, language, word] of [
      ["/words", "ru", "слово"],
      ["/words?language=en", "en", "word"],
    ] as const) {
      const table = tableFromIPC(new Uint8Array(await (await get(path)).arrayBuffer()));
      assert.deepEqual([table.schema.metadata.get("language"), table.get(0)!.word], [language, word]);
    }
    const numbersOnly = tableFromIPC(
      new Uint8Array(await (await get("/numbers?limit=1&language=en")).arrayBuffer()),
    );
    assert.equal(numbersOnly.schema.metadata.get("language"), undefined);
    await assertProblem("/words?language=de", 400, "invalid_parameter");
  });

  it("refuses what is wrong, with a code", async () => {
    await assertProblem("/nope", 404, "unknown_query");
    await assertProblem("/guarded", 403, "forbidden");
    await assertProblem("/numbers?stepp=1", 400, "invalid_parameter");
    await assertProblem("/numbers?step=0", 400, "invalid_parameter");
    await assertProblem("/numbers?step=1&step=2", 400, "invalid_parameter");
    await assertProblem("/numbers?limit=0", 400, "invalid_parameter");
    await assertProblem("/numbers?limit=1e9", 422, "limit_too_large");
    await assertProblem("/numbers?portal=unknown", 404, "unknown_portal");
    await assertProblem("/numbers", 406, "not_acceptable", "image/png");
    rights = "sync:run";
    await assertProblem("/numbers", 403, "forbidden");
    rights = "data:read";
  });
});

describe("over a real connection", () => {
  async function withServer(use: (base: string) => Promise<void>): Promise<void> {
    const server = serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" });
    await new Promise((resolve) => server.once("listening", resolve));
    try {
      await use(`http://127.0.0.1:${(server.address() as { port: number }).port}/api/v1/queries`);
    } finally {
      await new Promise((resolve) => server.close(resolve));
    }
  }

  it("an error in mid-stream never looks like a short success", async () => {
    await withServer(async (base) => {
      await assert.rejects(
        fetch(`${base}/failing`).then((response) => readTable(response)),
        { code: "api_answer_broken" },
      );
      for (const accept of ["text/csv", "application/json"]) {
        await assert.rejects(
          fetch(`${base}/failing`, { headers: { accept } }).then((response) => response.text()),
        );
      }
    });
  });

  it("a client that leaves frees the database", async () => {
    await withServer(async (base) => {
      const before = summaries.length;
      const controller = new AbortController();
      const response = await fetch(`${base}/numbers?limit=90000000`, { signal: controller.signal });
      await response.body!.getReader().read();
      controller.abort();
      const deadline = Date.now() + 60_000;
      while (summaries.length === before) {
        assert.ok(Date.now() < deadline, "the query ended");
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
      assert.equal(summaries.at(-1)!.outcome, "cancelled");
      assert.equal(database.db.pool.idleCount, database.db.pool.totalCount);
    });
  });
});

describe("a compressed body", () => {
  const chunks = Array.from({ length: 20 }, (_, i) => Buffer.from(`chunk ${i} ${"x".repeat(i * 1000)}\n`));
  const source = () =>
    new ReadableStream<Uint8Array>({
      start(controller) {
        for (const chunk of chunks) controller.enqueue(chunk);
        controller.close();
      },
    });

  it("is the same bytes", async () => {
    for (const [coding, decode] of [
      ["br", brotliDecompressSync],
      ["gzip", gunzipSync],
    ] as const) {
      const bytes = Buffer.from(await new Response(encodeBody(source(), coding)).arrayBuffer());
      assert.deepEqual(decode(bytes), Buffer.concat(chunks));
    }
  });

  it("breaks off where its source does", async () => {
    const broken = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(chunks[0]!);
        controller.error(new Error("gone"));
      },
    });
    await assert.rejects(new Response(encodeBody(broken, "br")).arrayBuffer());
  });
});
