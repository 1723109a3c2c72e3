/** The worker's environment: what it becomes, and every fault in one go. */
import { expect, it } from 'vitest';
import { readAgentConfig } from '../../../server/agent/config/agent-config.js';

const LIVEKIT = { LIVEKIT_URL: 'ws://l', LIVEKIT_API_KEY: 'k', LIVEKIT_API_SECRET: 's' };

function memoryOf(given: string | undefined): number | string {
  const read = readAgentConfig({ ...LIVEKIT, AGENT_MEMORY_LIMIT_MB: given });
  return read.ok ? read.config.memoryLimitMb : read.faults.join();
}

it('gives the process of a call a gigabyte, or what is set', () => {
  expect(memoryOf(undefined)).toBe(1_000);
  expect(memoryOf(' ')).toBe(1_000);
  expect(memoryOf('1500')).toBe(1_500);
});

it('lets eight processes wait for calls at most, or as many as are set, and one at least', () => {
  const read = (given?: string) => {
    const result = readAgentConfig({ ...LIVEKIT, AGENT_SPARE_PROCESSES: given });
    return result.ok ? result.config.spareProcesses : result.faults.join();
  };
  expect([read(), read('1')]).toEqual([8, 1]);
  for (const wrong of ['0', '-1', '1.5', 'many']) {
    expect(read(wrong)).toBe('AGENT_SPARE_PROCESSES must be a whole number, at least 1.');
  }
});

it('takes the addresses of servers at home, and keeps no half of one', () => {
  const read = readAgentConfig({
    ...LIVEKIT,
    STT_BASE_URL: ' http://127.0.0.1:8000/v1/ ',
    STT_API_KEY: 'k',
    TTS_API_KEY: 'of-nothing',
  });
  expect(read.ok && read.config.compatibleServers).toEqual({
    transcriber: { baseUrl: 'http://127.0.0.1:8000/v1', apiKey: 'k' },
  });
  expect(readAgentConfig({ ...LIVEKIT, LLM_BASE_URL: '127.0.0.1:11434' })).toEqual({
    ok: false,
    faults: ['LLM_BASE_URL must be an address that begins with http:// or https://.'],
  });
});

it('tells what is missing and what is no number at once', () => {
  for (const wrong of ['0', '-5', '1.5', 'much']) {
    expect(memoryOf(wrong)).toBe('AGENT_MEMORY_LIMIT_MB must be a whole number of megabytes.');
  }
  expect(readAgentConfig({ ...LIVEKIT, LIVEKIT_URL: '', AGENT_MEMORY_LIMIT_MB: 'x' })).toEqual({
    ok: false,
    faults: [
      'LIVEKIT_URL must be set.',
      'AGENT_MEMORY_LIMIT_MB must be a whole number of megabytes.',
    ],
  });
});
