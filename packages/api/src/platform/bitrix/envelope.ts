import { z } from "zod";
import type { PortalTime } from "./types.ts";

// Numbers of the time block come as numbers or, from older portals, as texts.
const seconds = z.coerce.number().catch(0);

const Time = z
  .object({
    start: seconds,
    finish: seconds,
    duration: seconds,
    processing: seconds,
    date_start: z.string().catch(""),
    date_finish: z.string().catch(""),
    operating: z.coerce.number().optional().catch(undefined),
    operating_reset_at: z.coerce.number().optional().catch(undefined),
  })
  .transform((time): PortalTime => {
    const { operating, operating_reset_at: resetAt } = time;
    return {
      start: time.start,
      finish: time.finish,
      duration: time.duration,
      processing: time.processing,
      dateStart: time.date_start,
      dateFinish: time.date_finish,
      ...(operating === undefined ? {} : { operating }),
      ...(resetAt === undefined ? {} : { operatingResetAt: resetAt }),
    };
  });

/** A `time` block, or null where there is none or it is no such thing. */
export function toPortalTime(value: unknown): PortalTime | null {
  const parsed = Time.safeParse(value);
  return parsed.success ? parsed.data : null;
}

/** What a portal answers to any method; unknown members are kept out. */
export const Envelope = z.object({
  result: z.unknown().optional(),
  error: z.unknown().optional(),
  error_description: z.unknown().optional(),
  total: z.coerce.number().int().optional().catch(undefined),
  next: z.coerce.number().int().optional().catch(undefined),
  time: z.unknown().optional(),
});
export type Envelope = z.infer<typeof Envelope>;
