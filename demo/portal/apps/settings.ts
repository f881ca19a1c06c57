/** How a portal treats applications: `POST /_emulator/app-settings` turns each of these. */
export interface AppSettings {
  handlers: {
    /** Accepts handlers on localhost and other addresses that no cloud portal could reach. */
    local: boolean;
    /** Accepts plain http where a portal wants https. */
    plainHttp: boolean;
  };
  oauth: {
    codeSeconds: number;
    accessSeconds: number;
    refreshSeconds: number;
    /** Skips the consent page. */
    autoConsent: boolean;
  };
  delivery: {
    /** Wait before each delivery, by the portal's clock. */
    delayMs: number;
    /** Up to this much more, at random: later events overtake earlier ones. */
    jitterMs: number;
    /** Part of deliveries that never leave, 0 to 1. */
    loss: number;
    /** Part of deliveries that go out twice, 0 to 1. */
    duplicates: number;
    /** Real time after which a handler counts as dead. */
    timeoutMs: number;
    /** Requests at once. */
    parallel: number;
  };
}

/** Switches that must be known before the first request; the others have one faithful value. */
export type HandlerSwitches = Partial<AppSettings["handlers"]>;

export function defaultAppSettings(handlers: HandlerSwitches = {}): AppSettings {
  return {
    handlers: { local: handlers.local ?? false, plainHttp: handlers.plainHttp ?? false },
    oauth: { codeSeconds: 30, accessSeconds: 3600, refreshSeconds: 180 * 86_400, autoConsent: false },
    delivery: { delayMs: 0, jitterMs: 0, loss: 0, duplicates: 0, timeoutMs: 10_000, parallel: 10 },
  };
}
