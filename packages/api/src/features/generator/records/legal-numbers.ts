/** Numbers of a Russian company: with right check digits, and yet nobody's on purpose. */
export interface LegalNumbers {
  readonly inn: string;
  readonly kpp: string;
  readonly ogrn: string;
}

const INN_WEIGHTS = [2, 4, 10, 3, 5, 9, 4, 6, 8];

/** `office` is the tax office (4 digits), `digits` five digits of the company's own, `year` of its registration. */
export function legalNumbers(office: string, digits: string, year: number): LegalNumbers {
  const inn = office + digits;
  const body = `1${String(year % 100).padStart(2, "0")}${office.slice(0, 2)}${digits.padStart(7, "0")}`;
  return {
    inn: inn + innCheckDigit(inn),
    kpp: `${office}01001`,
    ogrn: body + ((Number(body) % 11) % 10),
  };
}

/** The tenth digit of a company's INN. */
export function innCheckDigit(nine: string): number {
  const sum = INN_WEIGHTS.reduce((total, weight, at) => total + weight * Number(nine[at]), 0);
  return (sum % 11) % 10;
}
