/** Random SQLite schemas, migrated at random: written anew they make the same catalog, and read back as the same model. */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ReadPorts } from '#engine/sql/read.ts';
import { roundTrip } from '#engine/sql/round-trip.ts';
import { writeDocument } from '#engine/sql/write.ts';
import { loadSqlite } from '../src/cli/sqlite.ts';
import { catalogDifference } from './catalog.ts';
import { SqliteInProcess } from './engines/sqlite-wasm.ts';
import { throughFile } from './fidelity/measure.ts';
import { runs } from './runs.ts';

let engine: SqliteInProcess;
let ports: ReadPorts;

beforeAll(async () => {
  const sqlite = await loadSqlite();
  ports = { sqlite };
  engine = new SqliteInProcess(sqlite);
});
afterAll(() => engine.close());

const NAMES = ['a', 'B', 'c d', 'order', 'é', 'x"y', "it's", 'rowid', '🙂', 'select'] as const;
const quotes: readonly ((name: string) => string)[] = [
  (name) => `"${name.replaceAll('"', '""')}"`,
  (name) => `\`${name}\``,
  (name) => `[${name}]`,
];
const quoted = (name: string) => fc.constantFrom(...quotes).map((quote) => quote(name));
const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: '' as const, freq: 2 });

const type = fc.constantFrom(
  '',
  'INT',
  'INTEGER',
  'varchar(20)',
  'NUMERIC (10, 2)',
  '"odd type"',
  'TEXT',
  'BLOB',
  'double precision',
);
const conflict = maybe(fc.constantFrom(' ON CONFLICT IGNORE', ' ON CONFLICT REPLACE', ' ON CONFLICT ABORT'));
const constant = fc.constantFrom('1', '-2.5', "'t''x'", 'NULL', 'CURRENT_DATE', '(1 + 2)', "x'0f'", 'true', "( lower('Q') )");
const expression = (column: string) =>
  fc.constantFrom(`${column} > 0`, `length(${column}) < 9`, `${column} IN (1, ')')`, `${column} /* why */ IS NOT NULL`);
const action = fc.constantFrom(
  '',
  ' ON DELETE CASCADE',
  ' ON UPDATE SET NULL',
  ' ON DELETE NO ACTION',
  ' ON DELETE RESTRICT ON UPDATE SET DEFAULT',
);
const deferral = fc.constantFrom('', ' DEFERRABLE', ' NOT DEFERRABLE', ' DEFERRABLE INITIALLY DEFERRED');

/** A column that is worked out has neither default nor key. */
function column(name: string): fc.Arbitrary<string> {
  return fc
    .tuple(
      quoted(name),
      type,
      fc.boolean(),
      conflict,
      maybe(constant),
      maybe(fc.constantFrom('NOCASE', 'rtrim')),
      conflict,
      expression(quotes[0]?.(name) ?? name),
      fc.nat(8),
    )
    .map(([said, typed, notNull, onNull, dflt, collation, onUnique, check, dice]) =>
      [
        said,
        typed,
        notNull ? `NOT NULL${onNull}` : '',
        dflt === '' ? '' : `DEFAULT ${dflt}`,
        collation === '' ? '' : `COLLATE ${collation}`,
        dice === 0 ? `UNIQUE${onUnique}` : '',
        dice === 1 ? `CHECK (${check})` : '',
        dice === 2 ? `CONSTRAINT "named ${name.replaceAll('"', '')}" CHECK (${check})` : '',
      ]
        .filter((one) => one !== '')
        .join(' '),
    );
}

const names = fc.uniqueArray(fc.constantFrom(...NAMES), { minLength: 2, maxLength: 6, selector: (one) => one.toLowerCase() });

