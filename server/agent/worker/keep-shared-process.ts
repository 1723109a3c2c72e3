/** Keeps one process running that all calls of this worker share, and hands on what they ask it. */
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { subscribe } from 'node:diagnostics_channel';
import { OpenQuestions, isSharedQuestion, isSharedReady } from '../offline/open-questions.js';
import type { SharedReply } from '../offline/open-questions.js';
import type { SharedProcess } from '../offline/shared-process.js';

/** One that lived this long was well: the next is started at once. */
const WELL_AFTER_MS = 30_000;
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 30_000;
/** One that has not answered for so long hangs. */
const HUNG_MS = 60_000;

/** The process, and those that replace it. */
export interface KeptProcess extends SharedProcess {
  /** When the first takes questions, or has died. */
  started: Promise<void>;
  /** Ends it, and starts none any more. */
  close(): void;
}

/** `file`: its compiled main. `tell`: a sentence for every one that ends. It ends with this process. */
export function keepSharedProcess(file: URL, tell: (sentence: string) => void): KeptProcess {
  const questions = new OpenQuestions();
  let child: ChildProcess | null = null;
  let deaths = 0;
  let pause: NodeJS.Timeout | undefined;
  let started = (): void => undefined;

  function start(): void {
    const startedAt = Date.now();
    const own = fork(file);
    child = own;
    const ended = (how: string): void => {
      if (child !== own) return;
      child = null;
      started();
      deaths = Date.now() - startedAt > WELL_AFTER_MS ? 1 : deaths + 1;
      const pauseMs =
        deaths === 1 ? 0 : Math.min(FIRST_PAUSE_MS * 2 ** (deaths - 2), LONGEST_PAUSE_MS);
      tell(
        `the recogniser and the voice that calls share ended (${how}): starting them again in ${pauseMs / 1_000} s.`,
      );
      // At once, so that a call that hears of it can ask again.
      if (pauseMs === 0) start();
      else pause = setTimeout(start, pauseMs);
      questions.nobodyAnswers();
    };
    own.on('message', (message) => {
      if (isSharedReady(message)) started();
      else questions.heard(message);
    });
    own.once('exit', (code, signal) => ended(signal ?? `code ${code}`));
    own.on('error', (error) => {
      // Of a process that never ran there is no other word.
      if (own.pid === undefined) ended(error.message);
    });
  }

  const ready = new Promise<void>((resolve) => (started = resolve));
  start();
  return {
    started: ready,
    close() {
      clearTimeout(pause);
      const own = child;
      child = null;
      own?.kill('SIGKILL');
      questions.nobodyAnswers();
    },
    ask(method, data) {
      if (questions.silentMs > HUNG_MS) child?.kill('SIGKILL');
      return questions.ask(method, data, (question, sent) => {
        if (child) child.send(question, undefined, undefined, sent);
        else sent(new Error('the shared process is being started'));
      });
    },
  };
}

/** Answers what the processes that this one forks from now on ask the shared one. */
export function handOnQuestions(shared: SharedProcess): void {
  subscribe('child_process', (message) => {
    const { process: child } = message as { process: ChildProcess };
    child.on('message', (said) => {
      if (!isSharedQuestion(said)) return;
      const { id, method, data } = said;
      const reply = (answer: object | null): void => {
        const told: SharedReply = { type: 'shared_reply', id, answer };
        child.send(told, undefined, undefined, () => undefined);
      };
      shared.ask(method, data).then(reply, () => reply(null));
    });
  });
}
