import type { Browser, LaunchOptions } from "playwright-core";

export const BROWSER_FLAGS: string[];
export function findBrowser(): Promise<{ executablePath: string; shell: boolean }>;
export function launchBrowser(options?: LaunchOptions): Promise<Browser>;
