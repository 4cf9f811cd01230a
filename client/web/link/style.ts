/** Pages behind links: forms of one column, errors in words beside their field. */
export const LINK_STYLE = `
form.act { display: block; } form.act .field { margin: 0 0 1rem; } form.act .hint { color: var(--soft); margin: .1rem 0; }
form.act textarea { min-height: 6rem; } form.act textarea.long { min-height: 18rem; }
form.act input:not([type=checkbox]):not([type=radio]), form.act textarea {
  width: 100%; max-width: 40rem; font: inherit; min-height: 2.75rem; padding: .35rem .5rem; border: 1px solid var(--soft); border-radius: 4px;
  background: #fff; color: var(--ink);
}
form.act fieldset { border: 1px solid var(--line); margin: 0 0 1rem; padding: .5rem .75rem; } form.act legend { font-weight: 600; }
.asked { border: 2px solid var(--link); padding: .25rem 1rem .5rem; margin: .5rem 0 1rem; } .asked dl { margin: .5rem 0; } .title { margin: .25rem 0 .5rem; }
.go { display: inline-block; background: var(--link); color: #fff; border-radius: 4px; padding: .6rem 1rem; min-height: 2.75rem; font-weight: 600; text-decoration: none; }
form.act .tick {
  display: flex; gap: .5rem; align-items: center; font-weight: 400; min-height: 2.75rem;
} form.act .tick input { width: 1.5rem; height: 1.5rem; flex: none; }
input:focus-visible, textarea:focus-visible, summary:focus-visible { outline: 3px solid #b45309; outline-offset: 2px; }
.error { color: #9f1239; font-weight: 600; margin: .1rem 0; } .field:has(.error) { border-left: .25rem solid #b91c1c; padding-left: .6rem; }
details { border-top: 1px solid var(--line); } summary { font-weight: 600; padding: .6rem 0; min-height: 2.75rem; cursor: pointer; } .said {
  border: 1px solid var(--line); border-left: .4rem solid #15803d; padding: .5rem 1rem;
}
.wrong {
  border: 1px solid var(--line); border-left: .4rem solid #b91c1c; padding: .5rem 1rem;
} .code { letter-spacing: .15em; font-size: 1.2rem; font-weight: 600; } code { overflow-wrap: anywhere; }
@media print { form.act, details { display: none; } }
`;
