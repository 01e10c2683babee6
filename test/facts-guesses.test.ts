import { beforeAll, describe, expect, it } from 'vitest';
import { knownFacts } from '#engine/facts/facts.ts';
import type { KnownColumn } from '#engine/facts/known.ts';
import { uniqueColumnLists } from '#engine/facts/unique-columns.ts';
import { valueKind } from '#engine/facts/value-kind.ts';
import { readSql } from '#engine/sql/read.ts';
import { recordIn } from '#model/collections.ts';
import type { Column } from '#model/column-types.ts';
import { columnsOf } from '#model/derive/columns.ts';
import type { Dialect, Document, Table } from '#model/types.ts';
import { loadPorts } from '../src/cli/ports.ts';
import { corpus } from './corpus.ts';

/** Guesses about real schemas: nobody told anything, and nothing that is said contradicts keys, types or itself. */

interface Seen {
  readonly where: string;
  readonly document: Document;
  readonly table: Table;
  readonly rows: number;
  readonly column: Column;
  readonly known: KnownColumn;
}

const DIALECTS: readonly Dialect[] = ['postgresql', 'mysql', 'sqlite', 'mssql', 'oracle'];
const seen: Seen[] = [];
const documents: Document[] = [];

beforeAll(async () => {
  for (const dialect of DIALECTS) {
    const ports = await loadPorts(dialect);
    for (const { name, sql } of corpus(dialect).filter((one) => !one.name.includes('/'))) {
      const read = readSql([{ name, text: sql }], { dialect }, ports);
      if (!read.ok) throw new Error(`${name}: ${read.problem.message}`);
      const { document } = read.value;
      documents.push(document);
      const facts = knownFacts(document);
      for (const table of Object.values(document.tables)) {
        const known = facts.get(table.id);
        for (const column of columnsOf(document, table)) {
          const own = known?.columns.find((one) => one.id === column.id);
          if (known === undefined || own === undefined) throw new Error(`${name}: ${table.name}.${column.name}`);
          seen.push({
            where: `${dialect} ${name}: ${table.name}.${column.name}`,
            document,
            table,
            rows: known.rows,
            column,
            known: own,
          });
        }
      }
    }
  }
});

const count = ({ known, rows }: Seen) => (known.distinct < 0 ? -known.distinct * rows : known.distinct);
/** Places that a law does not hold at, of those it is about; there must be enough of these. */
function broken(about: (one: Seen) => boolean, holds: (one: Seen) => boolean, least: number): string[] {
  const some = seen.filter(about);
  expect(some.length).toBeGreaterThan(least);
  return some.filter((one) => !holds(one)).map((one) => `${one.where}: ${JSON.stringify(one.known)} of ${one.rows}`);
}
const alone = ({ table, column }: Seen) => uniqueColumnLists(table).some((key) => key.length === 1 && key[0] === column.id);
const named = (shape: RegExp) => (one: Seen) => shape.test(one.column.name);
const kindOf = ({ document, column }: Seen) => valueKind(document, column.type);

