import { html, type Markup } from "./html";

/** A whole page. */
export interface Page {
  readonly title: string;
  readonly body: Markup;
  /** Reload every so many seconds; null for a page that stays. */
  readonly refreshSeconds: number | null;
}

/** The only style sheet, at a path of its own so that the content security policy can forbid inline styles. */
export const STYLE_PATH = "/style.css";

/** Headers of every page: nothing from elsewhere, no scripts, no framing, forms only to ourselves. */
export const pageHeaders = {
  "content-type": "text/html; charset=utf-8",
  "content-security-policy":
    "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  "x-content-type-options": "nosniff",
  "referrer-policy": "same-origin",
  "cache-control": "no-store",
} as const;

/** The page as text. */
export function renderPage(page: Page): string {
  const refresh =
    page.refreshSeconds === null ? null : html`<meta http-equiv="refresh" content="${page.refreshSeconds}" />`;
  return html`<!DOCTYPE html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        ${refresh}
        <title>${page.title}</title>
        <link rel="stylesheet" href="${STYLE_PATH}" />
      </head>
      <body>
        <header>
          <strong>Dataverse simulator</strong>
          <nav><a href="/">Opportunities</a></nav>
        </header>
        <main>
          <h1>${page.title}</h1>
          ${page.body}
        </main>
      </body>
    </html>`.markup;
}

/** The style of every page. */
export const styleSheet = `
:root { color-scheme: light dark; --line: #8886; --accent: #2563ab; --soft: #8881; }
* { box-sizing: border-box; }
body { margin: 0; font: 15px/1.5 system-ui, sans-serif; }
header { display: flex; gap: 2rem; padding: .75rem 1.5rem; background: var(--accent); color: #fff; }
header a { color: #fff; }
main { max-width: 80rem; margin: 0 auto; padding: 1rem 1.5rem 3rem; }
h1 { font-size: 1.5rem; font-weight: 600; }
h2 { font-size: 1.1rem; font-weight: 600; margin: 1.5rem 0 .5rem; }
.table { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { padding: .5rem .6rem; text-align: left; border-bottom: 1px solid var(--line); vertical-align: top; }
th { font-weight: 600; background: var(--soft); white-space: nowrap; }
td.short, td.number { white-space: nowrap; }
td.number { text-align: right; font-variant-numeric: tabular-nums; }
form.fields { display: grid; grid-template-columns: repeat(auto-fill, minmax(18rem, 1fr)); gap: .75rem 1.5rem; }
form.fields h2, form.fields .actions { grid-column: 1 / -1; }
label { display: block; font-weight: 600; }
input:not([type=checkbox]), select, textarea { width: 100%; min-height: 2.4rem; padding: .4rem .5rem; font: inherit; color: FieldText; background: Field; border: 1px solid var(--line); border-radius: 4px; }
.check { display: flex; gap: .5rem; align-items: center; align-self: center; }
.actions { display: flex; gap: 1rem; align-items: center; margin-top: .5rem; }
button, a.button { padding: .45rem 1rem; font: inherit; border: 1px solid var(--accent); border-radius: 4px; background: var(--accent); color: #fff; text-decoration: none; cursor: pointer; }
button.quiet { background: transparent; color: inherit; border-color: var(--line); }
.notice { padding: .6rem .9rem; border-left: 4px solid #c2410c; background: var(--soft); }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; }
dt { font-weight: 600; } dd { margin: 0; overflow-wrap: anywhere; white-space: pre-wrap; }
`;
