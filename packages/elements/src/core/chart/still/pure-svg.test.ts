import { expect } from "@open-wc/testing";
import { escapeText, ImpureSvg, pureSvg, readable } from "./pure-svg.ts";

describe("pureSvg", () => {
  it("keeps shapes, texts and fonts, and leaves styles and marks of ECharts out", () => {
    const drawn =
      '<svg viewBox="0 0 9 9"><path d="M1.23456 2L3 4" fill="#ff0000" class="zr0-cls-1" ecmeta_series_index="0"></path>' +
      `<text style="font-size:12px;font-family:system-ui, 'Segoe UI';" fill="url(#zr0-g0)">a &lt;b&gt;</text></svg>`;
    expect(pureSvg(drawn)).to.equal(
      '<svg viewBox="0 0 9 9"><path d="M1.23 2L3 4" fill="#ff0000"></path>' +
        '<text font-size="12px" fill="url(#zr0-g0)">a &lt;b&gt;</text></svg>',
    );
  });

  it("refuses what a drawing does not hold", () => {
    for (const markup of [
      "<script>alert(1)</script>",
      "<style>a{}</style>",
      '<image href="x.png">',
      "<foreignObject>",
      "<a>",
      "<!DOCTYPE svg>",
      "<![CDATA[x]]>",
      '<path d="M0 0" fill="red" onload=alert(1)>',
      `<path d='M0 0'>`,
      '<path fill="url(https://evil.example/x)">',
      '<use href="https://evil.example/x#y">',
      '<use xlink:href="javascript:alert(1)">',
      '<path fill="red;background:url(x)">',
      "<path",
    ])
      expect(() => pureSvg(markup), markup).to.throw(ImpureSvg);
    expect(pureSvg('<use href="#mark"></use>')).to.equal('<use href="#mark"></use>');
    expect(pureSvg('<path onload="alert(1)"></path>'), "an attribute of no drawing").to.equal(
      "<path></path>",
    );
  });

  it("makes a text that any XML may hold", () => {
    expect(escapeText(`<a href="x">'&`)).to.equal("&lt;a href=&quot;x&quot;&gt;&#39;&amp;");
    expect(readable("a\u0000b\ud800c\ufffed😀\n")).to.equal("a\ufffdb\ufffdc\ufffdd😀\n");
  });
});