describe('guesses of real schemas', () => {
  it('are all marked as such, with a reason', () => {
    const reasons = ({ known }: Seen) => [known.guesses.distinct, known.guesses.nullFraction, known.guesses.correlation];
    expect(
      broken(
        () => true,
        (one) => reasons(one).every((why) => (why ?? '') !== ''),
        5000,
      ),
    ).toEqual([]);
  });

  it('are no more different values than rows, and one at least', () => {
    expect(
      broken(
        () => true,
        (one) => count(one) <= one.rows && count(one) > 0 && one.known.distinct >= -1,
        5000,
      ),
    ).toEqual([]);
  });

  it('have as many values of a foreign key as rows to refer to at most', () => {
    for (const document of documents) {
      const facts = knownFacts(document);
      for (const { child, parent, childColumns } of Object.values(document.relationships)) {
        const column = facts.get(child)?.columns.find((one) => one.id === childColumns[0]);
        const [rows, above] = [facts.get(child)?.rows ?? 0, facts.get(parent)?.rows ?? 0];
        if (childColumns.length !== 1 || column === undefined) continue;
        const values = column.distinct < 0 ? -column.distinct * rows : column.distinct;
        expect(values, `${recordIn(document, 'tables', child)?.name}.${column.name}`).toBeLessThanOrEqual(Math.max(1, above));
      }
    }
  });

  it('say unique of what is a key alone, and of nothing that repeats', () => {
    expect(broken(alone, ({ known }) => known.distinct === -1 && known.common === undefined, 400)).toEqual([]);
    expect(
      broken(
        (one) => !alone(one),
        ({ known }) => known.distinct !== -1,
        4000,
      ),
    ).toEqual([]);
  });

  it('leave room in every key for its rows', () => {
    for (const document of documents) {
      const facts = knownFacts(document);
      for (const table of Object.values(document.tables)) {
        const known = facts.get(table.id);
        const values = (id: string) => {
          const column = known?.columns.find((one) => one.id === id);
          const kind = table.columns.find((one) => one.id === id);
          if (column === undefined || kind === undefined) return Number.POSITIVE_INFINITY;
          const most = { boolean: 2, tiny: 256, small: 65_536 } as Record<string, number>;
          return most[valueKind(document, kind.type)] ?? Number.POSITIVE_INFINITY;
        };
        for (const key of uniqueColumnLists(table)) {
          const room = key.reduce((all, id) => all * values(id), 1);
          expect(known?.rows ?? 0, `${table.name} (${key.join()})`).toBeLessThanOrEqual(room);
        }
      }
    }
  });

  it('know what types tell apart', () => {
    expect(
      broken(
        (one) => kindOf(one) === 'boolean' && !alone(one),
        ({ known, rows }) => known.distinct === Math.min(2, rows),
        50,
      ),
    ).toEqual([]);
    const labels = ({ document, column }: Seen) => {
      const type = column.type.kind === 'custom' ? recordIn(document, 'types', column.type.type) : undefined;
      return type?.kind === 'enum' && (column.type.dims ?? 0) === 0 ? type.values : undefined;
    };
    expect(
      broken(
        (one) => labels(one) !== undefined && !alone(one),
        (one) => one.known.distinct === labels(one)?.length && one.known.common?.length === one.known.distinct,
        1,
      ),
    ).toEqual([]);
  });

  it('never give more than all rows to common values and NULL', () => {
    const all = ({ known }: Seen) => (known.common ?? []).reduce((sum, one) => sum + one.share, known.nullFraction);
    expect(
      broken(
        ({ known }) => known.common !== undefined,
        (one) => all(one) <= 1 + 1e-9 && (one.known.common?.length ?? 0) <= count(one),
        50,
      ),
    ).toEqual([]);
  });

  it('go by names: few states, addresses nearly unique, times of making along with the rows', () => {
    const free = (one: Seen) => !alone(one) && one.known.guesses.distinct !== 'as many as there are rows to refer to';
    expect(
      broken(
        (one) => free(one) && named(/(^|_)(status|state)$/i)(one),
        (one) => count(one) <= 10,
        20,
      ),
    ).toEqual([]);
    expect(
      broken(
        (one) => free(one) && named(/(^|_)e?mail$/i)(one),
        (one) => count(one) >= 0.9 * one.rows,
        1,
      ),
    ).toEqual([]);
    const time = (one: Seen) => ['date', 'moment'].includes(kindOf(one));
    expect(
      broken(
        (one) => time(one) && named(/^(created_at|create_time|created_date)$/i)(one),
        ({ known }) => known.correlation === 1,
        15,
      ),
    ).toEqual([]);
    expect(
      broken(
        (one) =>
          !time(one) &&
          !alone(one) &&
          one.column.identity === undefined &&
          one.known.guesses.correlation?.startsWith('times') === true,
        () => false,
        -1,
      ),
    ).toEqual([]);
  });

  it('are no NULL where there can be none', () => {
    expect(
      broken(
        ({ column }) => !column.nullable,
        ({ known }) => known.nullFraction === 0,
        2000,
      ),
    ).toEqual([]);
  });
});
