/** A body of texts that are made as they are read, compressed or not. */
import { Readable, pipeline } from 'node:stream';
import { constants, createGzip } from 'node:zlib';

/**
 * Resolves with the stream once the first text is there, so that what is wrong with the request is refused; rejects
 * otherwise. Whoever goes away ends `texts`. When these fail later the stream does, and the answer breaks off.
 */
export async function lineStream(
  texts: AsyncGenerator<string, void, undefined>,
  isZipped: boolean,
): Promise<ReadableStream<Uint8Array>> {
  const first = await texts.next();
  const all = async function* (): AsyncGenerator<Buffer> {
    try {
      if (!first.done) yield Buffer.from(first.value);
      for await (const text of texts) yield Buffer.from(text);
    } finally {
      await texts.return();
    }
  };
  const plain = Readable.from(all(), { objectMode: false, highWaterMark: 0 });
  // Texts repeat themselves: little is won by looking for more.
  const stream = isZipped
    ? pipeline(plain, createGzip({ level: constants.Z_BEST_SPEED }), () => undefined)
    : plain;
  return Readable.toWeb(stream) as ReadableStream<Uint8Array>;
}
