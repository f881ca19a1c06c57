import type { Examination } from "./examine.ts";
import type { Finding } from "./finding.ts";
import type { DoctorMessages } from "./messages.ts";

export interface ReportOptions {
  readonly t: DoctorMessages;
  readonly colours: boolean;
  /** The trial deal was allowed. */
  readonly write: boolean;
  readonly width: number;
}

const SIGNS: Record<Finding["state"], string> = { ok: "✓", note: "·", warning: "!", failed: "✗" };
const COLOURS: Record<Finding["state"], number> = { ok: 32, note: 36, warning: 33, failed: 31 };

/** What a person reads in a terminal. */
export function writeReport({ findings, portals }: Examination, options: ReportOptions): string {
  const { t } = options;
  const paint = (text: string, colour: number) =>
    options.colours ? `\u001b[${colour}m${text}\u001b[0m` : text;
  const lines = [paint(t.title, 1)];
  let heading = "";
  for (const finding of findings) {
    const next = t.sections[finding.section](finding.portal ?? "");
    if (next !== heading) lines.push("", paint(next, 1));
    heading = next;
    lines.push(...findingLines(finding, options, paint));
  }
  const count = (state: Finding["state"]) => findings.filter((one) => one.state === state).length;
  const requests = Object.values(portals).reduce((sum, portal) => sum + portal.requests, 0);
  lines.push(
    "",
    paint(t.summary(count("failed"), count("warning"), requests), count("failed") > 0 ? 31 : 32),
  );
  if (requests > 0 && !options.write) lines.push(paint(t.readOnly, 2));
  return `${lines.join("\n")}\n`;
}

function findingLines(
  { state, code, values = {} }: Finding,
  { t, width }: ReportOptions,
  paint: (text: string, colour: number) => string,
): string[] {
  const { what, why, todo } = t.findings[code];
  const lines = wrap(what(values), width - 4).map((line, i) =>
    i === 0 ? `  ${paint(SIGNS[state], COLOURS[state])} ${line}` : `    ${line}`,
  );
  const aside = (label: string, text: string) => {
    const indent = " ".repeat(6 + label.length + 2);
    const [first = "", ...rest] = wrap(text, width - indent.length);
    lines.push(`      ${paint(`${label}:`, 2)} ${first}`, ...rest.map((line) => `${indent}${line}`));
  };
  if (why) aside(t.why, why(values));
  if (todo) aside(t.todo, todo(values));
  return lines;
}

/** Breaks at spaces; a longer word stays whole. */
function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  for (const word of text.split(/\s+/)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width)
      lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
