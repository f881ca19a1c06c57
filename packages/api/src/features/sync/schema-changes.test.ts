import assert from "node:assert/strict";
import { it } from "node:test";
import type { PortalField } from "./fields.ts";
import { compareFields } from "./schema-changes.ts";

const field = (name: string, more: Partial<PortalField> = {}): PortalField => ({
  name,
  type: "string",
  multiple: false,
  custom: true,
  label: name,
  statusType: null,
  items: [],
  ...more,
});
const none = new Set<string>();

it("tells what came, went and changed", () => {
  const before = [field("A"), field("B"), field("C", { label: "Площадь" }), field("D"), field("E")];
  const after = [
    field("A", { type: "double", multiple: true }),
    field("C", { label: "Площадь, м²" }),
    field("D"),
    field("E", { items: [{ id: "1", label: "да" }] }),
    field("F"),
  ];
  assert.deepEqual(compareFields(before, after, new Set(["D"])), [
    { field: "B", change: "removed", before: "string", after: null },
    { field: "A", change: "retyped", before: "string", after: "double[]" },
    { field: "C", change: "relabelled", before: "Площадь", after: "Площадь, м²" },
    { field: "D", change: "replaced", before: "string", after: "string" },
    { field: "E", change: "choices", before: "", after: "да" },
    { field: "F", change: "added", before: null, after: "string" },
  ]);
});

it("says nothing of the same fields, nor of the first ones", () => {
  assert.deepEqual(compareFields([field("A")], [field("A")], none), []);
  assert.deepEqual(compareFields([], [field("A")], none), []);
});
