import { CLIENT_ERRORS } from "@b24kit/client";
import { ERRORS } from "@b24kit/client/contract";
import { expect } from "@open-wc/testing";
import { languages } from "../locale/locale.ts";
import { errorTexts } from "./error-texts.ts";
import { toFailure } from "./failure.ts";

describe("error texts", () => {
  for (const language of languages) {
    it(`${language}: every code has a title and a remedy`, () => {
      expect(errorTexts[language]).to.include.all.keys(...Object.keys(ERRORS), ...Object.keys(CLIENT_ERRORS));
      for (const [code, text] of Object.entries(errorTexts[language])) {
        expect(text.title, code).to.match(/\S{2}/);
        expect(text.remedy, code).to.match(/\S{2}/);
      }
    });
  }

  it("Russian texts are Russian", () => {
    for (const [code, { title, remedy }] of Object.entries(errorTexts.ru)) {
      expect(`${title} ${remedy}`, code).to.match(/^[А-ЯЁ]/);
    }
  });
});

describe("toFailure", () => {
  it("reads an API error by its code", () => {
    const failure = toFailure({ code: "insufficient_scope", detail: "crm", requestId: "r1" });
    expect(failure).to.deep.equal({
      kind: "error",
      code: "insufficient_scope",
      detail: "crm",
      requestId: "r1",
    });
  });
  it("tells missing rights and a lost connection apart", () => {
    expect(toFailure({ code: "forbidden" }).kind).to.equal("no-rights");
    expect(toFailure(new TypeError("Failed to fetch")).kind).to.equal("offline");
  });
  it("survives anything that can be thrown", () => {
    for (const thrown of [undefined, null, "x", 1, new Error("boom"), { code: "toString" }]) {
      expect(toFailure(thrown).kind).to.equal("error");
    }
  });
});
