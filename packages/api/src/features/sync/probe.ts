import { z } from "zod";
import { MAX_COMMANDS } from "../../platform/bitrix/batch.ts";
import { PortalError } from "../../platform/bitrix/errors.ts";
import type { BatchOptions, BatchOutcome, Command, PortalClient } from "../../platform/bitrix/types.ts";
import { invalid, need, understand } from "./answers.ts";
import { toMilliseconds, toOffsetMinutes } from "./calendar.ts";
import { type EntityDescriptor, isFixed, readsByOwner } from "./entities.ts";
import { type PortalField, readFields } from "./fields.ts";
import { listCommand, listedIds } from "./list-command.ts";
import type { Extent } from "./partitions.ts";
import { type DictionaryAnswer, dictionaryCommands, readDictionaries } from "./probe-dictionaries.ts";
import type { OwnersSeen } from "./store/owners.ts";

/** What a run must know before it plans: in one request, unless a portal has many kinds of records or long dictionaries. */
export interface Probe {
  /** The portal's clock when it took up the question, in milliseconds since the epoch. */
  readonly portalTime: number;
  /** Minutes that the portal's own time is ahead of UTC. */
  readonly offsetMinutes: number;
  /** The portal's clock when it was done answering. */
  readonly answeredAt: number;
  /** In the order of the questions; an error for an entity that may not be read or whose answer makes no sense. */
  readonly entities: readonly (EntityProbe | PortalError)[];
  readonly dictionaries: readonly DictionaryAnswer[];
  readonly requests: number;
  readonly serverSeconds: number;
}

export interface EntityProbe {
  readonly fields: readonly PortalField[];
  /** Numbers of user fields by name, as far as the portal tells them: a field that is made anew has another. */
  readonly fieldIds: ReadonlyMap<string, string>;
  readonly extent: Extent;
  /** Of an incremental run: records changed since, and whether there are ids above the mirror's. */
  readonly modified: number;
  readonly hasNew: boolean;
}

/** An entity to ask about; `known` null where nothing of it is there. */
export interface Question {
  readonly descriptor: EntityDescriptor;
  readonly known: Known | null;
  /** Of records that are read owner by owner. */
  readonly owners?: OwnersSeen;
}

/** What is already there: where an incremental run begins. Null for a full one. */
export interface Known {
  /** ISO time on the portal's clock; of records that are read owner by owner, on the database's. */
  readonly changedSince: string;
  readonly maxId: number;
  readonly rows: number;
}

/** @throws PortalError where the portal does not answer at all */
export async function probe(
  client: PortalClient,
  questions: readonly Question[],
  options: BatchOptions,
): Promise<Probe> {
  const parts = [
    { time: { method: "server.time" }, ...dictionaryCommands() },
    ...questions.map(entityCommands),
  ];
  const outcomes: Record<string, BatchOutcome> = {};
  let requests = 0;
  for (const commands of fillRequests(parts)) {
    Object.assign(outcomes, await client.batch(commands, options));
    requests += 1;
  }
  const clock = String(need(outcomes, "time"));
  const time = toMilliseconds(clock);
  if (time === null) throw invalid("server.time", "the portal's time is not a time");
  const times = Object.values(outcomes).flatMap((outcome) =>
    outcome.ok && outcome.time ? [outcome.time] : [],
  );
  const dictionaries = await readDictionaries(client, outcomes, options);
  return {
    portalTime: time,
    offsetMinutes: toOffsetMinutes(clock),
    answeredAt: Math.max(time, ...times.map(({ finish }) => finish * 1000)),
    entities: questions.map((question) => orError(() => readEntity(question, outcomes))),
    dictionaries: dictionaries.answers,
    requests: requests + dictionaries.requests,
    serverSeconds: times.reduce((sum, { duration }) => sum + duration, 0),
  };
}

/** Parts put together, as many as go into one request; what belongs together stays together. */
function fillRequests(parts: readonly Record<string, Command>[]): Record<string, Command>[] {
  const requests: Record<string, Command>[] = [];
  for (const part of parts) {
    const last = requests.at(-1);
    if (last && Object.keys({ ...last, ...part }).length <= MAX_COMMANDS) Object.assign(last, part);
    else requests.push({ ...part });
  }
  return requests;
}

