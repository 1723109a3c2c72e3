/** The body of every REST error, and the error codes. */
export type { CallLimit, ErrorBody, ErrorCode } from './generated.js';
