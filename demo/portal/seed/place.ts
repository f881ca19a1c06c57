import type { Row } from "../values.ts";
import type { Random } from "./random.ts";
import { CITIES, type City, DISTRICTS, STREETS } from "./words/places.ts";

export interface Place {
  city: City;
  street: string;
  house: string;
  postalCode: string;
  district: string;
  latitude: number;
  longitude: number;
}

export function makePlace(random: Random, city: City = random.weighted(CITIES)): Place {
  return {
    city,
    street: random.pick(STREETS),
    house: `${random.int(1, 180)}${random.chance(0.15) ? random.pick(["А", "Б", "к1", "к2"]) : ""}`,
    postalCode: city.postal + String(random.int(0, 199)).padStart(3, "0"),
    district: random.pick(DISTRICTS),
    latitude: city.latitude + random.int(-600, 600) / 10_000,
    longitude: city.longitude + random.int(-900, 900) / 10_000,
  };
}

/** `ул. Ленина, 45` */
export function streetLine(place: Place): string {
  return `${place.street}, ${place.house}`;
}

/** The columns of a CRM address; all null where the record has none. */
export function addressRow(prefix: string, place: Place | null, flat: string | null = null): Row {
  return {
    [prefix]: place ? streetLine(place) : null,
    [`${prefix}_2`]: flat,
    [`${prefix}_CITY`]: place ? place.city.name : null,
    [`${prefix}_POSTAL_CODE`]: place ? place.postalCode : null,
    [`${prefix}_REGION`]: place ? `${place.district} район` : null,
    [`${prefix}_PROVINCE`]: place ? place.city.province : null,
    [`${prefix}_COUNTRY`]: place ? "Россия" : null,
    [`${prefix}_COUNTRY_CODE`]: null,
    [`${prefix}_LOC_ADDR_ID`]: null,
  };
}