function orError<T>(read: () => T): T | PortalError {
  try {
    return read();
  } catch (error) {
    if (error instanceof PortalError) return error;
    throw error;
  }
}

function entityCommands({ descriptor, known }: Question): Record<string, Command> {
  const { list, fields, userFieldsMethod, changed, entity } = descriptor;
  // What is read owner by owner is looked for among the mirror's owners.
  if (readsByOwner(descriptor)) return {};
  const { idField } = list;
  const commands: Record<string, Command> = {
    [`${entity}_last`]: listCommand(list, { order: "DESC", start: -1, idsOnly: true }),
  };
  if (!isFixed(fields)) commands[`${entity}_fields`] = { method: fields.method, params: fields.params ?? {} };
  if (userFieldsMethod !== undefined) commands[`${entity}_own`] = { method: userFieldsMethod };
  if (known === null) commands[`${entity}_count`] = listCommand(list, { start: 0, idsOnly: true });
  else if (changed !== null) {
    const filter = { [`>=${changed.filter}`]: known.changedSince, [`<=${idField}`]: known.maxId };
    commands[`${entity}_count`] = listCommand(list, { start: 0, idsOnly: true, filter });
  }
  return commands;
}

function readEntity(question: Question, outcomes: Record<string, BatchOutcome>): EntityProbe {
  const { descriptor, known, owners } = question;
  const { entity } = descriptor;
  const fields = describedFields(descriptor, outcomes);
  if (owners) {
    const { extent, changed } = owners;
    return { fields, fieldIds: new Map(), extent, modified: known === null ? 0 : changed, hasNew: false };
  }
  return { fields, fieldIds: readFieldIds(outcomes[`${entity}_own`]), ...readExtent(question, outcomes) };
}

function describedFields(
  { fields, list, entity }: EntityDescriptor,
  outcomes: Record<string, BatchOutcome>,
): readonly PortalField[] {
  if (isFixed(fields)) return fields;
  const { method, key } = fields;
  const answer = need(outcomes, `${entity}_fields`);
  const described = understand(method, () =>
    readFields(key === undefined ? answer : z.record(z.string(), z.unknown()).parse(answer)[key]),
  );
  if (!described.some(({ name }) => name === list.rowId))
    throw invalid(method, `there is no field ${list.rowId}`);
  return described;
}

const UserFields = z.array(z.object({ ID: z.coerce.string(), FIELD_NAME: z.string() }));

/** Nothing depends on these alone: where they are refused or make no sense, there are none. */
function readFieldIds(outcome: BatchOutcome | undefined): Map<string, string> {
  const parsed = UserFields.safeParse(outcome?.ok ? outcome.result : null);
  return new Map(parsed.success ? parsed.data.map(({ ID, FIELD_NAME }) => [FIELD_NAME, ID]) : []);
}

function readExtent(
  { descriptor: { list, changed, entity }, known }: Question,
  outcomes: Record<string, BatchOutcome>,
): Omit<EntityProbe, "fields" | "fieldIds"> {
  const firstId = (key: string) =>
    understand(list.method, () => listedIds(list, need(outcomes, key))[0] ?? 0);
  const highest = firstId(`${entity}_last`);
  const first = known !== null && changed === null ? 0 : firstId(`${entity}_count`);
  const count = outcomes[`${entity}_count`];
  const counted = count?.ok ? (count.total ?? 0) : 0;
  if (known !== null) {
    return {
      extent: { lowest: 1, highest, total: known.rows },
      modified: counted,
      hasNew: highest > known.maxId,
    };
  }
  // A record may be added between the two answers; the extent must hold what both have seen.
  const total = Math.max(counted, highest > 0 ? 1 : 0);
  return {
    extent: { lowest: Math.min(first || highest, highest), highest, total },
    modified: 0,
    hasNew: false,
  };
}
