import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { derivedIds } from '#lib/ids.ts';
import type { ExtractShape } from '#model/commands/refactor/extract-table.ts';
import { runCommands } from '#model/commands/run.ts';
import { applyDiff, reverseDiff } from '#model/diff.ts';
import { serialize } from '#model/format/serialize.ts';
import { MAIN_DIAGRAM } from '#model/layout-types.ts';
import type { Document } from '#model/types.ts';
import { validate } from '#model/validate.ts';
import { documents } from '#test/arbitrary/document.ts';
import { TestDatabase } from '#test/pglite.ts';
import { parserForTests } from '#test/read-ddl.ts';
import { runs } from '#test/runs.ts';
import type { PgParser } from '../sql/parser-port.ts';
import { writeDocument } from '../sql/write.ts';
import { planRefactoring } from './plan.ts';
import type { Refactoring } from './types.ts';

let parser: PgParser;
let db: TestDatabase;
beforeAll(async () => {
  parser = await parserForTests();
  db = await TestDatabase.open();
});
afterAll(() => db.close());

type Dice = (n: number) => number;

/** Draws from a list of numbers that fast-check shrinks. */
function diceOf(numbers: readonly number[]): Dice {
  let at = 0;
  return (n) => (n <= 0 ? 0 : (numbers[at++ % numbers.length] ?? 0) % n);
}

function shapeOf(dice: Dice, columns: readonly string[]): ExtractShape {
  const kind = dice(3);
  if (kind === 0) return { kind: 'one-to-one' };
  if (kind === 1) return { kind: 'natural', key: columns.slice(0, 1) };
  return { kind: 'lookup', surrogate: dice(2) === 0 ? 'identity' : 'uuid', unique: dice(2) === 0 };
}

/** Not `lookupToEnum`: keys of random tables are numbers, which no enum can be. */
const KINDS = ['extract', 'inline', 'move', 'enumToLookup', 'surrogate', 'standard'] as const;

/** Some refactoring of the document, sensible more often than not. */
function asked(document: Document, kind: (typeof KINDS)[number], dice: Dice): Refactoring | undefined {
  const tables = Object.values(document.tables);
  const table = tables[dice(tables.length)];
  const links = Object.values(document.relationships).filter((one) => one.childColumns.length > 0);
  const link = links[dice(links.length)];
  if (table === undefined) return undefined;
  switch (kind) {
    case 'extract': {
      const columns = table.columns.filter(() => dice(2) === 0).map((column) => column.id);
      return { kind, table: table.id, columns, name: 'fresh', shape: shapeOf(dice, columns) };
    }
    case 'inline':
      return link === undefined ? undefined : { kind, relationship: link.id, end: dice(2) === 0 ? 'child' : 'parent' };
    case 'move': {
      if (link === undefined) return undefined;
      const to = dice(2) === 0 ? 'child' : 'parent';
      const from = document.tables[to === 'child' ? link.parent : link.child];
      return { kind, relationship: link.id, to, columns: from?.columns.filter(() => dice(2) === 0).map((one) => one.id) ?? [] };
    }
    case 'enumToLookup': {
      const enums = Object.values(document.types).filter((one) => one.kind === 'enum');
      const type = enums[dice(enums.length)];
      return type === undefined ? undefined : { kind, type: type.id, name: 'fresh' };
    }
    case 'surrogate':
      return { kind, table: table.id, key: dice(2) === 0 ? 'identity' : 'uuid', repoint: dice(2) === 0 };
    case 'standard':
      return {
        kind,
        tables: tables.map((one) => one.id),
        columns: [{ name: 'deleted_at', type: { kind: 'builtin', name: 'timestamptz' }, nullable: true }],
        uniqueWhileNull: 'deleted_at',
        touch: 'deleted_at',
      };
  }
}

const statements = (document: Document) => writeDocument(document, { version: 18 }).statements.map((one) => one.sql);

describe('refactorings of random models', () => {
  it.each(KINDS)(
    '%s: sound, taken back whole, and what PostgreSQL ran before it still runs',
    async (kind) => {
      let done = 0;
      await fc.assert(
        fc.asyncProperty(
          documents,
          fc.array(fc.nat({ max: 1000 }), { minLength: 12, maxLength: 12 }),
          async (document, numbers) => {
            const refactoring = asked(document, kind, diceOf(numbers));
            if (refactoring === undefined) return;
            const ids = derivedIds();
            const plan = planRefactoring(document, parser, refactoring, { ids, diagram: MAIN_DIAGRAM });
            if (!plan.ok) {
              expect(plan.problem.message).toMatch(/[.]$/);
              return;
            }
            done += 1;
            const { after, calls, consequences } = plan.value;
            expect(validate(after)).toEqual([]);
            const ran = runCommands(document, calls, ids);
            if (!ran.ok) throw new Error(ran.problem.message);
            expect(serialize(applyDiff(ran.value.document, reverseDiff(ran.value.diff)))).toBe(serialize(document));
            await db.reset();
            const before = await db.run(statements(document));
            await db.reset();
            const errors = await db.run(statements(after));
            const broken = consequences.some((one) => one.kind === 'breaks');
            if (before.length === 0 && !broken) expect(errors).toEqual([]);
          },
        ),
        { ...runs(20_261_123 + KINDS.indexOf(kind), 12), endOnFailure: true },
      );
      expect(done).toBeGreaterThan(0);
    },
    300_000,
  );
});
