import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { createTestDatabase, type TestDatabase } from "../../../../../test/database.ts";
import { createPortalClient, type PortalCredential } from "../../platform/bitrix/client.ts";
import { createMemoryLimiter } from "../../platform/bitrix/memory-limiter.ts";
import { createSecrets } from "../../platform/secrets/secrets.ts";
import { createPortals, type Portals } from "./portals.ts";

describe("a portal on plain http in one's own network", () => {
  const url = "http://192.168.77.5/rest/1/abcdefgh/";
  const asked: string[] = [];
  let test: TestDatabase;
  let portals: Portals;

  before(async () => {
    test = await createTestDatabase();
    const open = (credential: PortalCredential) =>
      createPortalClient({
        portalId: 0,
        credential,
        limiter: createMemoryLimiter(),
        fetch: async (input) => {
          asked.push(new URL(String(input)).host);
          return Response.json({ result: ["crm"] });
        },
      });
    portals = createPortals({
      db: test.db,
      secrets: createSecrets(["the secret key of the tests only"]),
      openClient: (_id, credential) => open(credential),
      openStranger: open,
    });
  });
  after(() => test.drop());

  it("is nothing that the API may be asked to connect", async () => {
    await assert.rejects(portals.connect(url), { code: "portal_url_invalid" });
    assert.deepEqual(asked, []);
  });

  it("is served where the settings name it", async () => {
    const { id, host } = await portals.register(url);
    assert.equal(host, "192.168.77.5");
    await (await portals.client(id)).call("profile");
    assert.ok(asked.includes("192.168.77.5"));
  });

  it("is refused even there where it is not one's own network", async () => {
    await assert.rejects(portals.register("http://portal.bitrix24.ru/rest/1/abcdefgh/"), {
      code: "portal_url_invalid",
    });
  });
});
