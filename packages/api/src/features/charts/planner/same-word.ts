import { distance } from "../nearest.ts";

/** What declension puts at a word's end, in both languages. */
const ENDINGS = new Set(
  `а я о е ы и у ю ь й ам ям ах ях ом ем ой ей ов ев ий ый ая яя ое ее ые ие ую юю ых их ым им ого его ому ему ами ями ыми
  ими ия ии ию ией иям иях ок ка ку ки ков кам кой s es ies y er ers`.split(/\s+/),
);

/** The same word in another case: "петрова" and "петров", "рекламы" and "реклама"; or with one letter wrong in a long one. */
export function sameWord(word: string, other: string): boolean {
  if (word === other) return true;
  let shared = 0;
  while (shared < word.length && word[shared] === other[shared]) shared++;
  const [rest, otherRest] = [word.slice(shared), other.slice(shared)];
  const declined = (end: string) => end === "" || ENDINGS.has(end);
  if (shared >= 3 && declined(rest) && declined(otherRest)) return true;
  return Math.min(word.length, other.length) >= 7 && distance(word, other) <= 1;
}
