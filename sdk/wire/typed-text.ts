/**
 * What the page and the agent say to each other about typed words. The page calls LiveKit's RPC method `dialnexa.text` of the
 * agent with the text as its payload; the answer comes once the agent has taken it. A refusal is an RPC error of code
 * 4100 whose message is a `TextRefusal`. Whoever has no such method gets the text on LiveKit's topic `lk.chat`.
 * While somebody types, the page sends a packet of one byte on topic `dialnexa.typing` every three seconds. The agent sends one on
 * `dialnexa.hearing` when the caller's sound begins to come in: then the page hands over what it recorded before.
 */
export type { CallTransferMessage, TextRefusal } from './generated.js';
