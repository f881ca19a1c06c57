import { type CSSResult, css, unsafeCSS } from "lit";

/**
 * Design tokens: name -> [light, dark]. A page overrides any of them by setting `--b24-<name>` on an ancestor;
 * elements read the resolved private twin `--_<name>`. Which column counts is decided by the inherited
 * `color-scheme` (the provider's theme, else the page's own), so a switch needs no script.
 */
export const COLOURS = {
  surface: ["#ffffff", "#262626"],
  "surface-sunken": ["#f7f9fa", "#1f1f1f"],
  "surface-hover": ["#f1f5f9", "#303030"],
  "surface-selected": ["#e6f4ff", "#0c2c4f"],
  page: ["#f1f4f6", "#171717"],
  text: ["#333333", "#f8f8f8"],
  "text-secondary": ["#525c69", "#b4b6b8"],
  "text-faint": ["#828b95", "#8f9193"],
  border: ["#dfe0e3", "#555657"],
  divider: ["#edeef0", "#373838"],
  control: ["#828b95", "#8f9193"],
  primary: ["#0075ff", "#1587fa"],
  "primary-strong": ["#006bea", "#006bea"],
  "primary-strong-hover": ["#0059c7", "#0059c7"],
  "on-primary": ["#ffffff", "#ffffff"],
  link: ["#0154c8", "#6ba6f5"],
  focus: ["#0075ff", "#6ba6f5"],
  success: ["#1bce7b", "#1cae6a"],
  warning: ["#faa72c", "#f2a100"],
  alert: ["#ff5752", "#f2473d"],
  "success-soft": ["#caffe7", "#052717"],
  "success-text": ["#006b37", "#38c784"],
  "warning-soft": ["#fff4d6", "#302000"],
  "warning-text": ["#8a5300", "#e9a23b"],
  "alert-soft": ["#ffe8e8", "#300e0c"],
  "alert-text": ["#c21b16", "#ff7b73"],
  "info-soft": ["#e6f4ff", "#062040"],
  "info-text": ["#0154c8", "#6ba6f5"],
  "neutral-soft": ["#edeef0", "#3a3b3c"],
  ai: ["#853af5", "#a161ff"],
  "ai-strong": ["#7a2ff0", "#7a3ff2"],
  "ai-soft": ["#f7f1fe", "#271149"],
  "ai-text": ["#6a1fd9", "#c39bff"],
  skeleton: ["#e9ecef", "#353535"],
  "series-1": ["#0075ff", "#1587fa"],
  "series-2": ["#1bce7b", "#1cae6a"],
  "series-3": ["#faa72c", "#e0911d"],
  "series-4": ["#b15ef5", "#a859e9"],
  "series-5": ["#37c5d8", "#34bbcd"],
  "series-6": ["#f85e9e", "#ec5996"],
  "series-7": ["#24b547", "#22ac43"],
  "series-8": ["#b89238", "#af8b35"],
  "series-other": ["#a8adb4", "#6f7173"],
} as const satisfies Record<string, readonly [light: string, dark: string]>;

export type ColourName = keyof typeof COLOURS;

/** Tokens that do not depend on the theme. Lengths in px, durations in ms. */
export const MEASURES = {
  font: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, sans-serif',
  "font-mono": 'ui-monospace, "SF Mono", "Cascadia Mono", Consolas, "Liberation Mono", monospace',
  "radius-chip": "4px",
  "radius-input": "6px",
  "radius-button": "8px",
  "radius-card": "12px",
  "row-height": "36px",
  motion: "150ms",
} as const satisfies Record<string, string>;

function declarations(): string {
  const colours = Object.entries(COLOURS).map(
    ([name, [light, dark]]) => `--_${name}: var(--b24-${name}, light-dark(${light}, ${dark}));`,
  );
  const measures = Object.entries(MEASURES).map(
    ([name, value]) => `--_${name}: var(--b24-${name}, ${value});`,
  );
  return [...colours, ...measures].join("\n");
}

/** Resolved tokens on every host; first in the base element's style list. */
export const tokens: CSSResult = css`
  :host {
    ${unsafeCSS(declarations())}
  }
`;
