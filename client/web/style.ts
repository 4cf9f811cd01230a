/** One stylesheet for every page: phone first, printable; every pair of colours has a contrast of at least 4.5:1 (WCAG 2.2, 1.4.3). */
export const STYLE = `
:root { color-scheme: light; --ink: #1b1f24; --soft: #4a5560; --line: #c3cad1; --link: #0b4f9c; --paper: #fff; --shade: #f3f5f7; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 72rem; padding: 0 1rem 3rem; background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, "Noto Sans", "Segoe UI", Roboto, sans-serif; }
a { color: var(--link); } a:focus-visible, select:focus-visible, button:focus-visible { outline: 3px solid #b45309; outline-offset: 2px; }
.skip { position: absolute; left: -99rem; } .skip:focus { position: static; }
header { border-bottom: 2px solid var(--ink); padding: 1rem 0 .5rem; margin-bottom: 1rem; }
header p { margin: .25rem 0; color: var(--soft); } nav a { display: inline-block; min-height: 24px; margin-right: 1rem; padding: .25rem 0; }
h1 { font-size: 1.4rem; line-height: 1.3; margin: 0 0 .5rem; } h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; }
form { display: flex; flex-wrap: wrap; gap: .75rem 1rem; align-items: end; background: var(--shade); padding: .75rem; margin: 1rem 0; }
label { display: block; font-weight: 600; } form > * { min-width: 0; } select { width: 100%; } select, button { font: inherit; min-height: 2.75rem; padding: .25rem .75rem; max-width: 100%; border: 1px solid var(--soft); border-radius: 4px; background: #fff; color: var(--ink); }
button { background: var(--link); color: #fff; border-color: var(--link); }
table { width: 100%; border-collapse: collapse; margin: .5rem 0 1.5rem; } caption { text-align: left; color: var(--soft); padding: .25rem 0; }
th, td { text-align: left; vertical-align: top; padding: .5rem; border-bottom: 1px solid var(--line); overflow-wrap: break-word; } thead th { background: var(--shade); }
.mark { display: inline-block; border-left: .4rem solid var(--soft); padding-left: .4rem; font-weight: 600; }
.in-time { border-color: #1d4ed8; } .due-soon { border-color: #a16207; } .due-today { border-color: #c2410c; } .overdue-1, .overdue-2, .overdue-3, .overdue-4, .bad { border-color: #b91c1c; }
.completed-on-time, .good { border-color: #15803d; } .completed-late { border-color: #7e22ce; } .awaiting-in-time, .awaiting-late { border-color: #0f766e; } .suspended { border-color: #6b7280; }
dl { display: grid; grid-template-columns: 1fr; gap: 0 1rem; } dt { font-weight: 600; margin-top: .5rem; } dd { margin: 0; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; background: var(--shade); padding: 1rem; font: inherit; }
.notice { border: 1px solid var(--line); border-left: .4rem solid #a16207; padding: .5rem 1rem; }
ul.plain { list-style: none; margin: 0; padding: 0; } footer { margin-top: 3rem; color: var(--soft); border-top: 1px solid var(--line); padding-top: .5rem; }
@media (min-width: 40rem) { dl { grid-template-columns: 15rem 1fr; } dt { margin: .25rem 0; } dd { margin: .25rem 0; } }
@media (max-width: 39.99rem) {
  table.cards, table.cards caption { display: block; }
  table.cards thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  table.cards, table.cards tbody, table.cards tr, table.cards td, table.cards th { display: block; } table.cards tr { border: 1px solid var(--line); margin-bottom: .75rem; padding: .25rem .5rem; }
  table.cards td, table.cards th { border: 0; padding: .2rem 0; background: none; } table.cards td::before { content: attr(data-label) ": "; color: var(--soft); }
}
@media print { body { max-width: none; padding: 0; font-size: 10pt; } nav, form, .skip { display: none; } a { color: inherit; text-decoration: none; } tr { break-inside: avoid; } .mark { border-color: #000; } }
`;
