import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { z } from "zod";
import { AppError } from "../http/app-error.ts";
import { chooseCoding } from "./compress.ts";
import { defineQuery, type QueryDefinition } from "./definition.ts";
import { chooseRepresentation } from "./media-type.ts";
import { readRequest } from "./read-request.ts";
import { createQueryRegistry } from "./registry.ts";

const label = { ru: "Сделки", en: "Deals" };

function query(changes: Partial<QueryDefinition> = {}): QueryDefinition {
  const parameters = z.object({
    stage: z.string().max(10).optional(),
    from: z.coerce.number().int().default(1),
  });
  const build = () => ({ text: "SELECT 1", values: [], columns: [] });
  return {
    ...defineQuery({
      name: "deals",
      title: label,
      description: label,
      parameters,
      defaultLimit: 10,
      maxLimit: 100,
      build,
    }),
    ...changes,
  };
}

const code = (wanted: string, detail?: RegExp) => (error: unknown) =>
  error instanceof AppError && error.code === wanted && (!detail || detail.test(error.detail));

describe("the registry", () => {
  it("finds by name and describes without code", () => {
    const registry = createQueryRegistry([query(), query({ name: "contacts" })]);
    assert.equal(registry.find("deals").name, "deals");
    assert.deepEqual(
      registry.describe(() => true).map(({ name }) => name),
      ["contacts", "deals"],
    );
    const [, deals] = registry.describe(() => true);
    assert.deepEqual(Object.keys((deals!.parameters as { properties: object }).properties), [
      "stage",
      "from",
    ]);
    assert.throws(() => registry.find("nope"), code("unknown_query", /nope/));
    assert.throws(() => registry.find("constructor"), code("unknown_query"));
  });

  for (const [what, definitions] of Object.entries({
    "a name twice": [query(), query()],
    "a name that is no address": [query({ name: "Deals List" })],
    "a limit outside its bounds": [query({ defaultLimit: 101 })],
    "a parameter of a reserved name": [query({ parameters: z.object({ limit: z.string() }) })],
  })) {
    it(`refuses ${what} at start`, () => assert.throws(() => createQueryRegistry(definitions), /Query "/));
  }
});

describe("a request", () => {
  it("is parsed, with defaults", () => {
    assert.deepEqual(readRequest(query(), { stage: "NEW" }, undefined), {
      params: { stage: "NEW", from: 1 },
      ...{ limit: 10, language: "ru" },
    });
    assert.deepEqual(readRequest(query(), { from: "7" }, 100, "en"), {
      params: { from: 7 },
      ...{ limit: 100, language: "en" },
    });
  });
  it("names the parameter at fault", () => {
    assert.throws(
      () => readRequest(query(), { form: "7" }, undefined),
      code("invalid_parameter", /"form".*stage, from/),
    );
    assert.throws(() => readRequest(query(), { from: "x" }, undefined), code("invalid_parameter", /^from: /));
    assert.throws(
      () => readRequest(query(), { stage: ["A", "B"] }, undefined),
      code("invalid_parameter", /^stage: /),
    );
  });
  it("may not ask for more than there may be", () => {
    assert.throws(() => readRequest(query(), {}, 101), code("limit_too_large", /100/));
  });
});

describe("the media type", () => {
  const ARROW = "application/vnd.apache.arrow.stream";
  for (const [accept, wanted] of [
    [undefined, ARROW],
    ["*/*", ARROW],
    [ARROW, ARROW],
    ["application/*", ARROW],
    ["application/json", "application/json"],
    ["text/csv", "text/csv"],
    ["text/*", "text/csv"],
    ["TEXT/CSV;q=0.4, */*;q=0.1", "text/csv"],
    ["text/csv;q=0.5,application/json;q=0.9", "application/json"],
    [`${ARROW};q=0, */*`, "application/json"],
    ["text/html,application/xhtml+xml,*/*;q=0.8", ARROW],
  ] as const) {
    it(`${accept} gives ${wanted}`, () =>
      assert.equal(chooseRepresentation(accept).contentType.split(";")[0], wanted));
  }
  for (const accept of ["image/png", "text/html", "text/csv;q=0", "", "nonsense"]) {
    it(`"${accept}" cannot be made`, () =>
      assert.throws(() => chooseRepresentation(accept), code("not_acceptable")));
  }
  it("numbers as text is an Arrow parameter", () => {
    assert.equal(chooseRepresentation(`${ARROW};numeric=text`).encoding.exact, true);
    assert.equal(chooseRepresentation(ARROW).encoding.exact, false);
  });
});

describe("compression", () => {
  for (const [accepted, neighbour, wanted] of [
    ["br, gzip", "203.0.113.9", "br"],
    ["gzip", "203.0.113.9", "gzip"],
    ["br;q=0, gzip", "203.0.113.9", "gzip"],
    ["deflate", "203.0.113.9", "identity"],
    [undefined, "203.0.113.9", "identity"],
    ["br", undefined, "identity"],
    ["br", "127.0.0.1", "identity"],
    ["br", "::1", "identity"],
    ["br", "::ffff:192.168.1.5", "identity"],
    ["br", "10.1.2.3", "identity"],
    ["br", "fe80::1%eth0", "identity"],
    ["br", "2001:db8::1", "br"],
    ["br", "172.32.0.1", "br"],
    ["br", "172.16.0.1", "identity"],
  ] as const) {
    it(`${accepted} from ${neighbour}: ${wanted}`, () =>
      assert.equal(chooseCoding(accepted, neighbour), wanted));
  }
});
