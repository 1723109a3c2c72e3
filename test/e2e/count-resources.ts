/** Counts what a page has open: runs in the page, before anything of ours. */

/** What is still open. */
export interface OpenResources {
  tracks: number;
  contexts: number;
  connections: number;
  sockets: number;
  audioElements: number;
  policyViolations: string[];
}

/** The page's side of it. */
export interface CountingWindow {
  openResources: () => OpenResources;
}

/** For `page.addInitScript`. */
export function countResources(): void {
  const tracks: MediaStreamTrack[] = [];
  const contexts: AudioContext[] = [];
  const connections: RTCPeerConnection[] = [];
  const sockets: WebSocket[] = [];
  const policyViolations: string[] = [];
  const keep = <T extends object>(name: string, into: T[]): void => {
    const scope = globalThis as unknown as Record<string, new (...args: never[]) => T>;
    const original = scope[name];
    if (!original) return;
    scope[name] = new Proxy(original, {
      construct(target, args, newTarget) {
        const made = Reflect.construct(target, args, newTarget) as T;
        into.push(made);
        return made;
      },
    });
  };
  keep('AudioContext', contexts);
  keep('RTCPeerConnection', connections);
  keep('WebSocket', sockets);
  const devices = navigator.mediaDevices;
  const getUserMedia = devices.getUserMedia.bind(devices);
  devices.getUserMedia = async (constraints) => {
    const stream = await getUserMedia(constraints);
    tracks.push(...stream.getTracks());
    return stream;
  };
  document.addEventListener('securitypolicyviolation', (event) => {
    policyViolations.push(`${event.violatedDirective} ${event.blockedURI}`);
  });
  const openResources = (): OpenResources => ({
    tracks: tracks.filter((track) => track.readyState === 'live').length,
    contexts: contexts.filter((context) => context.state !== 'closed').length,
    connections: connections.filter((one) => one.connectionState !== 'closed').length,
    sockets: sockets.filter((socket) => socket.readyState < WebSocket.CLOSING).length,
    audioElements: document.querySelectorAll('audio').length,
    policyViolations,
  });
  Object.assign(globalThis, { openResources });
}
