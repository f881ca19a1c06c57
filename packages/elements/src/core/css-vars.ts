import { noChange } from "lit";
import { Directive, directive, type ElementPart, type PartInfo, PartType } from "lit/directive.js";

type Vars = Readonly<Record<`--${string}`, string | undefined>>;

class CssVarsDirective extends Directive {
  #last: Vars = {};

  constructor(part: PartInfo) {
    super(part);
    if (part.type !== PartType.ELEMENT) throw new Error("cssVars stands in an element's opening tag");
  }

  override render(_vars: Vars): unknown {
    return noChange;
  }

  override update(part: ElementPart, [vars]: [Vars]): unknown {
    const { style } = part.element as HTMLElement;
    for (const [name, value] of Object.entries(vars)) {
      if (this.#last[name as `--${string}`] === value) continue;
      if (value === undefined) style.removeProperty(name);
      else style.setProperty(name, value);
    }
    this.#last = vars;
    return noChange;
  }
}

/** Sets CSS variables through `element.style`: `<div ${cssVars({"--x": "4px"})}>`. A `style=` would break a strict CSP. */
export const cssVars = directive(CssVarsDirective);
