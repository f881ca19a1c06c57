import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, describe, it } from "node:test";
import { isPublicAddress } from "./internal-address.ts";
import { createOutside, type Resolved } from "./post-outside.ts";

const refusal = { code: "address_refused" };
const at = (...addresses: string[]): Resolved[] =>
  addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));

describe("an IP address", () => {
  it("is public only where all the world can reach it", () => {
    for (const address of ["8.8.8.8", "93.184.216.34", "172.15.0.1", "172.32.0.1", "2606:4700::1111"])
      assert.equal(isPublicAddress(address), true, address);
    const internal = ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1"];
    internal.push(
      "0.0.0.0",
      "224.0.0.1",
      "255.255.255.255",
      "198.18.0.1",
      "192.0.2.1",
      "::1",
      "::",
      "fe80::1",
    );
    internal.push("fc00::1", "fd12::1", "ff02::1", "::ffff:127.0.0.1", "::ffff:8.8.8.8", "64:ff9b::7f00:1");
    internal.push("2002:7f00:1::", "2001::1", "2001:db8::1", "fe80::1%eth0", "not an address", "");
    for (const address of internal) assert.equal(isPublicAddress(address), false, address);
  });
});

describe("an address that somebody names for us to call", () => {
  const outside = createOutside({
    configured: ["http://10.0.0.5:3000"],
    resolve: async (host) => at(...({ "good.example": ["93.184.216.34"] }[host] ?? ["127.0.0.1"])),
  });

  it("is a public https address", async () => {
    for (const url of [
      "https://good.example/hook?x=1",
      "https://93.184.216.34/",
      "https://good.example:8443/",
    ])
      await outside.require(url);
  });

  it("or of exactly a configured origin", async () => {
    await outside.require("http://10.0.0.5:3000/hook");
    for (const url of ["http://10.0.0.5:3001/", "https://10.0.0.5:3000/", "http://10.0.0.6:3000/"])
      await assert.rejects(outside.require(url), refusal, url);
  });

  it("and no form of an internal one", async () => {
    const hosts = [
      "127.0.0.1",
      "localhost",
      "2130706433",
      "0x7f000001",
      "0x7f.1",
      "0177.0.0.1",
      "127.1",
      "0",
    ];
    hosts.push("[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[64:ff9b::127.0.0.1]", "[fe80::1]");
    hosts.push(
      "169.254.169.254",
      "10.0.0.1",
      "192.168.0.1:443",
      "internal.example",
      "127.0.0.1.",
      "①②⑦.0.0.1",
    );
    for (const host of hosts) await assert.rejects(outside.require(`https://${host}/`), refusal, host);
    const odd = [
      "http://good.example/",
      "ftp://good.example/",
      "file:///etc/passwd",
      "https://good.example@127.0.0.1/",
    ];
    odd.push(
      "https://user:word@good.example/",
      "https://good.example\\@127.0.0.1/",
      "good.example",
      "",
      "https://",
    );
    for (const url of odd) await assert.rejects(outside.require(url), refusal, url);
  });

  it("is refused where only one of its addresses is internal", async () => {
    const mixed = createOutside({ configured: [], resolve: async () => at("93.184.216.34", "10.0.0.1") });
    await assert.rejects(mixed.require("https://mixed.example/"), refusal);
  });

  it("is shown without what stands behind its host", async () => {
    await assert.rejects(outside.require("https://internal.example/secret-path?token=x"), (error: Error) => {
      assert.doesNotMatch(error.message, /secret-path|token/);
      return true;
    });
  });
});

describe("a post to the outside", () => {
  let server: Server;
  let port: number;
  let answer: { status: number; headers: Record<string, string> };
  let heard: { host: string | undefined; body: string }[] = [];
  before(async () => {
    server = createServer((request, response) => {
      let body = "";
      request.on("data", (chunk) => {
        body += chunk;
      });
      request.on("end", () => {
        heard.push({ host: request.headers.host, body });
        if (answer.status > 0) response.writeHead(answer.status, answer.headers).end("x".repeat(1_000_000));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    port = (server.address() as AddressInfo).port;
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });

  const answering = (status: number, headers = {}) => {
    answer = { status, headers };
    heard = [];
  };

  it("goes to the address that was checked, under the name that was asked for", async () => {
    answering(200);
    const configured = [`http://hook.example:${port}`];
    const outside = createOutside({ configured, resolve: async () => at("127.0.0.1") });
    const { status } = await outside.post(`http://hook.example:${port}/in`, {}, '{"a":1}');
    assert.equal(status, 200);
    assert.deepEqual(heard, [{ host: `hook.example:${port}`, body: '{"a":1}' }]);
  });

  it("asks for the name's address once, so that it cannot change in between; and each time anew", async () => {
    answering(200);
    const answers = [at("93.184.216.34"), at("127.0.0.1")];
    const outside = createOutside({ configured: [], resolve: async () => answers.shift() ?? [] });
    await outside.require("https://rebinding.example/");
    await assert.rejects(outside.post(`https://rebinding.example:${port}/`, {}, "{}"), refusal);
    assert.equal(answers.length, 0);
    assert.deepEqual(heard, []);
  });

  it("does not follow a redirect, wherever it leads", async () => {
    answering(302, { location: `http://127.0.0.1:${port}/admin` });
    const outside = createOutside({ configured: [`http://127.0.0.1:${port}`] });
    assert.equal((await outside.post(`http://127.0.0.1:${port}/`, {}, "{}")).status, 302);
    assert.equal(heard.length, 1);
  });

  it("hears when to come again", async () => {
    answering(503, { "retry-after": "120" });
    const outside = createOutside({ configured: [`http://127.0.0.1:${port}`] });
    assert.deepEqual(await outside.post(`http://127.0.0.1:${port}/`, {}, "{}"), {
      status: 503,
      retryAfter: 120,
    });
  });

  it("says what went wrong by a code", async () => {
    answering(0);
    const origin = `http://127.0.0.1:${port}`;
    const outside = createOutside({ configured: [origin, "http://127.0.0.1:1"], timeoutMs: 100 });
    await assert.rejects(outside.post(origin, {}, "{}"), { code: "outgoing_timeout" });
    await assert.rejects(outside.post("http://127.0.0.1:1", {}, "{}"), { code: "outgoing_unreachable" });
    const nowhere = createOutside({
      configured: [],
      resolve: () => Promise.reject(Object.assign(new Error("no"), { code: "ENOTFOUND" })),
    });
    await assert.rejects(nowhere.post("https://nowhere.example/", {}, "{}"), {
      code: "outgoing_unreachable",
    });
  });
});
