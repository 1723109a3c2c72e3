/** Types of `GET /readyz`. */
export type { Readiness, ReadinessCheck } from './generated.js';
