import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import type { ChartSpec } from "@b24kit/client/contract";
import { tableFromArrays, tableToIPC } from "@uwdata/flechette";
import type { PictureJob } from "../features/charts/deps.ts";
import { openPictureThread } from "./draw-picture.ts";

const HOSTILE = [
  "<script>alert(1)</script>",
  '"><image href="https://evil.example/x.png" onload="alert(1)">',
  "]]><script>alert(1)</script>",
  "javascript:alert(1)",
  "' onmouseover='alert(1)",
  "{a|b}",
  "\u0000\u0008\ufffe\ud800",
  "<!ENTITY x SYSTEM 'file:///etc/passwd'>&x;",
];

const label = (text: string) => ({ ru: text, en: text });

/** A chart of one quantity over names, as the API would answer it. */
function jobOf(names: readonly string[], over: Partial<ChartSpec> = {}, unit?: string): PictureJob {
  const table = tableFromArrays({
    name: [...names],
    amount: names.map((_, i) => (100 - i) * (unit ? 1e6 : 1)),
  });
  if (unit)
    Object.assign(table.schema.fields[1]!, {
      metadata: new Map([
        ["kind", "money"],
        ["unit", unit],
      ]),
    });
  const measure = { kind: "number" as const, unit: null, axis: 0 as const, mark: null };
  const spec: ChartSpec = {
    ...{ v: 1, id: "x", type: "bar", forms: ["bar"], title: label("Sales"), subtitle: null, locale: "en" },
    timeZone: "UTC",
    x: { field: "name", label: label("Name"), kind: "category", grain: null },
    y: [{ field: "amount", label: label("Amount"), ...measure, before: null, target: null }],
    ...{ series: null, stack: "none", horizontal: false, order: "given", palette: "default" },
    ...{ target: null, partial: null, notes: [], a11y: { summary: null } },
    source: {
      ...{ lane: "saved", plan: null, sql: "", tables: [], asOf: "2026-05-12T11:05:00Z" },
      ...{ rows: names.length, truncated: false, ms: 1, cache: "miss" },
    },
    ...over,
  } as ChartSpec;
  return { spec, rows: tableToIPC(table, { format: "stream" })!, locale: "en", theme: "light", width: 640 };
}

const signal = new AbortController().signal;
const TAG = /<(\/?)([A-Za-z]+)((?:\s+[\w:-]+="[^"<>]*")*)\s*(\/?)>/g;

/** Fails unless the markup is tags that close each other and texts without a loose bracket; gives its tags. */
function requireWellFormed(svg: string): string[] {
  const open: string[] = [];
  const names: string[] = [];
  const texts = svg.replace(TAG, (_, close, name, _attributes, empty) => {
    names.push(name);
    if (close) assert.equal(open.pop(), name);
    else if (!empty) open.push(name);
    return "";
  });
  assert.deepEqual(open, []);
  assert.doesNotMatch(texts, /[<>]/);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there.
  assert.doesNotMatch(svg, /[\u0000-\u0008\ufffe\uffff]|\p{Surrogate}/u);
  return names;
}

describe("the picture thread", () => {
  const { draw, stop } = openPictureThread();
  after(stop);

  it("draws the elements' picture with its words", async () => {
    const svg = await draw(jobOf(["Website", "Call", "Partner"]), signal);
    requireWellFormed(svg);
    assert.match(svg, /^<svg [^>]*role="img" width="640" height="\d+"/);
    assert.match(svg, /<title>Sales<\/title><desc>Sales\. Bars: 3\spoints\. 297, in total, led by Website/);
    for (const text of ["Sales", "297", "Website", "Call", "Partner", "As of 12 May, 11:05"])
      assert.ok(svg.includes(`>${text}<`), text);
  });

  it("says sums as browsers do: no zero behind the point", async () => {
    const y = [{ ...jobOf([]).spec.y[0]!, kind: "money" as const, unit: "RUB" }];
    const svg = await draw({ ...jobOf(["Website", "Call"], { y }, "RUB"), locale: "ru" }, signal);
    assert.match(svg, />199\sмлн\s₽</);
  });

  it("keeps hostile names, titles and units texts", async () => {
    for (const type of ["bar", "pie", "treemap", "funnel", "kpi", "radar"] as const) {
      const title = label(HOSTILE.join(" "));
      const y = [{ ...jobOf([]).spec.y[0]!, label: title, unit: HOSTILE[1]! }];
      const svg = await draw(jobOf(HOSTILE, { type, title, y }), signal);
      const names = new Set(requireWellFormed(svg));
      for (const name of ["script", "image", "a", "style", "foreignObject", "animate", "set", "use"])
        assert.ok(!names.has(name), `${type} has <${name}>`);
      const tags = [...svg.matchAll(TAG)].map(([tag]) => tag).join("");
      assert.doesNotMatch(tags, /\son\w+=|href=|style=|javascript:|https?:(?!\/\/www\.w3\.org)/i);
    }
  });

  it("draws in the asked language, theme and width", async () => {
    const job = jobOf(["a", "b"]);
    const [light, dark] = [
      await draw(job, signal),
      await draw({ ...job, theme: "dark", width: 320 }, signal),
    ];
    assert.match(light, /fill="#ffffff"/);
    assert.match(dark, /width="320"[\s\S]*fill="#262626"/);
    assert.match(await draw({ ...job, locale: "ru" }, signal), /На 12 мая, 11:05/);
  });

  it("fills the height that it is given, and keeps head and notes", async () => {
    const many = Array.from({ length: 12 }, (_, i) => `name ${i}`);
    for (const type of ["bar", "line", "pie"] as const) {
      const svg = await draw({ ...jobOf(many, { type }), height: 400 }, signal);
      assert.match(svg, /^<svg[^>]* height="400"/, type);
    }
    assert.match(
      await draw({ ...jobOf(many, { type: "pie" }), height: 900 }, signal),
      /<svg x="16" y="\d{3}/,
    );
  });

  it("says what is no picture", async () => {
    for (const type of ["table", "pivot"] as const)
      await assert.rejects(draw(jobOf(["a"], { type }), signal), { code: "chart_not_drawable" });
    assert.match(await draw(jobOf([]), signal), /Nothing here yet/);
  });

  it("draws on for others after one that took too long", async () => {
    const hasty = openPictureThread({ patienceMs: 1 });
    const many = Array.from({ length: 50_000 }, (_, i) => `name ${i}`);
    await assert.rejects(hasty.draw(jobOf(many), signal), { code: "chart_not_drawable" });
    await hasty.stop();
    assert.match(await draw(jobOf(["a"]), signal), /^<svg/);
  });

  it("does not begin what nobody waits for", async () => {
    const gone = AbortSignal.abort(new Error("left"));
    await assert.rejects(draw(jobOf(["a"]), gone), /left/);
  });
});
