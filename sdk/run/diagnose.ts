/** What somebody who looks for a fault needs to know of a call, and nothing that is secret or private. */
import type { CheckedOptions } from '../check-options.js';
import type { AudioDevices } from '../events.js';
import { permissionState } from '../microphone/permission-state.js';
import { soonOrNull } from '../page/soon-or-null.js';
import type { CallState } from '../state/call-state.js';
import type { ClientConnection } from '../wire/call.js';
import type { EndReason } from '../wire/call-status.js';
import type { ClientReport, ClientReportEvent } from '../wire/web-call.js';
import type { CallSettings } from './call-settings.js';

const CODE = /^[A-Za-z]\w{0,63}$/;

/** The facts of the present or last call, to be copied into a report: no key, token, word, name or address of anybody. */
export interface CallDiagnostics {
  /** When it was made, ISO 8601, by the clock of this device. */
  readonly at: string;
  readonly callId: string | null;
  readonly status: CallState['status'];
  readonly endReason: EndReason | null;
  /** The code of the error with which the call failed, and of what caused that, as far as they have one. */
  readonly errors: readonly string[];
  /** What the page has seen, as on the record. Milliseconds after the start. */
  readonly timeline: readonly ClientReportEvent[];
  /** The figures of the connection, as on the record. */
  readonly connection: ClientConnection | null;
  /** The origin of the server. */
  readonly server: string;
  readonly agent: string | null;
  readonly settings: {
    readonly muted: boolean;
    readonly volume: number;
    readonly resume: boolean;
    readonly otherTabs: string;
  };
  /** How many devices there are; `null`: the browser does not tell. */
  readonly devices: { readonly microphones: number; readonly speakers: number } | null;
  readonly browser: {
    readonly userAgent: string | null;
    readonly online: boolean | null;
    readonly secure: boolean | null;
    readonly microphonePermission: string | null;
    /** What this browser can do. */
    readonly has: readonly string[];
  };
}

/** What is known of the call. */
export interface DiagnosedCall {
  options: CheckedOptions;
  settings: CallSettings;
  state: CallState;
  seen: Pick<ClientReport, 'timeline' | 'connection'> | null;
  devices: () => Promise<AudioDevices>;
}

/** Gathers the facts, within a second. Never rejects. */
export async function diagnose({
  options,
  settings,
  state,
  seen,
  devices,
}: DiagnosedCall): Promise<CallDiagnostics> {
  const { request, serverUrl, resume, otherTabs } = options;
  const nav = globalThis.navigator as Partial<Navigator> | undefined;
  const has = ['RTCPeerConnection', 'AudioContext', 'MediaRecorder', 'sessionStorage'];
  const can = ['locks', 'wakeLock', 'mediaDevices', 'permissions', 'sendBeacon'];
  const [found, microphonePermission] = await Promise.all([
    soonOrNull(devices()),
    permissionState(),
  ]);
  return {
    at: new Date().toISOString(),
    callId: 'callId' in state ? state.callId : null,
    status: state.status,
    endReason: 'endReason' in state ? state.endReason : null,
    errors: codesOf('error' in state ? state.error : null),
    timeline: structuredClone(seen?.timeline ?? []),
    connection: structuredClone(seen?.connection ?? null),
    server: new URL(serverUrl).origin,
    agent: request.agent_version_id ?? request.agent_id ?? null,
    settings: { muted: settings.muted, volume: settings.volume, resume, otherTabs },
    devices: found && { microphones: found.microphones.length, speakers: found.speakers.length },
    browser: {
      userAgent: nav?.userAgent ?? null,
      online: nav?.onLine ?? null,
      secure: globalThis.isSecureContext ?? null,
      microphonePermission,
      has: [
        ...has.filter((name) => name in globalThis),
        ...can.filter((name) => nav && name in nav),
      ],
    },
  };
}

/** Codes and names: a message may hold an address, and so may what another script calls a code. */
function codesOf(error: unknown): string[] {
  const codes: string[] = [];
  for (let cause = error; cause instanceof Error && codes.length < 5; cause = cause.cause) {
    const { code = cause.name } = cause as { code?: unknown };
    codes.push(typeof code === 'string' && CODE.test(code) ? code : 'Error');
  }
  return codes;
}
