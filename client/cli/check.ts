/** One line of the doctor. `remedy` says how to mend what is not `ok`. */
export type Check = { readonly name: string; readonly state: 'ok' | 'warning' | 'failed'; readonly detail: string; readonly remedy?: string };
