/** Where webhooks may go, as far as the address alone tells; what a name resolves to is checked whenever something is sent. */

/** The address as it is kept, or why it will not do. */
export function readWebhookUrl(
  text: string,
  allowsPrivate: boolean,
): { url: string } | { fault: string } {
  // They would be left out in silence: it would be another address than the one that was meant.
  if (/[\p{Cc}\s]/u.test(text)) {
    return { fault: 'url: must hold no spaces, line ends or other control characters' };
  }
  if (!URL.canParse(text))
    return { fault: 'url: must be an address such as https://example.com/hooks' };
  const { protocol, username, password, href } = new URL(text);
  if (protocol !== 'https:' && !(allowsPrivate && protocol === 'http:')) {
    return { fault: 'url: must begin with https:' };
  }
  if (username || password) return { fault: 'url: must have no user and no password' };
  return { url: href };
}
