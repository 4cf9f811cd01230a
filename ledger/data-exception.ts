import { DatabaseError } from 'pg';

/** SQLSTATE class 22: the value itself is refused (a NUL in a text, half a surrogate in JSON, a number out of range), today and at every repetition. */
export const isDataException = (error: unknown): boolean => error instanceof DatabaseError && error.code?.startsWith('22') === true;
