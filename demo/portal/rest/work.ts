/** What one HTTP request has cost the portal so far. */
export class Work {
  /** Seconds over all methods of the request. */
  seconds = 0;
  readonly #perMethod = new Map<string, number>();

  /**
   * Adds the work of one call.
   * @returns the seconds to charge: nothing while the method stays within what is free, then all of it
   */
  add(method: string, seconds: number, freeSeconds: number): number {
    this.seconds += seconds;
    const before = this.#perMethod.get(method) ?? 0;
    const after = before + seconds;
    this.#perMethod.set(method, after);
    if (after <= freeSeconds) return 0;
    return before <= freeSeconds ? after : seconds;
  }
}
