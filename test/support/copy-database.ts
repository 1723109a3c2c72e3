/** A copy of a PostgreSQL database that nobody is connected to. */
import { randomUUID } from 'node:crypto';
import pg from 'pg';

/** The address of the copy. */
export async function copyDatabase(url: string): Promise<string> {
  const name = `copy_${randomUUID().replaceAll('-', '')}`;
  const at = (database: string): string => {
    const address = new URL(url);
    address.pathname = `/${database}`;
    return address.href;
  };
  const from = new URL(url).pathname.slice(1);
  const client = new pg.Client({ connectionString: at('template1') });
  await client.connect();
  try {
    await client.query(`create database ${name} template ${from}`);
  } finally {
    await client.end();
  }
  return at(name);
}
