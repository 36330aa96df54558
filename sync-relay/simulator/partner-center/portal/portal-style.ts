export const PORTAL_STYLE = `
:root { color-scheme: light dark; --line: #8886; --accent: #0b6a8f; }
* { box-sizing: border-box; }
body { margin: 0; font: 16px/1.5 "Segoe UI", system-ui, sans-serif; }
header { padding: 0.75rem 1.5rem; background: var(--accent); color: #fff; }
h1 { margin: 0; font-size: 1.25rem; font-weight: 600; }
h1 small { font-weight: 400; }
main { max-width: 60rem; margin: 0 auto; padding: 1rem; }
.card { border: 1px solid var(--line); border-radius: 8px; padding: 1rem; margin: 0 0 1rem; }
.faint { margin: 0; font-size: 0.8rem; opacity: 0.8; }
.microsoft { border-left: 4px solid var(--accent); padding-left: 1rem; }
summary { font-weight: 600; cursor: pointer; }
dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)); gap: 0.5rem 1rem; margin: 0.5rem 0 1rem; }
dt { font-size: 0.8rem; opacity: 0.8; }
dd { margin: 0; overflow-wrap: anywhere; white-space: pre-wrap; }
form { display: grid; grid-template-columns: minmax(8rem, 14rem) 1fr; gap: 0.5rem; margin: 1rem 0; }
form button { grid-column: 2; justify-self: start; padding: 0.4rem 1rem; border: 0; border-radius: 4px; background: var(--accent); color: #fff; font: inherit; cursor: pointer; }
input, select, textarea { font: inherit; padding: 0.3rem; width: 100%; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.done, .failed { padding: 0.5rem 1rem; border-left: 4px solid #107c10; }
.failed { border-color: #c50f1f; }
@media (max-width: 40rem) { form { grid-template-columns: 1fr; } form button { grid-column: 1; } }
`;
