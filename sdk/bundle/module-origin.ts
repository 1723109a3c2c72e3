/** First import of a served module: its own address names the server. */
import { setDefaultServerUrl } from '../rest/default-server-url.js';

setDefaultServerUrl(import.meta.url);
