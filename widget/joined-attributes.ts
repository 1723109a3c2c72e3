/** Names of attributes as a browser reads them where a framework has written those of properties, `apiKey`, into the page. */

const SEVERAL_WORDS = [
  'api-key',
  'agent-id',
  'agent-version-id',
  'agent-version-number',
  'server-url',
  'consent-text',
  'consent-version',
];

/** `apikey` means `api-key`. */
export const JOINED_ATTRIBUTES: Readonly<Record<string, string>> = Object.fromEntries(
  SEVERAL_WORDS.map((name) => [name.replaceAll('-', ''), name]),
);
