/** What a server has answered, as text: it may never end. */

/** Characters: nobody says more in one go. */
export const LONGEST_ANSWER = 1_048_576;

/** Throws one sentence for more than a million characters. */
export async function boundedText(response: Response): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const piece of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    text += decoder.decode(piece, { stream: true });
    if (text.length > LONGEST_ANSWER) throw new Error('its answer did not end');
  }
  return text;
}
