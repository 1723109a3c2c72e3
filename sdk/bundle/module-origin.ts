/** To be imported first in bundles that a server serves: makes the bundle's own address the default of `serverUrl`. */
import { setDefaultServerUrl } from '../rest/default-server-url.js';

setDefaultServerUrl(import.meta.url);
