import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, describe, it } from "node:test";
import { createPortalClient } from "../../platform/bitrix/client.ts";
import { createMemoryLimiter } from "../../platform/bitrix/memory-limiter.ts";
import { askPortal } from "./ask-portal.ts";

describe("asking a portal", () => {
  const silent = createServer(() => {});
  before(() => new Promise<void>((resolve) => silent.listen(0, "127.0.0.1", resolve)));
  after(() => {
    silent.closeAllConnections();
    silent.close();
  });

  const open = () => {
    const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}/rest/1/abcdefgh/`;
    return createPortalClient({
      portalId: 0,
      credential: { kind: "webhook", url },
      limiter: createMemoryLimiter(),
    });
  };

  it("ends where the portal takes the question and says nothing", async () => {
    await assert.rejects(
      askPortal(open(), undefined, 30),
      (error: Error & { code: string; detail: string }) => {
        assert.equal(error.code, "portal_unreachable");
        assert.match(error.detail, /^127\.0\.0\.1:\d+ did not answer within 0\.03 s\.$/);
        return true;
      },
    );
  });

  it("ends with the reason of whoever asked", async () => {
    const gone = new AbortController();
    const asked = askPortal(open(), gone.signal);
    gone.abort(new Error("the caller left"));
    await assert.rejects(asked, /the caller left/);
  });
});
