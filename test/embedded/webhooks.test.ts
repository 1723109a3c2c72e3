/** Events of the built-in media server to a receiver that hangs. */
import { Room } from '@livekit/protocol';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Webhooks } from '../../server/embedded/rooms/webhooks.js';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it('are told again after ten seconds without an answer, and keep their order', async () => {
  const told: string[] = [];
  const receiver = vi.fn((_url: string, init: RequestInit) => {
    const { event } = JSON.parse(String(init.body)) as { event: string };
    told.push(event);
    if (told.length > 1) return Promise.resolve(new Response());
    return new Promise<Response>((_, reject) => {
      init.signal?.addEventListener('abort', () => reject(new Error('given up')));
    });
  });
  vi.stubGlobal('fetch', receiver);
  const webhooks = new Webhooks('http://127.0.0.1:1/hook', {
    apiKey: 'k',
    apiSecret: 's'.repeat(32),
  });
  const room = new Room({ name: 'room' });
  webhooks.emit('room_started', { room });
  webhooks.emit('room_finished', { room });
  await vi.waitFor(() => expect(told).toHaveLength(1));
  await vi.advanceTimersByTimeAsync(12_000);
  await vi.waitFor(() => expect(told).toEqual(['room_started', 'room_started', 'room_finished']));
});
