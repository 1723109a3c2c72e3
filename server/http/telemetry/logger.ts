/** The process's log: one JSON line an event, with every secret's place blacked out. */
import { pino } from 'pino';
import { describeError } from './describe-error.js';
import type { DestinationStream, Logger } from 'pino';

const SECRET_FIELDS = [
  'authorization',
  'cookie',
  'key',
  'api_key',
  'apiKey',
  'apiSecret',
  'secret',
  'token',
  'access_token',
  'call_token',
  'job_token',
  'password',
];

/** Anything that looks like one of our keys, wherever it stands. */
const KEY_TEXT = /dnx_(?:[sp]k|call|job)_[A-Za-z0-9_-]+|whsec_[A-Za-z0-9+/=]+/g;
/** Every run of what a signed token is made of; one by one, so that no line takes long. */
const TOKEN_RUN = /[A-Za-z0-9_.-]+/g;

/** Makes the log; it writes to standard error unless a destination is given. */
export function createLogger(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    messageKey: 'message',
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: {
      paths: SECRET_FIELDS.flatMap((field) => [field, `*.${field}`]),
      censor: '[redacted]',
    },
    serializers: { err: (error: unknown) => describeError(error) },
    hooks: {
      streamWrite: (line: string) =>
        line
          .replaceAll(KEY_TEXT, '[redacted]')
          .replaceAll(TOKEN_RUN, withoutToken)
          .replaceAll(/((?:access_token|token|sig|signature)=)[^&"\s]+/g, '$1[redacted]'),
    },
  };
  return pino(options, destination ?? pino.destination({ fd: 2, sync: true }));
}

/** A signed token begins with `eyJ` and has three parts. */
function withoutToken(run: string): string {
  const at = run.indexOf('eyJ');
  const isToken = at >= 0 && run.slice(at).split('.').length >= 3;
  return isToken ? `${run.slice(0, at)}[redacted]` : run;
}
