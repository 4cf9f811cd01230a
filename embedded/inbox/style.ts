/** Phone first; every pair of colours has a contrast of at least 4.5:1 (WCAG 2.2, 1.4.3). */
export const STYLE = `
:root { color-scheme: light; --ink: #1b1f24; --soft: #4a5560; --line: #c3cad1; --link: #0b4f9c; --shade: #f3f5f7; }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 80rem; padding: 0 1rem 3rem; color: var(--ink); font: 1rem/1.5 system-ui, "Noto Sans", "Segoe UI", Roboto, sans-serif; }
a { color: var(--link); } a:focus-visible, summary:focus-visible, iframe:focus-visible, [tabindex]:focus-visible { outline: 3px solid #b45309; outline-offset: 2px; }
.skip { position: absolute; left: -99rem; } .skip:focus { position: static; }
header { border-bottom: 2px solid var(--ink); padding: 1rem 0 .5rem; margin-bottom: 1rem; } header p { margin: .25rem 0; color: var(--soft); }
h1 { font-size: 1.4rem; line-height: 1.3; margin: 0 0 .5rem; overflow-wrap: anywhere; } h2 { font-size: 1.15rem; margin: 1rem 0 .5rem; }
ul { list-style: none; margin: 0; padding: 0; } li { overflow-wrap: anywhere; }
.boxes { max-height: 16rem; overflow-y: auto; background: var(--shade); padding: .5rem .75rem; margin: 0 0 1rem; }
.boxes a { display: inline-block; min-height: 24px; padding: .15rem 0; } .boxes [aria-current] { font-weight: 700; color: var(--ink); }
.mails li, .texts li { border-bottom: 1px solid var(--line); padding: .6rem 0; } .mails a { font-weight: 600; }
.title { font-weight: 600; margin: 0 0 .5rem; }
.meta { color: var(--soft); font-size: .9rem; margin: 0; } .bubble { background: var(--shade); border-radius: .75rem; padding: .5rem .75rem; margin: .25rem 0 0; max-width: 30rem; }
dl { display: grid; grid-template-columns: 6rem 1fr; gap: .25rem 1rem; margin: .5rem 0 1rem; } dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
iframe { width: 100%; height: 75vh; border: 1px solid var(--line); background: #fff; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; background: var(--shade); padding: 1rem; font: inherit; } summary { cursor: pointer; min-height: 24px; padding: .25rem 0; }
@media (min-width: 52rem) { .side { display: grid; grid-template-columns: 3fr 2fr; gap: 2rem; } .side > section { min-width: 0; } }
`;
