/** One faulty setting, in words that hold no secret. */
export interface Fault {
  readonly name: string;
  readonly problem: string;
}

/** The settings do not let b24kit start; names every faulty one at once, with what it should look like. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
  readonly faults: readonly Fault[];
  constructor(faults: readonly Fault[]) {
    const lines = faults.map(({ name, problem }) => `  ${name} ${problem}`);
    super(
      `b24kit cannot start: ${faults.length === 1 ? "a setting is" : `${faults.length} settings are`} missing or wrong.\n${lines.join("\n")}`,
    );
    this.faults = faults;
  }
}
