import { z } from "zod";
import type { BatchOptions, BatchOutcome, Command, PortalClient } from "../../platform/bitrix/types.ts";
import { invalid, need, understand } from "./answers.ts";
import { toMilliseconds, toOffsetMinutes } from "./calendar.ts";
import type { EntityDescriptor } from "./entities.ts";
import { type PortalField, readFields } from "./fields.ts";
import type { Extent } from "./partitions.ts";
import { type DictionaryAnswer, dictionaryCommands, readDictionaries } from "./probe-dictionaries.ts";

/** What a run must know before it plans: all of it in one request, where the dictionaries are of usual size. */
export interface Probe {
  /** The portal's clock when it took up the question, in milliseconds since the epoch. */
  readonly portalTime: number;
  /** Minutes that the portal's own time is ahead of UTC. */
  readonly offsetMinutes: number;
  /** The portal's clock when it was done answering. */
  readonly answeredAt: number;
  /** In the order of the questions. */
  readonly entities: readonly EntityProbe[];
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
}

/** What is already there: where an incremental run begins. Null for a full one. */
export interface Known {
  /** ISO time on the portal's clock. */
  readonly changedSince: string;
  readonly maxId: number;
  readonly rows: number;
}

/** @throws PortalError where records or their fields may not be read, or the answer makes no sense */
export async function probe(
  client: PortalClient,
  questions: readonly Question[],
  options: BatchOptions,
): Promise<Probe> {
  const commands: Record<string, Command> = {
    time: { method: "server.time" },
    ...Object.assign({}, ...questions.map((question) => entityCommands(question))),
    ...dictionaryCommands(),
  };
  const outcomes = await client.batch(commands, options);
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
    entities: questions.map((question) => readEntity(question, outcomes)),
    dictionaries: dictionaries.answers,
    requests: 1 + dictionaries.requests,
    serverSeconds: times.reduce((sum, { duration }) => sum + duration, 0),
  };
}

function entityCommands({ descriptor, known }: Question): Record<string, Command> {
  const { listMethod, fieldsMethod, userFieldsMethod, idField, modifiedField, entity } = descriptor;
  const list = (params: Record<string, unknown>): Command => ({
    method: listMethod,
    params: { select: [idField], ...params },
  });
  const first = list({ order: { [idField]: "ASC" }, start: 0 });
  return {
    [`${entity}_fields`]: { method: fieldsMethod },
    [`${entity}_own`]: { method: userFieldsMethod },
    [`${entity}_last`]: list({ order: { [idField]: "DESC" }, start: -1 }),
    [`${entity}_count`]:
      known === null
        ? first
        : list({
            order: { [idField]: "ASC" },
            start: 0,
            filter: { [`>=${modifiedField}`]: known.changedSince, [`<=${idField}`]: known.maxId },
          }),
  };
}

function readEntity(question: Question, outcomes: Record<string, BatchOutcome>): EntityProbe {
  const { fieldsMethod, idField, entity } = question.descriptor;
  const fields = understand(fieldsMethod, () => readFields(need(outcomes, `${entity}_fields`)));
  if (!fields.some(({ name }) => name === idField))
    throw invalid(fieldsMethod, `there is no field ${idField}`);
  return { fields, fieldIds: readFieldIds(outcomes[`${entity}_own`]), ...readExtent(question, outcomes) };
}

const UserFields = z.array(z.object({ ID: z.coerce.string(), FIELD_NAME: z.string() }));

/** Nothing depends on these alone: where they are refused or make no sense, there are none. */
function readFieldIds(outcome: BatchOutcome | undefined): Map<string, string> {
  const parsed = UserFields.safeParse(outcome?.ok ? outcome.result : null);
  return new Map(parsed.success ? parsed.data.map(({ ID, FIELD_NAME }) => [FIELD_NAME, ID]) : []);
}

function readExtent(
  { descriptor: { listMethod, idField, entity }, known }: Question,
  outcomes: Record<string, BatchOutcome>,
): Omit<EntityProbe, "fields" | "fieldIds"> {
  const Ids = z.array(z.object({ [idField]: z.coerce.number().int().positive() }));
  const firstId = (key: string) =>
    understand(listMethod, () => Ids.parse(need(outcomes, key))[0]?.[idField] ?? 0);
  const highest = firstId(`${entity}_last`);
  const first = firstId(`${entity}_count`);
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
