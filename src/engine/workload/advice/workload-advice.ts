/** What follows from how often queries run beside one another. */
import { linksOf } from '#model/derive/links.ts';
import type { Id } from '#model/types.ts';
import type { TableRates } from '../rates.ts';
import { tableRates } from '../rates.ts';
import { isAggregated } from '../terms.ts';
import type { Advice } from './advice.ts';
import type { Block, Source } from './blocks.ts';
import { smallLimit } from './clauses.ts';
import { parts, type QueryRead } from './read.ts';

/** Advice with the query it is about. */
export interface Advised {
  readonly read: QueryRead;
  readonly advice: Advice;
}

function ratesOf(reads: readonly QueryRead[]): ReadonlyMap<Id, TableRates> {
  return tableRates(
    reads.map(({ query, facts }) => ({
      id: query.id,
      facts,
      ...(query.callsPerHour === undefined ? {} : { callsPerHour: query.callsPerHour }),
    })),
  );
}

interface Load {
  readonly calls: number;
  readonly writes: number;
  readonly tables: readonly Id[];
}

/** How often it runs beside how often its tables are written; undefined where nobody said. */
function loadOf(read: QueryRead, rates: ReadonlyMap<Id, TableRates>): Load | undefined {
  const calls = read.query.callsPerHour;
  if (calls === undefined || read.facts.statement !== 'select' || !read.sound) return undefined;
  const tables = [...new Set(read.facts.uses.map((use) => use.table))];
  let writes = 0;
  for (const id of tables) {
    const rate = rates.get(id);
    if (rate === undefined || rate.uncounted.some((one) => rate.writers.includes(one))) return undefined;
    writes += rate.inserts + rate.updates + rate.deletes;
  }
  return tables.length === 0 ? undefined : { calls, writes, tables };
}

const number = (value: number) => value.toLocaleString('en', { maximumFractionDigits: 1 });

function top(read: QueryRead): Block | undefined {
  return read.statement.is === 'select'
    ? read.blocks.find((one) => read.statement.is === 'select' && one.query === read.statement.query)
    : undefined;
}

function depends(read: QueryRead): boolean {
  // What is asked for differs from call to call, or from moment to moment, or from user to user.
  return (
    read.facts.parameters.length > 0 ||
    /\b(?:now|current_\w+|random|rand|session_user|getdate|sysdate\w*|localtime\w*|clock_timestamp|newid|nextval|curdate|user)\b/i.test(
      read.sql,
    ) ||
    read.facts.uses.some((use) => use.predicates.some((one) => one.policy !== undefined))
  );
}

const LARGE = 100_000;

/** Figures over large tables that are asked for more often than they change. */
export function keptResults(reads: readonly QueryRead[]): readonly Advised[] {
  const rates = ratesOf(reads);
  return reads.flatMap((read): Advised[] => {
    const load = loadOf(read, rates);
    const block = top(read);
    const { core } = block ?? {};
    if (load === undefined || core === undefined || load.calls < 1 || load.writes * 10 > load.calls || depends(read)) return [];
    const grouped = core.group.length > 0 || core.items.some((item) => item.of !== undefined && isAggregated(item.of));
    const rows = Math.max(...load.tables.map((id) => read.rows(id) ?? 0));
    if (!grouped || rows < LARGE) return [];
    const sql = read.sql.trim().replace(/;\s*$/, '');
    const name = `${(read.query.name.toLowerCase().match(/[a-z0-9]+/g) ?? ['result']).join('_').slice(0, 40)}_kept`;
    return [
      {
        read,
        advice: {
          at: core.at,
          what: `${read.query.name} computes the same figures ${number(load.calls)} times an hour from ${number(rows)} rows that are written ${number(load.writes)} times an hour.`,
          todo: `Keep the result and make it new when it may be old:\n${read.words.keptResult(name, sql).join('\n')}`,
          evidence: [
            `${number(load.calls)} calls an hour`,
            `${number(load.writes)} writes an hour to its tables, as far as this workload says`,
            `${number(rows)} rows in the largest table`,
          ],
          about: load.tables.map((record) => ({ record })),
        },
      },
    ];
  });
}

/** Small answers that are the same for everybody and hardly ever change. */
export function cached(reads: readonly QueryRead[]): readonly Advised[] {
  const rates = ratesOf(reads);
  return reads.flatMap((read): Advised[] => {
    const load = loadOf(read, rates);
    const block = top(read);
    const { core } = block ?? {};
    if (
      load === undefined ||
      block === undefined ||
      core === undefined ||
      load.calls < 600 ||
      load.writes * 100 > load.calls ||
      depends(read)
    )
      return [];
    const one = core.group.length === 0 && core.items.some((item) => item.of !== undefined && isAggregated(item.of));
    const rows = load.tables.map((id) => read.rows(id));
    const few = rows.every((count) => count !== undefined && count <= 1000);
    if (!one && !few && !smallLimit(block.query, 100)) return [];
    return [
      {
        read,
        advice: {
          at: core.at,
          what: `${read.query.name} is asked ${number(load.calls)} times an hour, and ${load.writes === 0 ? 'no query writes what it reads' : `what it reads is written at most ${number(load.writes)} times`}.`,
          evidence: [
            'It has no parameters: every call is answered alike.',
            one ? 'It gives one row.' : few ? 'Its tables have 1,000 rows at most.' : 'Its LIMIT is small.',
          ],
          about: load.tables.map((record) => ({ record })),
        },
      },
    ];
  });
}

