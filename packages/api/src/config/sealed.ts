import { inspect } from "node:util";

/**
 * Freezes a group of settings so that its secrets can be read by name but not printed: JSON, console and util.inspect
 * show `[secret]` for those that are set.
 */
export function sealed<T extends object>(group: T, secrets: readonly (keyof T)[] = []): Readonly<T> {
  const shown = () => {
    const entries = Object.entries(group).map(([name, value]) => [
      name,
      value !== undefined && secrets.includes(name as keyof T) ? "[secret]" : value,
    ]);
    return Object.fromEntries(entries) as object;
  };
  Object.defineProperty(group, "toJSON", { value: shown });
  Object.defineProperty(group, inspect.custom, { value: shown });
  return Object.freeze(group);
}
