import { literal } from '#engine/dialects/postgres/quote.ts';
import { readPlan } from '#engine/planner/plan.ts';
import { relationName, relationStatement } from '#engine/planner/statistics.ts';
import { answering, type OpenedPglite } from '../pglite-server.ts';
import { fileBlocks, isSegmented, setFileBlocks } from './file-size.ts';

export interface RelationName {
  readonly schema: string;
  readonly name: string;
}

/** A relation by `schema.name`. */
export function keyOf({ schema, name }: RelationName): string {
  return `${schema}.${name}`;
}

/** The same where names may hold anything, dots too. */
export function tableName({ schema, name }: RelationName): string {
  return JSON.stringify([schema, name]);
}

type Row = Readonly<Record<string, unknown>>;

/** A relation that tells another size than its own. */
interface Pretended {
  readonly path: string;
  readonly real: number;
  readonly declared: number;
  /** What declares it to the planner. */
  readonly statement: string;
}

/** A relation with the size it is to tell. */
interface Pretending extends RelationName {
  readonly rows: number;
  readonly pages: number;
  readonly visiblePages?: number;
  /** Its file, where that is known. */
  readonly path?: string;
}

const explaining = (sql: string, generic: boolean) =>
  `EXPLAIN (${generic ? 'FORMAT JSON, VERBOSE, GENERIC_PLAN' : 'FORMAT JSON, VERBOSE'}) ${sql}`;

/** What the transaction holds locks on, the catalogs apart: they are locked by every plan. */
const LOCKED = `SELECT n.nspname AS schema, c.relname AS name
  FROM pg_locks l JOIN pg_class c ON c.oid = l.relation JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE l.pid = pg_backend_pid() AND l.locktype = 'relation' AND c.relkind IN ('r', 'p', 'm', 'f')
    AND n.nspname NOT IN ('pg_catalog', 'information_schema')
  GROUP BY 1, 2 ORDER BY 1, 2`;

const nameIn = (row: Row): RelationName => ({ schema: String(row['schema']), name: String(row['name']) });

/** PostgreSQL opened for planning: relations tell the sizes that are declared for them. */
export class PretendServer {
  readonly answers: ReturnType<typeof answering>;
  private readonly opened: OpenedPglite;
  private readonly pretended = new Map<string, Pretended>();

  constructor(opened: OpenedPglite) {
    this.opened = opened;
    this.answers = answering(opened);
  }

  /** Rows of a query of ours: what the server says against it is a bug, and thrown. */
  async rows(sql: string): Promise<readonly Row[]> {
    return (await this.opened.database.query<Row>(sql)).rows;
  }

  /** EXPLAIN through the simple protocol, which alone takes `$1` without a value. @throws what the server says */
  async explain(sql: string, generic: boolean): Promise<unknown> {
    const results = await this.opened.database.exec(explaining(sql, generic));
    return results[0]?.rows[0];
  }

  /**
   * Tables that are locked for the plan of a statement: all that the server looked at. Undefined where it cannot be planned, or
   * where the text is more than one statement.
   */
  async lockedBy(sql: string, generic: boolean): Promise<readonly RelationName[] | undefined> {
    const { database } = this.opened;
    await database.exec('BEGIN');
    try {
      const planned = await database.exec(explaining(sql, generic));
      return planned.length === 1 ? (await this.rows(LOCKED)).map(nameIn) : undefined;
    } catch {
      return undefined;
    } finally {
      await database.exec('ROLLBACK');
    }
  }

  private async path(relation: RelationName): Promise<string | undefined> {
    const [row] = await this.rows(`SELECT pg_relation_filepath(to_regclass(${literal(relationName(relation))})) AS path`);
    return typeof row?.['path'] === 'string' ? row['path'] : undefined;
  }

  /** Gives a relation its declared size. @returns why that was refused; nothing for relations that do not exist. */
  async pretend(relation: Pretending): Promise<string | undefined> {
    const path = relation.path ?? (await this.path(relation));
    if (path === undefined) return undefined;
    const known = this.pretended.get(keyOf(relation));
    const real = known?.path === path ? known.real : fileBlocks(this.opened.database, path);
    const statement = relationStatement(relation);
    setFileBlocks(this.opened.database, path, relation.pages);
    this.pretended.set(keyOf(relation), { path, real, declared: relation.pages, statement });
    return (await this.answers.execute(statement))?.message;
  }

  /** Lets relations be as small as they are while something reads them. */
  asItIs<T>([first, ...rest]: readonly RelationName[], work: () => Promise<T>): Promise<T> {
    return first === undefined ? work() : this.oneAsItIs(first, () => this.asItIs(rest, work));
  }

  private async oneAsItIs<T>(relation: RelationName, work: () => Promise<T>): Promise<T> {
    const known = this.pretended.get(keyOf(relation));
    if (known === undefined) return work();
    setFileBlocks(this.opened.database, known.path, known.real);
    // The server still has the further segments open until it looks at the relation anew.
    if (isSegmented(known.declared)) {
      await this.answers.execute(`SELECT pg_clear_relation_stats(${literal(relation.schema)}, ${literal(relation.name)})`);
    }
    try {
      return await work();
    } finally {
      setFileBlocks(this.opened.database, known.path, known.declared);
      await this.answers.execute(known.statement);
    }
  }
}

/** Blocks of the table that the size is tried on: two segments. */
const PROBE_BLOCKS = 200_000;
const PROBE_ROWS = 1e7;

/** Whether a size that a file only tells reaches the planner in this build: tried on a table of its own. */
export async function sizesAreBelieved(server: PretendServer): Promise<boolean> {
  const probe = { schema: 'crowfoot_probe', name: 'probe' };
  try {
    await server.rows('CREATE SCHEMA crowfoot_probe');
    await server.rows('CREATE TABLE crowfoot_probe.probe (id integer)');
    await server.pretend({ ...probe, rows: PROBE_ROWS, pages: PROBE_BLOCKS });
    const [size] = await server.rows(`SELECT pg_relation_size('crowfoot_probe.probe') / 8192 AS blocks`);
    const plan = readPlan(await server.explain('SELECT * FROM crowfoot_probe.probe', false));
    await server.asItIs([probe], () => server.rows('DROP SCHEMA crowfoot_probe CASCADE'));
    return Number(size?.['blocks']) === PROBE_BLOCKS && plan.ok && plan.value.root.rows === PROBE_ROWS;
  } catch {
    return false;
  }
}
