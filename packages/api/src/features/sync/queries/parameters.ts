import { z } from "zod";

const day = z.iso.date();

/** Parameters that every list of records has. */
export const recordParameters = z.object({
  id: z.coerce.number().int().optional().describe("The one record with this id"),
  search: z.string().max(200).optional().describe("Text in the record's name"),
  responsible: z.coerce.number().int().optional().describe("Id of the responsible user"),
  source: z.string().max(50).optional().describe("Code of the source, e.g. WEB"),
  from: day.optional().describe("Created on this day or later"),
  to: day.optional().describe("Created on this day or earlier"),
});

/** Parameters of the counts of leads, contacts and companies. */
export const peopleParameters = z.object({
  responsible: z.coerce.number().int().optional().describe("Id of the responsible user"),
  from: day.optional().describe("Created on this day or later"),
  to: day.optional().describe("Created on this day or earlier"),
});

/** Parameters of the summaries of deals. */
export const summaryParameters = peopleParameters.extend({
  funnel: z.coerce.number().int().optional().describe("Id of the funnel; all of them where it is missing"),
  company: z.coerce.number().int().optional().describe("Id of the company that the deals are with"),
  contact: z.coerce.number().int().optional().describe("Id of the contact that the deals are with"),
});
