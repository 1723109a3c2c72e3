/** The clock, which tests replace. */

/** Answers what time it is. */
export interface Clock {
  now(): Date;
}
