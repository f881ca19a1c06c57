import { fullName } from "../../people.ts";
import { asText } from "../../php.ts";
import type { Portal } from "../../portal.ts";
import { ENTITIES, type Entity, type Row } from "../../values.ts";
import { findRecords } from "../crm/find-records.ts";
import { cardPath, SECTIONS } from "../crm/sections.ts";

const MOST = 20;

/** One line of a picker: what the person sees, and what the frame gets. */
export interface Pick {
  title: string;
  about: string;
  value: Record<string, unknown>;
}

/** Colleagues whose names or posts hold the words. */
export function pickPeople(portal: Portal, search: string): Pick[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const known = portal.crm.users.filter((user) => {
    const text = `${fullName(user)} ${asText(user.WORK_POSITION)}`.toLowerCase();
    return user.ACTIVE === true && words.every((word) => text.includes(word));
  });
  return known.slice(0, MOST).map((user) => ({
    title: fullName(user),
    about: asText(user.WORK_POSITION),
    value: {
      id: user.ID,
      name: fullName(user),
      photo: "",
      position: asText(user.WORK_POSITION),
      url: "",
      sub: false,
      sup: false,
    },
  }));
}

const PREFIX: Record<Entity, string> = { lead: "L", deal: "D", contact: "C", company: "CO" };

/** Records of the named kinds, newest first. */
export function pickRecords(portal: Portal, kinds: readonly string[], search: string): Pick[] {
  const wanted = ENTITIES.filter((entity) => kinds.length === 0 || kinds.includes(entity));
  return wanted.flatMap((entity) => {
    const found = findRecords(portal, { entity, filter: {}, order: { ID: "DESC" }, search });
    return found.slice(0, Math.ceil(MOST / wanted.length)).map((row) => recordPick(entity, row));
  });
}

function recordPick(entity: Entity, row: Row): Pick {
  const { one, titleOf } = SECTIONS[entity];
  const title = titleOf(row);
  const about = `${one} № ${asText(row.ID)}`;
  const id = `${PREFIX[entity]}_${asText(row.ID)}`;
  return {
    title,
    about,
    value: { id, type: entity, place: entity, title, desc: about, url: cardPath(entity, row.ID) },
  };
}
