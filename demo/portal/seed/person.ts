import type { Random } from "./random.ts";
import {
  FEMALE_NAMES,
  feminine,
  type Gender,
  MALE_NAMES,
  PATRONYMICS,
  SURNAMES,
  toLatin,
} from "./words/people.ts";

export interface Person {
  gender: Gender;
  name: string;
  secondName: string;
  lastName: string;
}

/** A Russian full name whose three parts agree in gender. */
export function makePerson(random: Random, gender: Gender = random.chance(0.5) ? "M" : "F"): Person {
  const male = gender === "M";
  const surname = random.pick(SURNAMES);
  return {
    gender,
    name: random.pick(male ? MALE_NAMES : FEMALE_NAMES),
    secondName: random.pick(PATRONYMICS)[male ? 0 : 1],
    lastName: male ? surname : feminine(surname),
  };
}

export function makeMobile(random: Random): string {
  return `+79${random.int(10, 99)}${String(random.int(0, 9_999_999)).padStart(7, "0")}`;
}

/** Addresses end in `.example`, which nobody can own. */
export function makeEmail(person: Person, random: Random): string {
  const host = random.pick(["pochta", "post", "mail", "business"]);
  return `${toLatin(person.name).slice(0, 1)}.${toLatin(person.lastName)}${random.int(1, 99)}@${host}.example`;
}
