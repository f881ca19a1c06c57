import assert from "node:assert/strict";

/** What a value must be: a check with a name, a map of checks (further keys may be there), a list, or the value itself. */
export type Shape =
  | Check
  | { readonly [key: string]: Shape }
  | readonly Shape[]
  | string
  | number
  | boolean
  | null;

export interface Check {
  readonly called: string;
  test(value: unknown, path: string): void;
}

const check = (called: string, passes: (value: unknown) => boolean): Check => ({
  called,
  test: (value, path) => assert.ok(passes(value), `${path}: ${JSON.stringify(value)} is not ${called}`),
});

export const text = check("a text", (value) => typeof value === "string");
export const number = check("a number", (value) => typeof value === "number");
export const bool = check("true or false", (value) => typeof value === "boolean");
export const idText = check(
  "a number as a text",
  (value) => typeof value === "string" && /^\d+$/.test(value),
);
export const id = check("a whole number above 0", (value) => Number.isInteger(value) && Number(value) > 0);
export const sumText = check(
  "a sum as a text",
  (value) => typeof value === "string" && /^-?\d+\.\d{2}$/.test(value),
);
export const flag = check('"Y" or "N"', (value) => value === "Y" || value === "N");
export const moment = check(
  "an ISO moment with an offset",
  (value) => typeof value === "string" && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/.test(value),
);
export const absent = check("absent", (value) => value === undefined);

/** The check, or null. */
export function orNull(shape: Shape): Check {
  return {
    called: "null or more",
    test: (value, path) => (value === null ? undefined : conforms(value, shape, path)),
  };
}

/** A JSON array whose members all pass; at least one of them unless told otherwise. */
export function listOf(shape: Shape, least = 1): Check {
  return {
    called: "a list",
    test(value, path) {
      assert.ok(Array.isArray(value), `${path}: ${JSON.stringify(value)} is no list`);
      assert.ok(value.length >= least, `${path}: ${value.length} members`);
      value.forEach((member, i) => {
        conforms(member, shape, `${path}[${i}]`);
      });
    },
  };
}

/** A list that holds such a member. */
export function listWith(shape: Shape): Check {
  return {
    called: "a list with a certain member",
    test(value, path) {
      assert.ok(Array.isArray(value), `${path}: no list`);
      const fits = value.some((member) => {
        try {
          conforms(member, shape, path);
          return true;
        } catch {
          return false;
        }
      });
      assert.ok(fits, `${path}: no member fits ${JSON.stringify(shape)}`);
    },
  };
}

/** Exactly these keys, in any order. */
export function keys(...names: string[]): Check {
  return {
    called: "a map with certain keys",
    test: (value, path) => assert.deepEqual(Object.keys(value as object).sort(), [...names].sort(), path),
  };
}

/** All of these. */
export function both(...shapes: Shape[]): Check {
  return {
    called: "all of several",
    test: (value, path) => {
      for (const shape of shapes) conforms(value, shape, path);
    },
  };
}

export function conforms(value: unknown, shape: Shape, path: string): void {
  if (shape === null || typeof shape !== "object") {
    assert.deepEqual(value, shape, path);
  } else if (isCheck(shape)) {
    shape.test(value, path);
  } else if (Array.isArray(shape)) {
    assert.ok(Array.isArray(value), `${path}: ${JSON.stringify(value)} is no list`);
    assert.equal(value.length, shape.length, path);
    shape.forEach((member, i) => {
      conforms(value[i], member, `${path}[${i}]`);
    });
  } else {
    assert.ok(typeof value === "object" && value !== null, `${path}: ${JSON.stringify(value)} is no map`);
    for (const [key, member] of Object.entries(shape)) {
      conforms((value as Record<string, unknown>)[key], member, `${path}.${key}`);
    }
  }
}

function isCheck(shape: object): shape is Check {
  return typeof (shape as Partial<Check>).test === "function";
}
