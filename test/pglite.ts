/** A real PostgreSQL 18 for tests: PGlite, from a data directory that is made once and kept in node_modules/.cache. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { PGlite } from '@electric-sql/pglite';
import { btree_gin } from '@electric-sql/pglite/contrib/btree_gin';
import { btree_gist } from '@electric-sql/pglite/contrib/btree_gist';
import { citext } from '@electric-sql/pglite/contrib/citext';
import { fuzzystrmatch } from '@electric-sql/pglite/contrib/fuzzystrmatch';
import { hstore } from '@electric-sql/pglite/contrib/hstore';
import { ltree } from '@electric-sql/pglite/contrib/ltree';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { pgcrypto } from '@electric-sql/pglite/contrib/pgcrypto';
import { unaccent } from '@electric-sql/pglite/contrib/unaccent';
import { uuid_ossp } from '@electric-sql/pglite/contrib/uuid_ossp';
import { catalogOf } from './catalog.ts';
import type { Engine, ExecError } from './engines/engine.ts';

const EXTENSIONS = { btree_gin, btree_gist, citext, fuzzystrmatch, hstore, ltree, pg_trgm, pgcrypto, unaccent, uuid_ossp };
const CACHE = 'node_modules/.cache/pglite';
const PRELUDE = readFileSync(new URL('data/prelude.sql', import.meta.url), 'utf8');

export async function dataDir(): Promise<Blob> {
  const version = (JSON.parse(readFileSync('node_modules/@electric-sql/pglite/package.json', 'utf8')) as { version: string })
    .version;
  const path = `${CACHE}/${version}.tar`;
  try {
    return new Blob([readFileSync(path)]);
  } catch {
    const db = await PGlite.create();
    const dump = await db.dumpDataDir('none');
    await db.close();
    mkdirSync(CACHE, { recursive: true });
    const draft = `${path}.${process.pid}`;
    writeFileSync(draft, new Uint8Array(await dump.arrayBuffer()));
    renameSync(draft, path);
    return dump;
  }
}

/** Stand-ins for extensions that PGlite does not bring: enough SQL for schemas that use them to be created. */
function addStubExtensions(db: PGlite): void {
  const folder = '/pglite/share/postgresql/extension';
  for (const name of ['vector', 'pgstattuple']) {
    const script = readFileSync(new URL(`data/stub-extensions/${name}.sql`, import.meta.url));
    db.Module.FS.writeFile(`${folder}/${name}.control`, `comment = 'stub'\ndefault_version = '1.0'\nrelocatable = true\n`);
    db.Module.FS.writeFile(`${folder}/${name}--1.0.sql`, script);
  }
}

/** One engine with a database that {@link TestDatabase.reset} empties. */
export class TestDatabase implements Engine {
  readonly name = 'PGlite (PostgreSQL 18)';
  readonly major = 18;
  readonly #db: PGlite;

  private constructor(db: PGlite) {
    this.#db = db;
  }

  static async open(): Promise<TestDatabase> {
    const db = await PGlite.create({
      loadDataDir: await dataDir(),
      extensions: EXTENSIONS,
      postgresqlconf: ['max_locks_per_transaction = 1024'],
    });
    addStubExtensions(db);
    const test = new TestDatabase(db);
    await test.reset();
    return test;
  }

  close(): Promise<void> {
    return this.#db.close();
  }

  /** Drops everything a person could have made, and runs the prelude (roles, stand-ins for what PGlite lacks). */
  async reset(): Promise<void> {
    await this.#db.exec(RESET);
    await this.#db.exec(CLEAN);
    await this.#db.exec(PRELUDE);
  }

  async query<T>(sql: string): Promise<T[]> {
    return (await this.#db.query<T>(sql)).rows;
  }

  /** The plan of a statement with parameters; empty for one that is refused. */
  async explain(sql: string): Promise<unknown> {
    try {
      return (await this.#db.exec(sql)).flatMap(({ rows }) => rows);
    } catch {
      return [];
    }
  }

  /** Runs statements one by one, each in a transaction of its own. @returns those that failed. */
  async run(statements: readonly string[]): Promise<ExecError[]> {
    const errors: ExecError[] = [];
    for (const [index, statement] of statements.entries()) {
      try {
        await this.#db.exec(statement);
      } catch (error) {
        errors.push({ index, statement, message: (error as Error).message });
      }
    }
    return errors;
  }

  /** What a query gives as CSV with a heading: NULL is nothing, an empty text is in quotes. */
  async csv(sql: string): Promise<string> {
    const { blob } = await this.#db.query(`COPY (${sql}) TO '/dev/blob' WITH (FORMAT csv, HEADER)`);
    return blob === undefined ? '' : blob.text();
  }

  async catalog(): Promise<string[]> {
    await this.#db.exec(RESET);
    return catalogOf(this);
  }
}

/** PGlite takes the last role for the one it began with, so it is named. */
const RESET = 'ROLLBACK; SET SESSION AUTHORIZATION postgres; RESET ROLE; RESET ALL;';

/** Publications and event triggers first; then schemas with all they hold, extensions, and types' leftovers. */
const CLEAN = `
DO $clean$
DECLARE item record;
BEGIN
  FOR item IN SELECT evtname FROM pg_event_trigger LOOP
    EXECUTE format('DROP EVENT TRIGGER %I', item.evtname);
  END LOOP;
  FOR item IN SELECT extname FROM pg_extension WHERE extname <> 'plpgsql' LOOP
    EXECUTE format('DROP EXTENSION %I CASCADE', item.extname);
  END LOOP;
  FOR item IN SELECT nspname FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' LOOP
    EXECUTE format('DROP SCHEMA %I CASCADE', item.nspname);
  END LOOP;
  FOR item IN SELECT c.oid, c.oid::regclass AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
              WHERE n.nspname ~ '^pg_temp' AND c.relkind IN ('r', 'p', 'v', 'S') LOOP
    -- What a parent took along is only a number by now.
    IF EXISTS (SELECT FROM pg_class WHERE oid = item.oid) THEN
      EXECUTE format('DROP TABLE IF EXISTS %s CASCADE', item.oid::regclass);
    END IF;
  END LOOP;
END $clean$;
CREATE SCHEMA public;
GRANT USAGE ON SCHEMA public TO PUBLIC;
COMMENT ON SCHEMA public IS 'standard public schema';
`;
