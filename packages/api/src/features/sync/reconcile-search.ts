/** Ids above `lo` up to and with `hi`, and those among them that the mirror shows, ascending. */
export interface KnownRange {
  readonly lo: number;
  readonly hi: number;
  readonly ids: readonly number[];
}

/** What the portal says of a range: how many records there are, and the ids of the first fifty. */
export interface Counted {
  readonly total: number;
  readonly listed: readonly number[];
}

/** What a comparison has found. `unread` are ranges that hold records which the mirror lacks. */
export interface Findings {
  readonly gone: readonly number[];
  readonly unread: readonly { readonly lo: number; readonly hi: number }[];
}

export interface RangeSearch {
  /** Ranges to count next, at most as many as a request carries; none when the search is over. */
  next(): readonly KnownRange[];
  /** The answers, in the order of the questions. */
  learn(answers: readonly Counted[]): void;
  findings(): Findings;
}

/** Commands of one request, and records that a counting command lists by the way. */
const COMMANDS = 50;
const PAGE = 50;

/** A range of which it is known that it differs; `total` null where only asking itself can tell more. */
interface Suspect extends KnownRange {
  readonly total: number | null;
}

/** A suspect's pieces of one round. What is not counted, the last one at most, follows from the others. */
interface Split {
  readonly total: number;
  readonly counted: readonly KnownRange[];
  readonly rest: KnownRange | null;
}

/**
 * Finds the ids in which two sets differ by counting ranges of them. A record cannot come into a range below the
 * highest id, it can only leave: equal counts mean equal sets, and only ranges that differ are split further. A range
 * of a page is its own list. Pure; begins with ranges already counted.
 */
export function searchRanges(first: readonly { range: KnownRange; counted: Counted }[]): RangeSearch {
  let suspects: Suspect[] = [];
  let asked: Split[] = [];
  const gone: number[] = [];
  const unread: { lo: number; hi: number }[] = [];

  function judge(range: KnownRange, { total, listed }: Counted): void {
    if (total === range.ids.length) return;
    if (total <= listed.length) compare(range, listed);
    else if (range.ids.length <= PAGE) unread.push({ lo: range.lo, hi: range.hi });
    else suspects.push({ ...range, total });
  }

  function compare(range: KnownRange, listed: readonly number[]): void {
    const there = new Set(listed);
    for (const id of range.ids) if (!there.has(id)) gone.push(id);
    const known = new Set(range.ids);
    if (listed.some((id) => !known.has(id))) unread.push({ lo: range.lo, hi: range.hi });
  }

  /** What is left of the whole after its pieces; records may have left meanwhile, so it is not believed blindly. */
  function judgeRest(range: KnownRange, total: number): void {
    if (total === range.ids.length) return;
    const small = range.ids.length <= PAGE || total <= PAGE;
    suspects.push({ ...range, total: small || total > range.ids.length || total < 0 ? null : total });
  }

  for (const { range, counted } of first) judge(range, counted);
  return {
    next() {
      asked = share(suspects);
      suspects = suspects.slice(asked.length);
      return asked.flatMap(({ counted }) => counted);
    },
    learn(answers) {
      let at = 0;
      for (const { total, counted, rest } of asked) {
        let left = total;
        for (const piece of counted) {
          const answer = answers[at++]!;
          left -= answer.total;
          judge(piece, answer);
        }
        if (rest !== null) judgeRest(rest, left);
      }
    },
    findings: () => ({ gone: gone.toSorted((a, b) => a - b), unread }),
  };
}

/** Shares the commands of a request among as many suspects as it has room for. */
function share(suspects: readonly Suspect[]): Split[] {
  const taken = suspects.slice(0, COMMANDS);
  const each = Math.floor(COMMANDS / Math.max(1, taken.length));
  let spare = COMMANDS - each * taken.length;
  return taken.map((suspect) => split(suspect, each + (spare-- > 0 ? 1 : 0)));
}

function split(suspect: Suspect, commands: number): Split {
  const pages = Math.ceil(suspect.ids.length / PAGE);
  if (suspect.total === null) return { total: 0, counted: [suspect], rest: null };
  if (pages <= commands) return { total: suspect.total, counted: cut(suspect, pages), rest: null };
  const pieces = cut(suspect, commands + 1);
  return { total: suspect.total, counted: pieces.slice(0, -1), rest: pieces.at(-1)! };
}

/** Cuts a range into pieces of whole pages of the mirror's ids, as equal as they can be. */
function cut(range: KnownRange, count: number): KnownRange[] {
  const pages = Math.ceil(range.ids.length / PAGE);
  const cuts = Array.from({ length: count + 1 }, (_, at) => Math.round((at * pages) / count) * PAGE);
  return Array.from({ length: count }, (_, at) => {
    const ids = range.ids.slice(cuts[at], cuts[at + 1]);
    const lo = at === 0 ? range.lo : range.ids[cuts[at]! - 1]!;
    const hi = at === count - 1 ? range.hi : ids.at(-1)!;
    return { lo, hi, ids };
  });
}
