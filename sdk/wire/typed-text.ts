/**
 * What page and agent send each other about text, keys and pre-connect audio.
 *
 * - The page calls LiveKit's RPC method `dialnexa.text_once` of the agent with JSON of `id` (of the page's choice, at most 64
 *   characters) and `text`; the answer comes when the agent has taken it. A refusal is an RPC error of code 4100 whose message
 *   is a `TextRefusal`. A page that lost its connection meanwhile sends the same again: the agent takes an id once, and answers
 *   as it did.
 * - Agents without that method are asked by `dialnexa.text`, the same with the bare text as its payload, and those without
 *   either are sent the text on LiveKit's topic `lk.chat`.
 * - `dialnexa.context` is the same for what the agent is to know without answering; it is not sent to agents without it.
 * - Keys go as LiveKit's own packets for them, `SipDTMF`, one a key, as a phone's do.
 * - While the caller types, the page sends a packet of one byte on topic `dialnexa.typing` every three seconds.
 * - The agent sends a packet on `dialnexa.hearing` when the caller's audio begins to arrive: then the page sends its
 *   pre-connect audio.
 * - When an agent joins, the page sends a packet on `dialnexa.quiet` if nothing was said so far: then the agent speaks before
 *   the pre-connect audio has come. What was said meanwhile is heard all the same.
 */
export type { TextRefusal } from './generated.js';