/** Lines of a table after its columns: keys, and a foreign key to any table, which need not be there. */
function constraints(own: readonly string[], tables: readonly string[]): fc.Arbitrary<string[]> {
  const member = fc.constantFrom(...own).chain(quoted);
  const list = fc
    .uniqueArray(fc.constantFrom(...own), { minLength: 1, maxLength: 3 })
    .chain((some) => fc.tuple(...some.map(quoted)));
  const ordered = list.chain((some) =>
    fc.tuple(...some.map((one) => fc.constantFrom('', ' DESC', ' ASC').map((order) => one + order))),
  );
  const key = fc.tuple(ordered, conflict).map(([members, how]) => `PRIMARY KEY (${members.join(', ')})${how}`);
  const unique = fc.tuple(list, conflict).map(([members, how]) => `UNIQUE (${members.join(', ')})${how}`);
  const foreign = fc
    .tuple(member, fc.constantFrom(...tables, 'absent').chain(quoted), maybe(member), action, deferral)
    .map(
      ([from, to, column, how, when]) =>
        `FOREIGN KEY (${from}) REFERENCES ${to}${column === '' ? '' : ` (${column})`}${how}${when}`,
    );
  return fc.tuple(maybe(key), maybe(unique), maybe(foreign)).map((all) => all.filter((one) => one !== ''));
}

const TABLES = ['one', 'Two', 'the third'];

function table(name: string): fc.Arbitrary<{ sql: string; columns: readonly string[] }> {
  return names.chain((columns) =>
    fc
      .tuple(quoted(name), fc.tuple(...columns.map(column)), constraints(columns, TABLES), fc.constantFrom('', '', ' -- end'))
      .map(([said, lines, more, remark]) => ({
        columns,
        sql: `CREATE TABLE ${said} (\n  ${[...lines, ...more].join(',\n  ')}${remark}\n)`,
      })),
  );
}

/** Statements over tables that are there: an index, a view, a trigger, a change. */
function change(name: string, columns: readonly string[]): fc.Arbitrary<string> {
  const [it, first] = [quotes[0]?.(name) ?? name, quotes[0]?.(columns[0] ?? 'a') ?? 'a'];
  const other = fc.constantFrom(...columns).chain(quoted);
  return fc.oneof(
    fc
      .tuple(other, fc.boolean())
      .map(
        ([one, unique]) =>
          `CREATE ${unique ? 'UNIQUE ' : ''}INDEX "i ${name}" ON ${it} (${one} DESC, lower(${first}) COLLATE NOCASE)`,
      ),
    expression(first).map((where) => `CREATE INDEX "p ${name}" ON ${it} (${first}) WHERE ${where}`),
    other.map((one) => `CREATE VIEW "v ${name}" ("column") AS SELECT ${one} FROM ${it}`),
    other.map(
      (one) =>
        `CREATE TRIGGER "t ${name}" UPDATE OF ${one} ON ${it} WHEN new.${first} > 1 BEGIN UPDATE ${it} SET ${first} = ';'; END`,
    ),
    other.map((one) => `ALTER TABLE ${it} RENAME COLUMN ${one} TO "renamed of ${name}"`),
    other.map((one) => `ALTER TABLE ${it} DROP COLUMN ${one}`),
    type.map((typed) => `ALTER TABLE ${it} ADD COLUMN "added" ${typed} DEFAULT 7`),
    fc.constant(`ALTER TABLE ${it} RENAME TO "renamed ${name}"`),
    fc.constant(`DROP TABLE ${it}`),
  );
}

const schema = fc.tuple(...TABLES.map(table)).chain((tables) =>
  fc
    .array(
      fc.nat(TABLES.length - 1).chain((at) => change(TABLES[at] ?? 'one', tables[at]?.columns ?? [])),
      { maxLength: 6 },
    )
    .map((changes) => [...tables.map((one) => one.sql), ...changes]),
);

it('come back the same', async () => {
  let changed = 0;
  await fc.assert(
    fc.asyncProperty(schema, async (statements) => {
      await engine.reset();
      const refused = new Set((await engine.run(statements)).map(({ index }) => index));
      const accepted = statements.filter((_one, at) => !refused.has(at));
      changed += accepted.length > TABLES.length ? 1 : 0;
      await engine.reset();
      expect(await engine.run(accepted)).toEqual([]);
      const before = await engine.catalog();
      const { document, receipt } = throughFile({ name: 'random', sql: `${accepted.join(';\n')};` }, 'sqlite', ports);
      expect(receipt.counts.error).toBe(0);
      const written = writeDocument(document, { version: 3 });
      await engine.reset();
      expect(await engine.run(written.statements.map(({ sql }) => sql))).toEqual([]);
      expect(catalogDifference(before, await engine.catalog())).toEqual([]);
      expect(roundTrip(document, ports).differences).toEqual([]);
    }),
    runs(40_214, 150),
  );
  expect(changed).toBeGreaterThan(60);
}, 300_000);
