/** The chunk that the served element loads when a call is wanted. `server-url` defaults to where it was loaded from. */
import '../../sdk/bundle/module-origin.js';

export { CallCard } from '../call-card.js';
