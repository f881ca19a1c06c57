import { expect } from "@open-wc/testing";
import { dayInput, wallClock, zonedDay } from "./zoned-day.ts";

describe("days of a zone", () => {
  it("begin at its own midnight, also where the clocks change", () => {
    expect(zonedDay("2026-05-12", "Europe/Moscow")?.start).to.equal(Date.parse("2026-05-11T21:00:00Z"));
    const change = zonedDay("2026-03-29", "Europe/Berlin")!;
    expect([change.start, change.end + 1]).to.deep.equal([
      Date.parse("2026-03-28T23:00:00Z"),
      Date.parse("2026-03-29T22:00:00Z"),
    ]);
    expect(zonedDay("nonsense", "UTC")).to.equal(undefined);
  });

  it("are told from a moment, in zones of half hours too", () => {
    expect(dayInput(Date.parse("2026-05-12T18:29:59Z"), "Asia/Kolkata")).to.equal("2026-05-12");
    expect(dayInput(Date.parse("2026-05-12T18:30:00Z"), "Asia/Kolkata")).to.equal("2026-05-13");
    const noon = Date.parse("2026-05-12T12:00:00Z");
    expect(wallClock(noon, "Europe/Moscow") - noon).to.equal(3 * 3_600_000);
  });
});
