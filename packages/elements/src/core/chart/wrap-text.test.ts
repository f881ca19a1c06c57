import { expect } from "@open-wc/testing";
import { clipText, wrapText } from "./wrap-text.ts";

/** Every letter is 10 px wide. */
const widthOf = (text: string) => [...text].length * 10;

describe("texts of a chart in lines", () => {
  it("are broken between words, and end where there is no more room", () => {
    expect(wrapText("Подготовка документов к сделке", 120, 2, widthOf)).to.deep.equal([
      "Подготовка",
      "документов…",
    ]);
    expect(wrapText("В работе", 120, 2, widthOf)).to.deep.equal(["В работе"]);
  });

  it("have no line where there is no word", () => {
    expect(wrapText("", 120, 2, widthOf)).to.deep.equal([]);
    expect(wrapText("  ", 120, 2, widthOf)).to.deep.equal([]);
  });

  it("are never cut inside a letter", () => {
    expect(clipText("Дом 🏠🏠🏠", 60, widthOf)).to.equal("Дом 🏠…");
    expect(clipText("🏠🏠", 5, widthOf)).to.equal("🏠…");
  });
});
