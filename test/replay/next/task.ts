import { RULES as newest } from '../../../domain/task';

export * from '../../../domain/task';
/** The version of a release to come. */
export const RULES: number = newest + 1;
