import { DatabaseError } from 'pg';

/** SQLSTATE class 22: the value itself is refused (a NUL in a text, half a surrogate in JSON, a number out of range), today and at every repetition. */
export const isDataException = (error: unknown): boolean => error instanceof DatabaseError && error.code?.startsWith('22') === true;

/** SQLSTATE classes of a server that goes, comes, is full, or has lost to another transaction; 25: it has become a replica. */
const PASSING = ['08', '25', '40', '53', '55', '57', '58'];
/** True where the same statement may succeed in a moment: no answer came, or one that says so. */
export const isPassing = (error: unknown): boolean => !(error instanceof DatabaseError) || PASSING.includes(error.code?.slice(0, 2) ?? '');
