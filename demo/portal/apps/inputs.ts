import * as z from "zod";
import { ALL_SCOPES } from "../scopes.ts";

const address = z.string().trim().max(2_000);
const seconds = z.int().min(1).max(315_360_000);

export const appInput = z.strictObject({
  title: z.string().trim().min(1).max(255),
  /** Opened in frames; the authorize page returns to it. */
  handlerUrl: address,
  installUrl: address.nullish(),
  scopes: z.array(z.enum(ALL_SCOPES)).default(["crm"]),
  /** Works through REST alone: no pages, ONAPPINSTALL is posted to installUrl. */
  scriptOnly: z.boolean().default(false),
  /** Who adds it. */
  userId: z.int().min(1).default(1),
});

export const appChangeInput = z
  .strictObject({
    title: z.string().trim().min(1).max(255),
    handlerUrl: address,
    installUrl: address.nullable(),
    scopes: z.array(z.enum(ALL_SCOPES)),
    scriptOnly: z.boolean(),
  })
  .partial();

export const appSettingsInput = z.strictObject({
  handlers: z.strictObject({ local: z.boolean(), plainHttp: z.boolean() }).partial().optional(),
  oauth: z
    .strictObject({
      codeSeconds: seconds,
      accessSeconds: seconds,
      refreshSeconds: seconds,
      autoConsent: z.boolean(),
    })
    .partial()
    .optional(),
  delivery: z
    .strictObject({
      delayMs: z.int().min(0).max(86_400_000),
      jitterMs: z.int().min(0).max(86_400_000),
      loss: z.number().min(0).max(1),
      timeoutMs: z.int().min(1).max(600_000),
      parallel: z.int().min(1).max(1_000),
    })
    .partial()
    .optional(),
});

export type AppInput = z.input<typeof appInput>;
export type AppChangeInput = z.input<typeof appChangeInput>;
export type AppSettingsInput = z.input<typeof appSettingsInput>;
