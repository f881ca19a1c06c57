import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { marked } from "marked";
import { toMarkdown } from "./schema-markdown.ts";
import { SAMPLE_MIRROR, sampleCatalogue } from "./test/sample-catalogue.ts";
import { defineChartViews } from "./views/chart-views.ts";

const page = (locale: "ru" | "en", table?: string) =>
  toMarkdown(sampleCatalogue, { portal: "office.example", locale, table });

describe("the schema in Markdown", () => {
  it("names tables, columns, values and links in the reader's language", () => {
    const ru = page("ru");
    for (const line of [
      "# База данных портала office.example",
      "Базовая валюта: RUB. Время портала: UTC+3:00.",
      "## deals: Сделки",
      "Строк: 1\u00a0200",
      "| `amount` | Сумма | numeric | деньги; единица: `currency` | `OPPORTUNITY` |",
      "- `company_id` → `companies.id`",
      "- WON — Успех (успех, funnel_id 0)",
      "Ещё не синхронизировано",
    ])
      assert.ok(ru.includes(line), line);
    const en = page("en", "deals");
    assert.ok(en.startsWith("## deals: Deals\n"));
    assert.ok(en.includes("Rows: 1,200") && !en.includes("## leads"));
  });

  it("is one table for each section, however labels are written", () => {
    const html = marked.parse(page("en")) as string;
    assert.equal(html.match(/<table>/g)?.length, sampleCatalogue.tables.length);
    assert.ok(html.includes("Ремонт | «под ключ»"));
  });

  it("takes the portal's words as words", () => {
    const evil =
      "x|y\n## z <img src=x onerror=alert(1)> [a](javascript:b) `c` **d** ![e](http://f) & \u202eabc";
    const mirror = {
      ...SAMPLE_MIRROR,
      categories: [{ id: 0, name: evil }],
      fields: SAMPLE_MIRROR.fields.map((field) => ({ ...field, label: evil.repeat(9) })),
    };
    const html = marked.parse(
      toMarkdown(defineChartViews(mirror).catalogue, { portal: evil, locale: "ru" }),
    ) as string;
    assert.doesNotMatch(html, /<img|<a |<strong>d|<h2[^>]*>z|\u202e/);
    assert.equal(html.match(/<table>/g)?.length, sampleCatalogue.tables.length);
  });
});
