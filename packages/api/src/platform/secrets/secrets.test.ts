import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { createSecrets, SecretUnreadable } from "./secrets.ts";

const first = "the first secret key, long enough";
const second = "the second secret key, long enough";
const row = "portal_portals.credential:1";

describe("secrets", () => {
  it("opens what it sealed, whatever the text", () => {
    const secrets = createSecrets([first]);
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.string(), (plain, place) => {
        assert.equal(secrets.open(secrets.seal(plain, place), place), plain);
      }),
    );
  });

  it("never repeats itself and never shows the text", () => {
    const secrets = createSecrets([first]);
    const values = new Set(Array.from({ length: 50 }, () => secrets.seal("code-of-a-webhook", row)));
    assert.equal(values.size, 50);
    for (const value of values) {
      assert.match(value, /^[\w-]{8}\.[\w-]{16}\.[\w-]+$/);
      assert.doesNotMatch(Buffer.from(value.split(".")[2]!, "base64url").toString("latin1"), /webhook/);
    }
  });

  it("refuses every altered character", () => {
    const secrets = createSecrets([first]);
    const sealed = secrets.seal("a credential", row);
    for (let at = 0; at < sealed.length; at++) {
      const other = sealed[at] === "A" ? "B" : "A";
      const altered = sealed.slice(0, at) + other + sealed.slice(at + 1);
      // The last character of base64url may carry unused bits: then the bytes are the same and so is the text.
      if (
        Buffer.from(altered.split(".").at(-1) ?? "", "base64url").equals(
          Buffer.from(sealed.split(".").at(-1)!, "base64url"),
        ) &&
        at > 26
      )
        continue;
      assert.throws(() => secrets.open(altered, row), SecretUnreadable, `position ${at}`);
    }
    for (const junk of ["", "a.b.c", "....", `${sealed}.x`, sealed.slice(0, 30)])
      assert.throws(() => secrets.open(junk, row), SecretUnreadable);
  });

  it("refuses a value moved to another row", () => {
    const secrets = createSecrets([first]);
    assert.throws(
      () => secrets.open(secrets.seal("x", row), "portal_portals.credential:2"),
      SecretUnreadable,
    );
  });

  it("refuses another key, and says which setting is at fault", () => {
    const sealed = createSecrets([first]).seal("x", row);
    assert.throws(() => createSecrets([second]).open(sealed, row), /SECRET_KEY/);
  });

  it("still opens what an earlier key sealed, and asks to seal it again", () => {
    const old = createSecrets([first]).seal("x", row);
    const rotated = createSecrets([second, first]);
    assert.equal(rotated.open(old, row), "x");
    assert.equal(rotated.outdated(old), true);
    const renewed = rotated.seal("x", row);
    assert.equal(rotated.outdated(renewed), false);
    assert.throws(() => createSecrets([first]).open(renewed, row), SecretUnreadable);
  });

  it("does not start with a short key or none", () => {
    assert.throws(() => createSecrets(["short"]), /16 characters/);
    assert.throws(() => createSecrets([]), /SECRET_KEY/);
  });
});
