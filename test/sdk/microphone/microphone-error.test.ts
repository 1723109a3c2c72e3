/** Why a microphone could not be opened, told apart. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { browserMicrophone } from '../../../sdk/microphone/browser-microphone.js';

interface Machine {
  error?: DOMException;
  permission?: PermissionState;
  secure?: boolean;
  policyAllows?: boolean;
  framed?: boolean;
}

function machine({
  error,
  permission,
  secure = true,
  policyAllows = true,
  framed = false,
}: Machine): void {
  const mediaDevices = error ? { getUserMedia: () => Promise.reject(error) } : undefined;
  const permissions = { query: () => Promise.resolve({ state: permission }) };
  vi.stubGlobal('navigator', { mediaDevices, permissions });
  vi.stubGlobal('isSecureContext', secure);
  vi.stubGlobal('document', { featurePolicy: { allowsFeature: () => policyAllows } });
  const window = {};
  vi.stubGlobal('window', Object.assign(window, { top: framed ? {} : window }));
}

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('opening a microphone', () => {
  const denied = new DOMException('Permission denied', 'NotAllowedError');
  it.each<[string, Machine, string, RegExp]>([
    ['was blocked', { error: denied, permission: 'denied' }, 'microphone_denied', /site settings/],
    ['was not answered', { error: denied, permission: 'prompt' }, 'microphone_dismissed', /Allow/],
    [
      'was dismissed',
      { error: new DOMException('Permission dismissed', 'NotAllowedError') },
      'microphone_dismissed',
      /Allow/,
    ],
    [
      'is blocked by the system',
      { error: new DOMException('Permission denied by system', 'NotAllowedError') },
      'microphone_denied',
      /privacy settings/,
    ],
    [
      'is not given to the frame',
      { error: denied, permission: 'denied', policyAllows: false, framed: true },
      'microphone_denied',
      /allow="microphone"/,
    ],
    [
      "is forbidden by the page's own header",
      { error: denied, permission: 'denied', policyAllows: false },
      'microphone_denied',
      /^(?!.*frame).*this page's own header: Permissions-Policy: microphone=\(self\)/,
    ],
    ['is taken', { error: new DOMException('', 'NotReadableError') }, 'microphone_in_use', /Close/],
    ['is absent', { error: new DOMException('', 'NotFoundError') }, 'microphone_not_found', /Conn/],
    [
      'is unknown',
      { error: new DOMException('', 'OverconstrainedError') },
      'microphone_not_found',
      /Conn/,
    ],
    ['breaks', { error: new DOMException('', 'Whatever') }, 'microphone_failed', /again/],
    ['meets http', { secure: false }, 'insecure_context', /https/],
    ['meets an old browser', {}, 'unsupported_browser', /current version/],
  ])('that %s', async (_, given, code, remedy) => {
    machine(given);
    const error: unknown = await browserMicrophone.open({}, false).catch((cause: unknown) => cause);
    expect(error).toMatchObject({ code, remedy: expect.stringMatching(remedy) as string });
  });

  it('asks for echo cancellation, noise suppression and gain control unless told otherwise', async () => {
    const asked: unknown[] = [];
    const getUserMedia = (constraints: unknown) => {
      asked.push(constraints);
      return Promise.resolve({ getAudioTracks: () => [{ stop: () => {} }] });
    };
    vi.stubGlobal('navigator', { mediaDevices: { getUserMedia } });
    await browserMicrophone.open({}, false);
    await browserMicrophone.open({ deviceId: 'x', noiseSuppression: false }, true);
    expect(asked).toEqual([
      {
        audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
        video: false,
      },
      {
        audio: {
          echoCancellation: true,
          noiseSuppression: false,
          autoGainControl: true,
          deviceId: { exact: 'x' },
        },
        video: false,
      },
    ]);
  });
});
