import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parserForTests, readDdl } from '#test/read-ddl.ts';
import { readDeclaredFacts, withFacts } from './declared.ts';
import { knownFacts } from './facts.ts';

const read = (name: string) => readFileSync(new URL(`../../../test/data/tpch/${name}`, import.meta.url), 'utf8');

describe('declared facts', () => {
  it('are found by name and take the place of guesses', async () => {
    const document = readDdl(await parserForTests(), read('schema.sql'));
    const facts = readDeclaredFacts(document, read('facts-sf10.json'));
    if (!facts.ok) throw new Error(facts.problem.message);
    expect(facts.value.unknown).toEqual([]);
    expect(facts.value.tables.size).toBe(8);
    const known = [...knownFacts(withFacts(document, facts.value)).values()];
    expect(known.map((table) => table.rowsGuess)).toEqual(Array(8).fill(undefined));
    expect(known.flatMap((table) => table.columns.flatMap((column) => Object.keys(column.guesses)))).toEqual([]);
    // The published size of lineitem is 1.07 to 1.12 million pages, by how the columns are typed.
    expect(known.at(-1)?.pages).toBeGreaterThan(1_000_000);
    expect(known.at(-1)?.pages).toBeLessThan(1_200_000);
  });

  it('are of the rows of a materialized view, too', async () => {
    const ddl = 'CREATE TABLE a (b integer); CREATE MATERIALIZED VIEW m AS SELECT b FROM a; CREATE VIEW v AS SELECT b FROM a';
    const document = readDdl(await parserForTests(), ddl);
    const told = readDeclaredFacts(document, '{"tables": {"m": {"rows": 40, "columns": {"b": {}}}, "v": {"rows": 1}}}');
    if (!told.ok) throw new Error(told.problem.message);
    expect(told.value.unknown).toEqual(['m.b', 'v']);
    const after = Object.values(withFacts(document, told.value).views);
    expect(after.map(({ name, facts }) => [name, facts])).toEqual([
      ['m', { rows: 40 }],
      ['v', undefined],
    ]);
  });

  it('say where they are wrong, and what the document does not have', async () => {
    const document = readDdl(await parserForTests(), 'CREATE TABLE a (b integer)');
    const broken = readDeclaredFacts(document, '{"tables": {\n"a": }}');
    expect(!broken.ok && broken.problem.message).toContain('line 2, column 6');
    const wrong = readDeclaredFacts(document, '{"tables": {"a": {"columns": {"b": {"nullFraction": 2}}}}}');
    expect(!wrong.ok && wrong.problem.message).toContain('tables.a.columns.b.nullFraction');
    const other = readDeclaredFacts(document, '{"tables": {"x": {"rows": 1}, "a": {"columns": {"y": {}}}}}');
    expect(other.ok && other.value.unknown).toEqual(['x', 'a.y']);
  });
});
