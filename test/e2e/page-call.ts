/** A call made in a page through the SDK that the product's own script puts there. */
import type { Page } from 'playwright-core';
import type { CallState, DialNexaWebCall, StartOptions } from '../../sdk/index.js';
import type { TranscriptSegment } from '../../sdk/transcript/transcript-segment.js';
import { putSdk } from '../support/page-sdk.js';
import { waitFor } from '../support/wait-for.js';
import type { Product } from './product.js';

/** What the page noted, in order. */
export interface Noted {
  name: string;
  at: number;
  payload: unknown;
}

/** How a start went: `null`, or the code of the error that refused it. */
export type StartResult = { refusal: string | null };

/** The call of one page. */
export interface PageCall {
  start: (options?: StartOptions) => Promise<StartResult>;
  end: () => Promise<void>;
  /** Tells that a key was pressed. */
  typing: () => Promise<void>;
  /** `null` when the agent took it, else the reason. */
  sendText: (text: string) => Promise<string | null>;
  state: () => Promise<CallState>;
  transcript: () => Promise<TranscriptSegment[]>;
  noted: (name: string) => Promise<Noted[]>;
  /** Resolves when the agent has spoken and listens again, counted from the last time that this was asked. */
  agentDone: () => Promise<void>;
  ended: (timeoutMs?: number) => Promise<CallState>;
}

interface CallWindow {
  DialNexaWebCall: typeof DialNexaWebCall;
  theCall: DialNexaWebCall;
  theNotes: Noted[];
}

/** Makes the call object in the page, on the demo agent unless told otherwise. */
export async function pageCall(
  page: Page,
  product: Pick<Product, 'publishableKey' | 'agentId' | 'url'> & Partial<Pick<Product, 'call'>>,
  options: Record<string, unknown> = {},
): Promise<PageCall> {
  await putSdk(page, product.url);
  await page.evaluate(
    (given) => {
      const here = globalThis as unknown as CallWindow;
      here.theNotes = [];
      here.theCall = new here.DialNexaWebCall(given as never);
      for (const name of ['stateChange', 'agentState', 'transcript', 'error', 'ended'] as const) {
        here.theCall.on(name, (payload: unknown) => {
          const plain = JSON.parse(JSON.stringify(payload)) as unknown;
          here.theNotes.push({ name, at: Date.now(), payload: plain });
        });
      }
    },
    {
      apiKey: product.publishableKey,
      ...('agentVersionId' in options ? {} : { agentId: product.agentId }),
      serverUrl: product.url,
      ...options,
    },
  );
  const noted: PageCall['noted'] = (name) =>
    page.evaluate(
      (wanted) =>
        (globalThis as unknown as CallWindow).theNotes.filter((note) => note.name === wanted),
      name,
    );
  const state: PageCall['state'] = () =>
    page.evaluate(
      () =>
        JSON.parse(JSON.stringify((globalThis as unknown as CallWindow).theCall.state)) as never,
    );
  let seen = 0;
  return {
    noted,
    state,
    start: (given = {}) =>
      page.evaluate(async (options) => {
        try {
          await (globalThis as unknown as CallWindow).theCall.start(options);
          return { refusal: null };
        } catch (error) {
          return { refusal: (error as { code?: string }).code ?? String(error) };
        }
      }, given),
    typing: () => page.evaluate(() => (globalThis as unknown as CallWindow).theCall.typing()),
    end: () => page.evaluate(() => (globalThis as unknown as CallWindow).theCall.end()),
    sendText: (text) =>
      page.evaluate(async (words) => {
        try {
          await (globalThis as unknown as CallWindow).theCall.sendText(words);
          return null;
        } catch (error) {
          return (error as { reason?: string }).reason ?? String(error);
        }
      }, text),
    transcript: () =>
      page.evaluate(
        () =>
          JSON.parse(
            JSON.stringify((globalThis as unknown as CallWindow).theCall.transcript),
          ) as never,
      ),
    agentDone: async () => {
      let words: string[] = [];
      await waitFor(
        async () => {
          words = (await noted('agentState')).map(
            (note) => (note.payload as { agentState: string }).agentState,
          );
          const spoke = words.indexOf('speaking', seen);
          if (spoke < 0 || words.at(-1) !== 'listening') return false;
          seen = words.length;
          return true;
        },
        { timeoutMs: 25_000, what: 'the agent to speak and to listen again' },
      ).catch(async (cause: unknown) => {
        const now = await state();
        const id = 'callId' in now ? now.callId : null;
        const { timeline, transcript } = (id ? await product.call?.(id) : null) ?? {};
        const known = JSON.stringify({
          since: words.slice(seen),
          state: now,
          timeline,
          transcript,
        });
        throw new Error(`the agent did not speak and listen again: ${known}`, { cause });
      });
    },
    ended: (timeoutMs = 10_000) =>
      waitFor(
        async () => {
          const now = await state();
          return now.status === 'ended' || now.status === 'failed' ? now : null;
        },
        { timeoutMs, what: 'the end in the page' },
      ),
  };
}
