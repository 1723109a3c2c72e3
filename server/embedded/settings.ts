// The settings of the media server, read from the environment.
import { isIP } from 'node:net';

/** The settings. `publicIp` is announced to clients in place of `host`; without `webhookUrl` no webhooks are sent. */
export interface EmbeddedSettings {
  readonly host: string;
  readonly port: number;
  readonly publicIp: string | undefined;
  readonly udpPorts: { readonly first: number; readonly last: number } | undefined;
  readonly apiKey: string;
  readonly apiSecret: string;
  readonly webhookUrl: string | undefined;
}

/** The environment cannot be used; `faults` has one sentence per variable. */
export class SettingsError extends Error {
  readonly code = 'invalid_settings';
  readonly faults: readonly string[];

  private constructor(faults: readonly string[]) {
    super(faults.join(' '));
    this.faults = faults;
  }

  static of(faults: readonly string[]): SettingsError {
    return new SettingsError(faults);
  }
}

/** Reads the settings. Throws `SettingsError` with all faults. */
export function readSettings(env: Readonly<Record<string, string | undefined>>): EmbeddedSettings {
  const faults: string[] = [];
  const port = readPort(env['EMBEDDED_PORT'] ?? '7880', 'EMBEDDED_PORT', faults);
  const apiKey = env['LIVEKIT_API_KEY'] ?? '';
  const apiSecret = env['LIVEKIT_API_SECRET'] ?? '';
  if (!apiKey) faults.push('LIVEKIT_API_KEY is missing.');
  if (apiSecret.length < 32) faults.push('LIVEKIT_API_SECRET must have at least 32 characters.');
  const udpPorts = readRange(env['EMBEDDED_UDP_PORTS'], faults);
  const publicIp = env['EMBEDDED_PUBLIC_IP'] || undefined;
  if (publicIp && !isIP(publicIp)) {
    faults.push(`EMBEDDED_PUBLIC_IP must be an IP address, not "${publicIp}".`);
  }
  const webhookUrl = env['EMBEDDED_WEBHOOK_URL'] || undefined;
  if (webhookUrl && !isHttpUrl(webhookUrl)) {
    faults.push('EMBEDDED_WEBHOOK_URL must be an http(s) address.');
  }
  if (faults.length > 0) throw SettingsError.of(faults);
  return {
    host: env['EMBEDDED_HOST'] || '127.0.0.1',
    port,
    publicIp,
    udpPorts,
    apiKey,
    apiSecret,
    webhookUrl,
  };
}

function readPort(text: string, name: string, faults: string[]): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65535) {
    faults.push(`${name} must be a port number, not "${text}".`);
  }
  return port;
}

function readRange(text: string | undefined, faults: string[]): EmbeddedSettings['udpPorts'] {
  if (!text) return undefined;
  const match = /^(\d+)-(\d+)$/.exec(text);
  const first = Number(match?.[1]);
  const last = Number(match?.[2]);
  if (!match || first < 1 || last > 65535 || first > last) {
    faults.push(`EMBEDDED_UDP_PORTS must look like 50000-50100, not "${text}".`);
    return undefined;
  }
  return { first, last };
}

function isHttpUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}
