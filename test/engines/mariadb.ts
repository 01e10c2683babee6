/** MariaDB, started once for each worker of a run on a free port of 127.0.0.1, never as root. */
import mysql from 'mysql2/promise';
import type { Engine, ExecError, Found } from './engine.ts';
import { mariadbCatalog } from './mariadb-catalog.ts';
import { answering, freePort, type Server, sharedServer } from './once.ts';
import { giveTo, programPath, runAs, serve, serverUser } from './programs.ts';

/** Where the server's programs are, or why they are not. */
export function findMariadb(): Found<{ readonly install: string; readonly server: string }> {
  const [install, server] = [programPath('mariadb-install-db'), programPath('mariadbd')];
  if (install === undefined || server === undefined)
    return {
      ok: false,
      reason:
        'MariaDB is not installed here (Debian: apt-get install mariadb-server): nothing runs what is written for MySQL and MariaDB.',
    };
  return { ok: true, value: { install, server } };
}

const SETTINGS = [
  '--bind-address=127.0.0.1',
  '--character-set-server=utf8mb4',
  '--collation-server=utf8mb4_general_ci',
  '--innodb-flush-log-at-trx-commit=0',
  '--innodb-buffer-pool-size=64M',
  '--innodb-log-file-size=16M',
  '--innodb-fast-shutdown=2',
  '--skip-log-bin',
  '--event-scheduler=OFF',
];

async function start(folder: string): Promise<Server> {
  const found = findMariadb();
  if (!found.ok) throw new Error(found.reason);
  const user = serverUser('mysql');
  giveTo(user, folder);
  const data = `${folder}/data`;
  const install = [
    '--no-defaults',
    `--datadir=${data}`,
    '--auth-root-authentication-method=normal',
    '--skip-test-db',
    '--skip-name-resolve',
  ];
  runAs(user, found.value.install, install, folder);
  const port = await freePort();
  const own = ['--no-defaults', `--datadir=${data}`, `--port=${port}`, `--socket=${folder}/socket`, `--pid-file=${folder}/pid`];
  const server = serve(user, found.value.server, [...own, ...SETTINGS], folder, 'SIGTERM');
  await answering(server, async () => (await connect(port)).end());
  return { port };
}

function connect(port: number, database?: string): Promise<mysql.Connection> {
  return mysql.createConnection({
    host: '127.0.0.1',
    port,
    user: 'root',
    charset: 'utf8mb4',
    ...(database === undefined ? {} : { database }),
  });
}

/** The database that names without one mean. */
const DATABASE = 'judged';
const SYSTEM = ['mysql', 'sys', 'information_schema', 'performance_schema'];

/**
 * One connection at a time uses the server: {@link Mariadb.reset} drops every database. Each worker has a server of its own,
 * for a file that waited for another's turn could wait longer than a test may take; within a worker, those who have it open
 * take turns by a lock of the server itself.
 */
export class Mariadb implements Engine {
  readonly name: string;
  readonly major: number;
  private readonly port: number;
  private readonly admin: mysql.Connection;
  private client: mysql.Connection | undefined;

  constructor(port: number, admin: mysql.Connection, version: string) {
    this.port = port;
    this.admin = admin;
    this.name = `MariaDB ${version.split('-')[0]}`;
    this.major = Number.parseInt(version, 10);
  }

  async reset(): Promise<void> {
    await this.client?.end();
    this.client = undefined;
    // Foreign keys from one database to another would keep it.
    await this.admin.query('SET SESSION foreign_key_checks = 0');
    const [rows] = await this.admin.query<mysql.RowDataPacket[]>('SELECT schema_name AS name FROM information_schema.schemata');
    for (const { name } of rows)
      if (!SYSTEM.includes(name)) await this.admin.query(`DROP DATABASE \`${String(name).replaceAll('`', '``')}\``);
    await this.admin.query(`CREATE DATABASE ${DATABASE} CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci`);
    this.client = await connect(this.port, DATABASE);
  }

  async query<T>(sql: string): Promise<T[]> {
    if (this.client === undefined) throw new Error('reset() first');
    const [rows] = await this.client.query<mysql.RowDataPacket[]>(sql);
    return rows as T[];
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
    const client = await connect(this.port, DATABASE);
    try {
      return await mariadbCatalog(async (sql) => (await client.query<mysql.RowDataPacket[]>(sql))[0]);
    } finally {
      await client.end();
    }
  }

  async close(): Promise<void> {
    await this.client?.end();
    await this.admin.query(`SELECT RELEASE_LOCK('judging')`);
    await this.admin.end();
  }
}

/** This worker's MariaDB, once whoever uses it has closed it. */
export async function openMariadb(): Promise<Mariadb> {
  const { port } = await sharedServer(`mariadb-${process.env['VITEST_POOL_ID'] ?? 1}`, start);
  const admin = await connect(port);
  await admin.query(`SELECT GET_LOCK('judging', 600)`);
  // Databases are dropped in any order, whatever refers from one to another.
  await admin.query('SET foreign_key_checks = 0');
  const [rows] = await admin.query<mysql.RowDataPacket[]>('SELECT VERSION() AS version');
  return new Mariadb(port, admin, String(rows[0]?.['version'] ?? '0'));
}
