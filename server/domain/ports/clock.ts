/** The time, as something that a test can hold still. */

/** Answers what time it is. */
export interface Clock {
  now(): Date;
}
