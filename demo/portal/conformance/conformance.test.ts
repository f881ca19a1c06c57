import assert from "node:assert/strict";
import { test } from "node:test";
import { openTestPortal } from "../testing.ts";
import { BOOK_CASES } from "./books.ts";
import { runCases } from "./case.ts";
import { CLASSIC_CASES } from "./classic.ts";
import { ITEM_FILTER_CASES } from "./item-filters.ts";
import { ITEM_CASES } from "./items.ts";
import { LINK_KIND_CASES } from "./link-kinds.ts";
import { LINK_CASES } from "./links.ts";
import { MODULE_CASES } from "./modules.ts";
import { PEOPLE_CASES } from "./people.ts";
import { conforms, id, idText, listOf, type Shape } from "./shape.ts";
import { USERFIELD_CASES } from "./userfields.ts";

const CASES = [
  ...CLASSIC_CASES,
  ...ITEM_CASES,
  ...ITEM_FILTER_CASES,
  ...USERFIELD_CASES,
  ...LINK_CASES,
  ...LINK_KIND_CASES,
  ...BOOK_CASES,
  ...PEOPLE_CASES,
  ...MODULE_CASES,
];

runCases(CASES);

test("the checks do fail", () => {
  const wrong: readonly (readonly [unknown, Shape])[] = [
    [1, idText],
    ["1", id],
    [[], listOf(id)],
    [{ a: 1 }, { a: 2 }],
    [{ a: 1 }, { b: id }],
    [[1], [1, 2]],
  ];
  for (const [value, shape] of wrong)
    assert.throws(() => conforms(value, shape, "value"), assert.AssertionError);
});

/** Methods of one kind are the same code: one of them is enough. */
const KINDS = [
  /\.(lead|deal|contact|company)\.userfield\./,
  /\.(deal|lead)\.contact\./,
  /\.(deal|lead)\.productrows\./,
];
const kindOf = (name: string) => KINDS.reduce((text, kind) => text.replace(kind, `.${kind.source}.`), name);

test("every method that a webhook may call has a case", () => {
  const covered = new Set(CASES.map(({ method }) => kindOf(method.toLowerCase())));
  const methods = [...openTestPortal().portal.methods.values()].filter(
    ({ applicationOnly }) => !applicationOnly,
  );
  const forgotten = methods
    .map(({ name }) => kindOf(name.toLowerCase()))
    .filter((name) => !covered.has(name));
  assert.deepEqual([...new Set(forgotten)], []);
});
