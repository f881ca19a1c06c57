import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { createInbox, type InboxEvent } from "../../packages/api/src/features/portal/inbox.ts";
import { type EventStand, openEventStand } from "../event-stand.ts";
import { type Sent, storm } from "../event-storm.ts";
import { freePort } from "../free-port.ts";

const COUNT = 600;

describe("a storm of events", () => {
  let stand: EventStand;
  const read: InboxEvent[] = [];
  before(async () => {
    stand = await openEventStand(await freePort());
  });
  after(() => stand?.close());

  const form = (from: number) => (n: number) => stand.form(from + n);

  it("loses nothing that was answered, and keeps nothing twice, though the process is killed in it", async () => {
    const inbox = createInbox(stand.database.db, { publish: async () => {}, subscribe: () => () => {} });
    const catchUp = async () => {
      const events = await inbox.read("storm", null, 200);
      const last = events.at(-1);
      if (!last) return false;
      read.push(...events);
      await inbox.advance("storm", last.seq);
      return true;
    };
    // A reader follows all the while.
    let over = false;
    const reading = (async () => {
      while (!over) await catchUp();
    })();
    const first = storm({ url: stand.url, count: COUNT, perSecond: 300, form: form(0) });
    while (read.length < COUNT / 4) await new Promise((resolve) => setTimeout(resolve, 5));
    await stand.kill();
    const broken = await first;
    await stand.restart();
    const second = await storm({ url: stand.url, count: COUNT, perSecond: 300, form: form(COUNT) });
    over = true;
    await reading;
    while (await catchUp());

    assert.ok(
      broken.some(({ status }) => status === 0),
      "it was killed in the middle",
    );
    assert.ok(
      [...broken, ...second].every(({ status }) => status === 200 || status === 0),
      "nobody was refused",
    );
    assert.ok(
      second.every(({ status }) => status === 200),
      "and it went on",
    );
    const kept = new Set(read.map(({ entityId }) => Number(entityId) - 1));
    assert.equal(kept.size, read.length, "nothing twice");
    const answered = (sent: readonly Sent[], from: number) =>
      sent.filter(({ status }) => status === 200).map(({ n }) => from + n);
    const missing = [...answered(broken, 0), ...answered(second, COUNT)].filter((n) => !kept.has(n));
    assert.deepEqual(missing, [], "nothing that was answered is missing");
    assert.deepEqual(
      read.map(({ seq }) => seq),
      read.map((_, n) => n + 1),
      "the reader met no gap",
    );
  });

  it("is kept once by a repetition of everything", async () => {
    const again = await storm({ url: stand.url, count: 2 * COUNT, perSecond: 600, form: form(0) });
    assert.ok(again.every(({ status }) => status === 200));
    const { rows } = await stand.database.db.pool.query<{ count: number }>(
      "SELECT count(*)::int AS count FROM b24kit.portal_inbox",
    );
    assert.equal(rows[0]!.count, 2 * COUNT);
  });
});