interface Lookup {
  readonly source: Source;
  readonly column: Id;
  readonly parameter: string;
  readonly at: { readonly start: number; readonly end: number };
  readonly operator: { readonly start: number; readonly end: number };
}

/** `WHERE column = $1` and nothing else. */
function lookup(read: QueryRead): Lookup | undefined {
  const block = top(read);
  const [source, ...others] = block?.sources ?? [];
  const [one, ...more] = parts(block?.where);
  if (
    block === undefined ||
    source?.table === undefined ||
    others.length > 0 ||
    more.length > 0 ||
    block.query?.limit?.is === 'parameter'
  )
    return undefined;
  if (one?.is !== 'binary' || one.op !== '=' || one.right.is !== 'parameter') return undefined;
  const column = read.own(block, one.left);
  const left = read.tokens.balanced(one.left.at);
  return column === undefined
    ? undefined
    : {
        source,
        column: column.column.id,
        parameter: one.right.name,
        at: read.tokens.balanced(one.at),
        operator: { start: left.end, end: one.right.at.end },
      };
}

/** Whether the query gives many rows of the table with this column among what it asks for. */
function givesMany(read: QueryRead, table: Id, column: Id): boolean {
  const block = top(read);
  if (block?.core === undefined || block.core.group.length > 0 || smallLimit(block.query, 1)) return false;
  return block.sources.some((source) => {
    if (source.table?.id !== table || read.single(block, source)) return false;
    return (
      block.core?.items.some((item) => {
        if (item.star !== undefined) {
          const name = item.star.at(-1)?.name;
          return name === undefined || read.names.key(name) === read.names.key(source.name);
        }
        const seen = item.of === undefined ? undefined : read.own(block, item.of);
        return seen?.source === source && seen.column.id === column;
      }) === true
    );
  });
}

/** A lookup that runs for every row that another query gave. */
export function onePerRow(reads: readonly QueryRead[]): readonly Advised[] {
  return reads.flatMap((read): Advised[] => {
    const calls = read.query.callsPerHour;
    const found = calls === undefined || !read.sound ? undefined : lookup(read);
    if (calls === undefined || found?.source.table === undefined) return [];
    const { table } = found.source;
    const { byChild, byParent } = linksOf(read.document);
    // Parents looked up by what children hold, or children looked up by the parents' key.
    const links = [
      ...(byParent.get(table.id) ?? []).flatMap(({ child, childColumns: [column, ...more], parentColumns }) =>
        column !== undefined && more.length === 0 && parentColumns[0] === found.column ? [{ table: child, column }] : [],
      ),
      ...(byChild.get(table.id) ?? []).flatMap(({ parent, parentColumns: [column, ...more], childColumns }) =>
        column !== undefined && more.length === 0 && childColumns[0] === found.column ? [{ table: parent, column }] : [],
      ),
    ];
    const parent = reads.find((other) => {
      const often = other.query.callsPerHour;
      if (other === read || often === undefined || often <= 0 || calls < often * 10 || !other.sound) return false;
      return links.some((link) => link.table !== table.id && givesMany(other, link.table, link.column));
    });
    if (parent === undefined) return [];
    const ratio = calls / (parent.query.callsPerHour ?? 1);
    return [
      {
        read,
        advice: {
          at: found.at,
          what: `${read.query.name} runs ${number(ratio)} times for each run of ${parent.query.name}, whose rows hold what it looks up.`,
          evidence: [`${number(calls)} calls an hour beside ${number(parent.query.callsPerHour ?? 0)} of ${parent.query.name}.`],
          about: [{ record: parent.query.id }, { record: table.id, part: found.column }],
          ...batched(read, found),
        },
      },
    ];
  });
}

function batched(read: QueryRead, found: Lookup): Pick<Advice, 'rewrite' | 'todo'> {
  const text = ` ${read.words.anyOf(found.parameter.startsWith('?') ? '?' : found.parameter)}`;
  if (text.includes('…'))
    return { todo: `Ask for all of them at once, with${text}, or join the table in the query that gives the rows.` };
  return {
    rewrite: {
      edits: [{ ...found.operator, text }],
      equal: false,
      conditions: [
        'The program gives all values at once and shares the rows out by the column, which has to be among what is asked for.',
      ],
    },
  };
}
