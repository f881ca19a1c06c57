import assert from "node:assert/strict";
import { it } from "node:test";
import { inLanguageOf } from "./in-language-of.ts";

it("a model's words are kept in the question's language alone", () => {
  const ru = "Звонков среди данных нет (нет и stage_moves).";
  const en = "There are no calls in the data.";
  for (const [question, locale, text, kept] of [
    ["Сколько звонков?", "ru", ru, true],
    ["Сколько звонков?", "ru", en, false],
    ["Сколько звонков?", "en", ru, true],
    ["How many calls?", "ru", en, true],
    ["How many calls?", "ru", ru, false],
    ["revenue по менеджерам Q1", "ru", ru, true],
    ["12345?", "ru", ru, true],
    ["12345?", "ru", en, false],
    ["Сколько звонков?", "ru", "…", false],
  ] as const)
    assert.equal(inLanguageOf(question, locale, text), kept ? text : null, `${question} ${text}`);
  assert.equal(inLanguageOf("Сколько?", "ru", null), null);
});
