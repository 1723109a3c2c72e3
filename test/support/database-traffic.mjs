/** What a PGlite database in this process is asked: statements, rows' bytes from it, bytes to it. */

const EXECUTE = 'E'.charCodeAt(0);
const QUERY = 'Q'.charCodeAt(0);

/** Counts until it is told to stop. `PGlite` is the class that the databases are opened with. */
export function watchTraffic(PGlite) {
  const plain = PGlite.prototype.execProtocolStream;
  let traffic = { statements: 0, read: 0, written: 0 };
  let database = null;
  PGlite.prototype.execProtocolStream = async function (message, options) {
    database = this;
    const answer = await plain.call(this, message, options);
    if (message[0] === EXECUTE || message[0] === QUERY) traffic.statements += 1;
    traffic.written += message.length;
    for (const { name, length } of answer) if (name === 'dataRow') traffic.read += length;
    return answer;
  };
  return {
    during: async (work) => {
      traffic = { statements: 0, read: 0, written: 0 };
      await work();
      return traffic;
    },
    databaseBytes: async () => {
      const size = 'select pg_database_size(current_database()) as bytes';
      const { rows } = await database.query(size);
      return Number(rows[0].bytes);
    },
    stop: () => {
      PGlite.prototype.execProtocolStream = plain;
    },
  };
}
