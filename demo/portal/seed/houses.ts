import type { Row } from "../values.ts";
import { makePlace, type Place, streetLine } from "./place.ts";
import type { Random } from "./random.ts";
import { HOUSE_CITY } from "./words/places.ts";
import { SCHEDULES } from "./words/user-fields.ts";

export interface House {
  place: Place;
  entrances: number;
  floors: number;
  apartments: number;
  area: number;
  schedule: string;
}

/** 490 of 10,000 deals are houses, spread evenly whatever the total. */
export function isHouse(dealId: number): boolean {
  return Math.floor((dealId * 49) / 1000) > Math.floor(((dealId - 1) * 49) / 1000);
}

export function makeHouse(random: Random): House {
  const entrances = random.int(1, 8);
  const floors = random.pick([2, 3, 5, 5, 5, 9, 9, 9, 10, 12, 16, 17]);
  const apartments = entrances * floors * random.int(2, 4);
  return {
    place: makePlace(random, HOUSE_CITY),
    entrances,
    floors,
    apartments,
    area: Math.round(apartments * random.int(420, 640)) / 10,
    schedule: random.pick(SCHEDULES).ID,
  };
}

/** The user fields that only houses fill; others show the portal's many ways of saying nothing. */
export function houseUserFields(house: House | null): Row {
  return {
    UF_CRM_HOUSE_ADDRESS: house ? addressValue(house.place) : "",
    UF_CRM_ENTRANCES: house ? String(house.entrances) : null,
    UF_CRM_FLOORS: house ? String(house.floors) : null,
    UF_CRM_APARTMENTS: house ? String(house.apartments) : "",
    UF_CRM_AREA: house ? house.area.toFixed(1) : null,
    UF_CRM_CLEANING_SCHEDULE: house ? house.schedule : "0",
  };
}

/** `text|latitude;longitude`, as an address field reads. */
function addressValue(place: Place): string {
  const text = `г. ${place.city.name}, ${streetLine(place)}`;
  return `${text}|${place.latitude.toFixed(4)};${place.longitude.toFixed(4)}`;
}
