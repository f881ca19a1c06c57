const LETTERS: Readonly<Record<string, string>> = Object.fromEntries(
  (
    "а:a б:b в:v г:g д:d е:e ё:e ж:zh з:z и:i й:y к:k л:l м:m н:n о:o п:p р:r с:s т:t у:u ф:f х:kh ц:ts ч:ch ш:sh " +
    "щ:sch ъ: ы:y ь: э:e ю:yu я:ya ß:ss ł:l ø:o"
  )
    .split(" ")
    .map((pair) => pair.split(":") as [string, string]),
);

/** A text as it may stand in an address: Latin letters, digits and single dashes. */
export function toLatin(text: string): string {
  const plain = text
    .toLowerCase()
    .replace(/[а-яёßłø]/g, (letter) => LETTERS[letter] ?? "")
    .normalize("NFD")
    .replace(/\p{M}/gu, "");
  return plain.replace(/[^a-z0-9]+/g, "-").replace(/^-+|-+$/g, "");
}
