/** The one shape of every REST error, and the closed list of its codes. */
export type { CallLimit, ErrorBody, ErrorCode } from './generated.js';
