/** A call's way to the process that the calls of its worker share. */
import process from 'node:process';
import { OpenQuestions } from '../offline/open-questions.js';
import type { SharedProcess } from '../offline/shared-process.js';

/** By the worker, which forked this process and hands the questions on. */
export function reachShared(): SharedProcess {
  const questions = new OpenQuestions();
  process.on('message', (message) => questions.heard(message));
  return {
    ask: (method, data) =>
      questions.ask(method, data, (question, sent) => {
        if (process.send) process.send(question, undefined, undefined, sent);
        else sent(new Error('there is no worker'));
      }),
  };
}
