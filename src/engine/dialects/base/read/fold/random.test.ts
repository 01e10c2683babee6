import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyDocument } from '#model/create.ts';
import type { Dialect } from '#model/types.ts';
import { validate } from '#model/validate.ts';
import { runs } from '#test/runs.ts';
import type { Ddl, DdlAction, DdlColumn, DdlConstraint, DdlName, DdlObjectKind } from '../ddl.ts';
import { GrammarReader } from '../grammar-reader.ts';

const DIALECTS: readonly Dialect[] = ['mysql', 'mariadb', 'sqlite', 'mssql', 'oracle'];
const HERE = { start: 0, end: 0 };

/** Few names, so that statements meet each other; some that objects have by nature. */
const word = fc.constantFrom('a', 'b', 'c', 'A', 'v', '__proto__', 'constructor');
const name: fc.Arbitrary<DdlName> = fc.oneof(
  { weight: 4, arbitrary: word.map((one) => ({ name: one })) },
  { weight: 1, arbitrary: fc.record({ schema: fc.constantFrom('s', 'main', 'a'), name: word }) },
);
const flag = fc.boolean();
const type = fc.oneof(
  fc.constantFrom('int', 'varchar').map((one) => ({ name: one })),
  word.map((one) => ({ name: one, custom: true })),
);
const expression = word.map((one) => `${one} > 0`);
const elements = fc.array(fc.oneof(fc.record({ column: word }), fc.record({ expression })), { minLength: 1, maxLength: 2 });
const columnNames = fc.uniqueArray(word, { minLength: 1, maxLength: 2, selector: (one) => one.toLowerCase() });
const keyElements = columnNames.map((list) => list.map((column) => ({ column })));
const index = fc.record({
  ...fixed({ ...HERE, kind: 'index' as const }),
  name: word,
  elements,
  where: expression,
});

function fixed<T extends object>(values: T): { [K in keyof T]: fc.Arbitrary<T[K]> } {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, fc.constant(value)])) as {
    [K in keyof T]: fc.Arbitrary<T[K]>;
  };
}

const constraint: fc.Arbitrary<DdlConstraint> = fc.oneof(
  fc.record({ ...fixed(HERE), kind: fc.constantFrom('primary', 'unique'), name: word, elements: keyElements }),
  fc
    .record({ ...fixed({ ...HERE, kind: 'foreign' as const }), name: word, columns: columnNames, parent: name, whole: flag })
    .map(({ whole, ...key }) => ({ ...key, parentColumns: whole ? [] : key.columns })),
  fc.record({ ...fixed({ ...HERE, kind: 'check' as const }), name: word, expression }),
  index,
);

const column: fc.Arbitrary<DdlColumn> = fc.record(
  { ...fixed(HERE), name: word, type, nullable: flag, constraints: fc.array(constraint, { maxLength: 1 }) },
  { requiredKeys: ['start', 'end', 'name', 'type'] },
);
const position = fc.oneof(
  fc.constant({ first: true as const }),
  word.map((after) => ({ after })),
);
const partitioning = fc.record({
  strategy: fc.constantFrom('range' as const, 'list' as const, 'hash' as const),
  elements: fc.array(fc.record({ column: word }), { minLength: 1, maxLength: 1 }),
});

const action: fc.Arbitrary<DdlAction> = fc.oneof(
  fc.record({ kind: fc.constant('add column' as const), column, position, ifNotExists: flag }),
  fc.record({ kind: fc.constant('add constraint' as const), constraint, ifNotExists: flag }),
  fc.record({ kind: fc.constant('change column' as const), name: word, column, position }),
  fc.record({ kind: fc.constant('alter column' as const), name: word, type, nullable: flag }),
  fc.record({ kind: fc.constant('drop column' as const), name: word, ifExists: flag }),
  fc.record({ kind: fc.constant('rename column' as const), from: word, to: word }),
  fc.record({ kind: fc.constant('rename table' as const), to: name }),
  fc.record({
    kind: fc.constant('drop constraint' as const),
    what: fc.constantFrom('primary', 'foreign', 'check', 'index', 'unique', 'any'),
    name: word,
  }),
  fc.record({ kind: fc.constant('alter constraint' as const), name: word, notEnforced: flag, sql: fc.constant('DISABLE a') }),
  fc.record({ kind: fc.constant('alter trigger' as const), name: word, enabled: flag }),
  fc.record({ kind: fc.constant('rename constraint' as const), from: word, to: word }),
  fc.record({ kind: fc.constant('set' as const), comment: word, partitioning: fc.option(partitioning) }),
  fc.constant({ kind: 'keep', sql: 'REBUILD' } as const),
);

const kinds: readonly DdlObjectKind[] = ['table', 'view', 'index', 'sequence', 'type', 'routine', 'trigger', 'schema', 'object'];
const kind = fc.constantFrom(...kinds);

const table: fc.Arbitrary<Ddl> = fc.record(
  {
    kind: fc.constant('table' as const),
    name,
    columns: fc.array(column, { maxLength: 4 }),
    constraints: fc.array(constraint, { maxLength: 3 }),
    orReplace: flag,
    like: name,
  },
  { requiredKeys: ['kind', 'name', 'columns', 'constraints'] },
);

const statement: fc.Arbitrary<Ddl> = fc.oneof(
  { weight: 3, arbitrary: table },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant('alter table' as const), name, actions: fc.array(action, { maxLength: 3 }) }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('create index' as const), table: name, index, replace: flag }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('view' as const), name, query: word, replace: flag }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('sequence' as const), name, options: fc.constant({}) }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('type' as const),
      name,
      replace: flag,
      definition: fc.record({ kind: fc.constant('domain' as const), base: type, notNull: flag }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('trigger' as const),
      name,
      on: name,
      timing: fc.constant('after' as const),
      events: fc.constant(['update' as const]),
      updateOf: columnNames,
      forEach: fc.constant('row' as const),
      body: fc.constant('BEGIN END'),
      replace: flag,
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('comment' as const), on: kind, name, part: word, comment: word }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('drop' as const), what: kind, names: fc.array(name, { maxLength: 2 }) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('rename' as const), what: kind, from: name, to: name, on: name }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('schema' as const), name: fc.constantFrom('s', 'a') }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('use' as const), schema: fc.constantFrom('s', 'a') }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('keep' as const), words: fc.constant('GRANT'), about: name, makes: name }),
  },
);

describe('statements in whatever order', () => {
  it.each(DIALECTS)('are folded into a valid document, each with an outcome: %s', (dialect) => {
    fc.assert(
      fc.property(fc.array(statement, { minLength: 1, maxLength: 14 }), (ddl) => {
        let next = 0;
        const reader = new GrammarReader(emptyDocument('random', undefined, dialect), dialect, {
          read: () => ({ ok: true, ddl: [ddl[next++] as Ddl] }),
        });
        const outcomes = ddl.map((_, at) => reader.statement(`statement ${at}`));
        const document = reader.finish();
        expect(validate(document)).toEqual([]);
        for (const { state, reason } of outcomes) {
          expect(['modelled', 'residue', 'verbatim', 'skipped', 'error']).toContain(state);
          // Whatever is not plainly modelled says why.
          if (state !== 'modelled') expect(reason).toBeTruthy();
        }
      }),
      runs(4711, 150),
    );
  });
});
