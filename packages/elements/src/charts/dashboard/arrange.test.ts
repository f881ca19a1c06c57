import type { DashboardTile } from "@b24kit/client";
import { expect } from "@open-wc/testing";
import { added, COLUMNS, inOrder, place, tileSize, without } from "./arrange.ts";

const tile = (chart: string, x: number, y: number, width: number, height: number): DashboardTile => ({
  chart,
  x,
  y,
  width,
  height,
});
const board = [tile("a", 0, 0, 6, 4), tile("b", 6, 0, 6, 4), tile("c", 0, 4, 12, 4)];
const at = (tiles: readonly DashboardTile[], chart: string) => {
  const { x, y, width, height } = tiles.find((one) => one.chart === chart)!;
  return [x, y, width, height];
};
const apart = (tiles: readonly DashboardTile[]) =>
  tiles.every((a) =>
    tiles.every(
      (b) =>
        a === b ||
        a.x >= b.x + b.width ||
        b.x >= a.x + a.width ||
        a.y >= b.y + b.height ||
        b.y >= a.y + a.height,
    ),
  );

describe("a board's tiles", () => {
  it("make way for the one that is moved, and leave no hole above", () => {
    const moved = place(board, "c", { y: 0 });
    expect([at(moved, "c"), at(moved, "a"), at(moved, "b")]).to.deep.equal([
      [0, 0, 12, 4],
      [0, 4, 6, 4],
      [6, 4, 6, 4],
    ]);
  });

  it("stay within the grid and readable", () => {
    expect(at(place(board, "a", { x: -3, width: 40 }), "a")).to.deep.equal([0, 0, COLUMNS, 4]);
    expect(at(place(board, "b", { width: 0, height: 1 }), "b")).to.deep.equal([6, 0, 2, 3]);
  });

  it("are as high as what they list is long", () => {
    expect(tileSize("bar", 14).height).to.be.greaterThan(tileSize("bar", 5).height);
    expect(tileSize("bar", 500).height).to.equal(14);
    expect(tileSize("kpi", 1).height).to.be.lessThan(tileSize("line", 12).height);
  });

  it("never overlap, whatever is done to them", () => {
    let tiles: DashboardTile[] = board;
    for (let i = 0; i < 12; i++) tiles = added(tiles, `t${i}`, { width: 2 + (i % 5), height: 3 + (i % 3) });
    for (let i = 0; i < 60; i++) {
      tiles = place(tiles, tiles[(i * 7) % tiles.length]!.chart, {
        x: (i * 5) % 12,
        y: (i * 3) % 9,
        width: 1 + (i % 12),
      });
      expect(apart(tiles), `after ${i}`).to.equal(true);
    }
    expect(tiles).to.have.length(15);
  });

  it("close the gap that one leaves, take another into the first gap, and are read row by row", () => {
    expect(at(without(board, "a"), "c")).to.deep.equal([0, 4, 12, 4]);
    expect(at(without(without(board, "a"), "b"), "c")).to.deep.equal([0, 0, 12, 4]);
    expect(at(added(without(board, "b"), "n"), "n")).to.deep.equal([0, 8, 6, 7]);
    expect(inOrder([board[2]!, board[1]!, board[0]!]).map(({ chart }) => chart)).to.deep.equal([
      "a",
      "b",
      "c",
    ]);
  });
});
