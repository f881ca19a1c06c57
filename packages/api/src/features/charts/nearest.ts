/** The names that a mistyped one may have meant, the nearest first; at most three, and none that is far off. */
export function nearest(name: string, names: readonly string[]): string[] {
  const asked = name.toLowerCase();
  return names
    .map((candidate) => ({ candidate, far: distance(asked, candidate.toLowerCase()) }))
    .filter(({ candidate, far }) => far <= Math.max(2, candidate.length / 2) || asked.includes(candidate))
    .sort((a, b) => a.far - b.far)
    .slice(0, 3)
    .map(({ candidate }) => candidate);
}

/** The one name that is surely meant by a misspelt one: the fewest changed letters, at most two in five. */
export function meantName(word: string, among: Iterable<string>): string | null {
  let best: string | null = null;
  let fewest = Math.max(1, Math.floor(word.length / 2.5)) + 1;
  for (const candidate of among) {
    if (Math.abs(candidate.length - word.length) >= fewest) continue;
    const far = distance(word, candidate);
    if (far < fewest) [best, fewest] = [candidate, far];
  }
  return best;
}

/** Letters to change, add, leave out or swap with their neighbour. */
export function distance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      row[j] = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + same);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) row[j] = Math.min(row[j]!, before[j - 2]! + 1);
    }
    before = last;
    last = row;
  }
  return last[b.length]!;
}
