/** The process's log: one JSON line an event, with every secret's place blacked out. */
import { pino } from 'pino';
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

/** Anything that looks like one of our keys or a signed token, wherever it stands. */
const SECRET_TEXT =
  /dnx_(?:[sp]k|call|job)_[A-Za-z0-9_-]+|eyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+/g;

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
    hooks: {
      streamWrite: (line: string) =>
        line
          .replaceAll(SECRET_TEXT, '[redacted]')
          .replaceAll(/((?:access_token|token|sig|signature)=)[^&"\s]+/g, '$1[redacted]'),
    },
  };
  return pino(options, destination ?? pino.destination({ fd: 2, sync: true }));
}
