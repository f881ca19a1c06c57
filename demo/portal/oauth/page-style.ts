/** The look of the auth server's pages: light and dark, from 320 px. */
export const PAGE_STYLE = `
:root { color-scheme: light dark; --ground: #f1f4f6; --card: #fff; --text: #333; --soft: #525c69; --line: #dfe0e3;
  --primary: #006bea; --hover: #0058c2; --tint: #e6f4ff; --ink: #0154c8; --warn: #fff4d6; --warn-ink: #8a5300; }
@media (prefers-color-scheme: dark) { :root { --ground: #171717; --card: #262626; --text: #f8f8f8; --soft: #cacbcc;
  --line: #555657; --tint: #062040; --ink: #468bec; --warn: #302000; --warn-ink: #e0911d; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; background: var(--ground); color: var(--text);
  font: 14px/1.4 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; }
main { width: min(440px, 100vw); padding: 24px 16px; }
.portal { margin: 0 0 16px; text-align: center; color: var(--soft); font-size: 13px; }
section { padding: 32px; background: var(--card); border-radius: 16px; box-shadow: 0 1px 3px rgb(0 0 0 / 8%); }
@media (max-width: 400px) { section { padding: 24px 20px; } }
.mark { width: 56px; height: 56px; margin: 0 auto 20px; display: grid; place-items: center; border-radius: 16px;
  background: var(--tint); color: var(--ink); font-size: 24px; font-weight: 600; }
.mark.warn { background: var(--warn); color: var(--warn-ink); }
h1 { margin: 0 0 8px; text-align: center; text-wrap: balance; font-size: 20px; font-weight: 400; line-height: 1.3; overflow-wrap: anywhere; }
h2 { margin: 24px 0 8px; font-size: 14px; font-weight: 600; }
.note { margin: 0; text-align: center; text-wrap: balance; color: var(--soft); }
ul { margin: 0; padding: 0; list-style: none; border: 1px solid var(--line); border-radius: 12px; }
li { padding: 10px 14px; display: flex; align-items: baseline; gap: 12px; justify-content: space-between; }
li + li { border-top: 1px solid var(--line); }
code { color: var(--soft); font: 12px ui-monospace, Consolas, monospace; }
label { display: block; margin: 20px 0 6px; color: var(--soft); font-size: 13px; }
select { width: 100%; height: 40px; padding: 0 10px; border: 1px solid var(--line); border-radius: 6px;
  background: var(--card); color: inherit; font: inherit; }
.where { margin: 16px 0 0; text-align: center; color: var(--soft); font-size: 13px; overflow-wrap: anywhere; }
.buttons { margin-top: 20px; display: flex; gap: 12px; }
button { flex: 1; min-height: 44px; border: 1px solid var(--line); border-radius: 8px; background: none; color: inherit;
  font: inherit; cursor: pointer; }
button.primary { border-color: transparent; background: var(--primary); color: #fff; font-weight: 600; }
button.primary:hover { background: var(--hover); }
:is(button, select, a):focus-visible { outline: 2px solid var(--primary); outline-offset: 2px; }
a { color: var(--ink); }
`;
