/** Debian's PostgreSQL, or whichever this machine has: started once a run on a free port of 127.0.0.1, never as root. */
import { readFileSync } from 'node:fs';
import pg from 'pg';
import { catalogOf } from '#test/catalog.ts';
import type { Engine, ExecError, Found } from './engine.ts';
import { answering, freePort, type Server, sharedServer } from './once.ts';
import { giveTo, programPath, runAs, serve, serverUser, versionFolders } from './programs.ts';

const PRELUDE = readFileSync(new URL('../data/prelude.sql', import.meta.url), 'utf8');

/** Where the server's programs are, or why they are not. */
export function findPostgres(): Found<{ readonly initdb: string; readonly postgres: string }> {
  const folders = versionFolders('/usr/lib/postgresql').map((version) => `/usr/lib/postgresql/${version}/bin`);
  const [initdb, postgres] = [programPath('initdb', folders), programPath('postgres', folders)];
  if (initdb === undefined || postgres === undefined)
    return { ok: false, reason: 'PostgreSQL is not installed here (Debian: apt-get install postgresql); PGlite still judges.' };
  return { ok: true, value: { initdb, postgres } };
}

const SETTINGS = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_locks_per_transaction=1024'];

async function start(folder: string): Promise<Server> {
  const found = findPostgres();
  if (!found.ok) throw new Error(found.reason);
  const user = serverUser('postgres');
  giveTo(user, folder);
  const data = `${folder}/data`;
  runAs(
    user,
    found.value.initdb,
    ['-D', data, '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync'],
    folder,
  );
  const port = await freePort();
  const settings = [...SETTINGS, 'listen_addresses=127.0.0.1', `unix_socket_directories=${folder}`].flatMap((one) => ['-c', one]);
  const server = serve(user, found.value.postgres, ['-D', data, '-p', String(port), ...settings], folder, 'SIGINT');
  await answering(server, async () => (await connect(port, 'postgres')).end());
  return { port };
}

async function connect(port: number, database: string): Promise<pg.Client> {
  const client = new pg.Client({ host: '127.0.0.1', port, user: 'postgres', database });
  // A connection that the server ends says so to whoever asks next.
  client.on('error', () => {});
  await client.connect();
  return client;
}

let databases = 0;

class Postgres implements Engine {
  readonly name: string;
  readonly major: number;
  private readonly port: number;
  private readonly admin: pg.Client;
  private client: pg.Client | undefined;
  private database: string | undefined;

  constructor(port: number, admin: pg.Client, version: string) {
    this.port = port;
    this.admin = admin;
    this.name = `PostgreSQL ${version.split(' ')[0]}`;
    this.major = Number.parseInt(version, 10);
  }

  async reset(): Promise<void> {
    await this.drop();
    this.database = `judged_${process.pid}_${databases++}`;
    await this.admin.query(`CREATE DATABASE ${this.database} TEMPLATE template0`);
    this.client = await connect(this.port, this.database);
    await this.client.query(PRELUDE);
  }

  private async drop(): Promise<void> {
    await this.client?.end();
    this.client = undefined;
    if (this.database !== undefined) await this.admin.query(`DROP DATABASE ${this.database} WITH (FORCE)`);
    this.database = undefined;
  }

  async query<T>(sql: string): Promise<T[]> {
    if (this.client === undefined) throw new Error('reset() first');
    const { rows } = (await this.client.query(sql)) as unknown as { rows: T[] };
    return rows;
  }

  async run(statements: readonly string[]): Promise<ExecError[]> {
    const errors: ExecError[] = [];
    for (const [index, statement] of statements.entries()) {
      try {
        await this.query(statement);
      } catch (error) {
        errors.push({ index, statement, message: (error as Error).message });
      }
    }
    return errors;
  }

  async catalog(): Promise<string[]> {
    await this.query('ROLLBACK; RESET ALL; RESET SESSION AUTHORIZATION; RESET ROLE');
    return catalogOf(this, this.major);
  }

  async close(): Promise<void> {
    await this.drop();
    await this.admin.end();
  }
}

/** A database of the run's PostgreSQL. */
export async function openPostgres(): Promise<Postgres> {
  const { port } = await sharedServer('postgresql', start);
  const admin = await connect(port, 'postgres');
  const { rows } = (await admin.query('SHOW server_version')) as { rows: { server_version: string }[] };
  return new Postgres(port, admin, rows[0]?.server_version ?? '0');
}
