/** Spaces, controls, format characters, fillers, and marks without a letter that carries them (Unicode 15, UAX 44). */
const UNSEEN = /^[\s\p{C}\p{Z}\p{M}\p{Default_Ignorable_Code_Point}\u2800]*$/u;

/** True for a text of which nothing would be seen on paper: it says as much as an empty one. */
export const isBlank = (text: string): boolean => UNSEEN.test(text);
