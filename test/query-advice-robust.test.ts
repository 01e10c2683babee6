import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { PgParser } from '#engine/sql/parser-port.ts';
import { readSql } from '#engine/sql/read.ts';
import type { Dialect, Document } from '#model/types.ts';
import { loadPorts } from '../src/cli/ports.ts';
import { cpuMs } from './cpu-time.ts';
import { adviceOn } from './query-advice.ts';
import { parserForTests } from './read-ddl.ts';
import { runs } from './runs.ts';

/** Damaged statements and very long ones: nothing throws, nothing takes for ever, places lie in the text. */

const file = (name: string) => readFileSync(new URL(`data/query-advice/${name}`, import.meta.url), 'utf8');
const CASES = JSON.parse(file('cases.json')) as readonly { readonly dialect: Dialect; readonly sql: string }[];
const DIALECTS: readonly Dialect[] = ['postgresql', 'mysql', 'mssql', 'oracle', 'sqlite'];

const documents = new Map<Dialect, Document>();
let parser: PgParser;

beforeAll(async () => {
  parser = await parserForTests();
  for (const dialect of DIALECTS) {
    const read = readSql([{ name: 'schema.sql', text: file(`schema-${dialect}.sql`) }], { dialect }, await loadPorts(dialect));
    if (!read.ok) throw new Error(read.problem.message);
    documents.set(dialect, read.value.document);
  }
});

/** A statement with words left out, doubled or put elsewhere. */
const damaged = fc
  .tuple(
    fc.constantFrom(...CASES),
    fc.array(fc.tuple(fc.nat(200), fc.nat(200), fc.constantFrom('drop', 'swap', 'double')), { maxLength: 4 }),
  )
  .map(([{ sql }, damages]) => {
    const words = sql.split(/(?<=\s)|(?=[(),])|(?<=[(),])/);
    for (const [a, b, how] of damages) {
      const [i, j] = [a % words.length, b % words.length];
      if (how === 'drop') words.splice(i, 1);
      else if (how === 'double') words.splice(i, 0, words[j] ?? '');
      else [words[i], words[j]] = [words[j] ?? '', words[i] ?? ''];
      if (words.length === 0) return '';
    }
    return words.join('');
  });

describe('advice on what is no good query', () => {
  it.each(DIALECTS)('%s', (dialect) => {
    const document = documents.get(dialect) as Document;
    fc.assert(
      fc.property(damaged, (sql) => {
        for (const { text } of adviceOn(document, [{ sql }], parser)) {
          expect(text?.start).toBeGreaterThanOrEqual(0);
          expect(text?.end).toBeLessThanOrEqual(sql.length);
        }
      }),
      runs(931, 250),
    );
  });

  it.each([
    ['conditions', `SELECT id FROM orders WHERE ${Array.from({ length: 2000 }, (_, i) => `qty <> ${i}`).join(' AND ')}`],
    ['values', `SELECT id FROM orders WHERE id IN (${Array.from({ length: 60_000 }, (_, i) => i).join(', ')})`],
    ['columns', `SELECT ${Array.from({ length: 8000 }, () => 'lower(status)').join(', ')} FROM orders`],
    [
      'alternatives',
      `SELECT id FROM orders WHERE ${Array.from({ length: 5000 }, (_, i) => `lower(status) = '${i}'`).join(' OR ')}`,
    ],
  ])('a statement of very many %s', (_, sql) => {
    const advice = () => adviceOn(documents.get('postgresql') as Document, [{ sql }], parser);
    // What grows with the square of the length takes much longer.
    expect(cpuMs(() => expect(Array.isArray(advice())).toBe(true))).toBeLessThan(40_000);
  });

  it('a workload of all cases', () => {
    const queries = CASES.filter(({ dialect }) => dialect === 'postgresql').map(({ sql }) => ({ sql, callsPerHour: 10 }));
    const many = Array.from({ length: 4 }, () => queries).flat();
    const started = performance.now();
    const findings = adviceOn(documents.get('postgresql') as Document, many, parser);
    const ms = performance.now() - started;
    console.log(
      `advice on ${many.length} queries: ${findings.length} remarks in ${ms.toFixed(0)} ms, ${(ms / many.length).toFixed(2)} ms a query with reading it`,
    );
    expect(findings.length).toBeGreaterThan(many.length / 4);
  });
});
