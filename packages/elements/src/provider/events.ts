import type { AnyErrorCode } from "@b24kit/client";
import { FactEvent } from "../core/index.ts";

/** Something failed that no single element can show: a page may log it or ask the person to sign in. */
export class ProviderErrorEvent extends FactEvent<{ error: Error; code: AnyErrorCode | undefined }> {
  constructor(detail: { error: Error; code: AnyErrorCode | undefined }) {
    super("b24-error", detail);
  }
}

declare global {
  interface HTMLElementEventMap {
    "b24-error": ProviderErrorEvent;
  }
}
