/** The embedded database, when its engine ends in the middle of something. */
import { PGlite } from '@electric-sql/pglite';
import { expect, it } from 'vitest';
import { endWithEngine } from '../../server/store/end-with-engine.js';

it('rejects what is asked of it, says so once, and holds up nobody', async () => {
  const client = await PGlite.create();
  const ends: Error[] = [];
  endWithEngine(client, (error) => ends.push(error));
  await client.exec('create table bells (name text)');
  await expect(client.query('select ring from bells')).rejects.toThrow('"ring" does not exist');
  expect((await client.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  expect(ends).toEqual([]);
  // The engine wants rows that nobody sends, and ends.
  await expect(client.exec('copy bells from stdin')).rejects.toThrow(
    'The embedded database has ended: Program terminated with exit(1)',
  );
  await expect(client.query('select 1')).rejects.toThrow('The embedded database has ended');
  expect(ends.map(({ name }) => name)).toEqual(['EngineEnded']);
});
