import { createContext, useContext } from 'hono/jsx';
import type { Word } from '../../words';

export type Lang = 'vi' | 'en';
export const LangContext = createContext<Lang>('vi');
export type Say = (word: Word) => string;
export const sayIn = (lang: Lang): Say => ([vi, en]) => (lang === 'en' ? en : vi);
/** Words in the language of the page; for components only. */
export const useSay = (): Say => sayIn(useContext(LangContext));
export const langOf = (asked: string | undefined): Lang => (asked === 'en' ? 'en' : 'vi');
