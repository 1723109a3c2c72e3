/** Types of the figures of the call history in REST. */
export type { CallFigures, CallStatistics } from './generated.js';
