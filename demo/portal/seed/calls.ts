import type { Row } from "../values.ts";
import { makeMobile } from "./person.ts";
import { pastMoment, type SeedPlan } from "./plan.ts";
import { Random } from "./random.ts";

const CALLS = 80;

/** The telephone log, as `voximplant.statistic.get` shows it: scalars are texts, what is unknown is null. */
export function seedCalls(plan: SeedPlan): Row[] {
  return Array.from({ length: CALLS }, (_, i) => {
    const random = new Random(plan.seed, "call", i + 1);
    const answered = random.chance(0.8);
    const contact = plan.counts.contacts > 0 ? String(random.int(1, plan.counts.contacts)) : null;
    return {
      ID: String(i + 1),
      PORTAL_USER_ID: String(random.int(1, plan.counts.users)),
      PORTAL_NUMBER: "reg133788",
      PHONE_NUMBER: makeMobile(random),
      CALL_ID: `externalCall.${random.int(1e8, 9e8).toString(16)}.${i + 1}`,
      EXTERNAL_CALL_ID: null,
      CALL_CATEGORY: "external",
      CALL_LOG: null,
      CALL_DURATION: String(answered ? random.int(8, 900) : 0),
      CALL_START_DATE: plan.zone.datetime(pastMoment(plan, random)),
      CALL_RECORD_URL: "",
      CALL_VOTE: null,
      COST: "0.0000",
      COST_CURRENCY: "RUB",
      CALL_FAILED_CODE: answered ? "200" : "304",
      CALL_FAILED_REASON: answered ? "" : "Skipped call",
      CRM_ENTITY_TYPE: contact ? "CONTACT" : null,
      CRM_ENTITY_ID: contact,
      CRM_ACTIVITY_ID: null,
      REST_APP_ID: null,
      REST_APP_NAME: null,
      TRANSCRIPT_ID: null,
      TRANSCRIPT_PENDING: "N",
      SESSION_ID: null,
      REDIAL_ATTEMPT: null,
      COMMENT: null,
      RECORD_DURATION: null,
      RECORD_FILE_ID: null,
      CALL_TYPE: random.pick(["1", "2"]),
    };
  });
}
