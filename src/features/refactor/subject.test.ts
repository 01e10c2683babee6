import { beforeAll, describe, expect, it } from 'vitest';
import type { PgParser } from '#engine/sql/parser-port.ts';
import type { Document, Ref, Table } from '#model/types.ts';
import { parserForTests, readDdl } from '#test/read-ddl.ts';
import { canRefactor, columnsOfSelection, enumsOf, foldings, lookups, movableColumns, tablesOf, waysFrom } from './subject.ts';

let parser: PgParser;
let document: Document;
beforeAll(async () => {
  parser = await parserForTests();
  document = readDdl(
    parser,
    `CREATE TYPE mood AS ENUM ('ok'); CREATE TYPE other AS ENUM ('x');
     CREATE TABLE kinds (code text PRIMARY KEY);
     CREATE TABLE people (id bigint PRIMARY KEY, mood mood, kind text REFERENCES kinds (code), boss bigint REFERENCES people (id));
     CREATE TABLE details (id bigint PRIMARY KEY REFERENCES people (id), note text);
     CREATE TABLE lone (a text);`,
  );
});

const table = (name: string) => Object.values(document.tables).find((one) => one.name === name) as Table;
const at = (name: string, column?: string): Ref => {
  const part = table(name).columns.find((one) => one.name === column)?.id;
  return part === undefined ? { record: table(name).id } : { record: table(name).id, part };
};
const link = (child: string, parent: string): Ref => {
  const found = Object.values(document.relationships).find(
    (one) => one.child === table(child).id && one.parent === table(parent).id,
  );
  return { record: found?.id ?? '' };
};

describe('what a refactoring is about', () => {
  it('is the selected tables, the focused one first, and both ends of a relationship', () => {
    expect(tablesOf(document, [at('people'), at('lone', 'a')]).map((one) => one.name)).toEqual(['lone', 'people']);
    expect(tablesOf(document, [link('details', 'people')]).map((one) => one.name)).toEqual(['details', 'people']);
    expect(columnsOfSelection(document, [at('people', 'kind'), at('people', 'mood'), at('lone')], table('people'))).toEqual([
      at('people', 'mood').part,
      at('people', 'kind').part,
    ]);
  });

  it('folds what shares a key or has one child, the selected table first; never a table into itself', () => {
    expect(foldings(document, [at('details')]).map((one) => one.label)).toEqual(['Fold details into people']);
    expect(foldings(document, [at('kinds')]).map((one) => one.label)).toEqual(['Fold kinds into people']);
    expect(foldings(document, [link('people', 'people')])).toEqual([]);
    expect(foldings(document, [at('lone')])).toEqual([]);
  });

  it('moves along foreign keys to other tables what does not hold the rows together', () => {
    const ways = waysFrom(document, table('people'));
    expect(ways.map((one) => one.label).sort()).toEqual(['details (child, by id)', 'kinds (parent, by kind)']);
    const up = ways.find((one) => one.to === 'parent');
    const names = movableColumns(document, table('people'), up).map(
      (id) => table('people').columns.find((one) => one.id === id)?.name,
    );
    expect(names).toEqual(['mood', 'boss']);
  });

  it('finds the enum of a selected column, and the tables that are lookups', () => {
    expect(enumsOf(document, [at('people', 'mood')]).map((one) => one.name)).toEqual(['mood', 'other']);
    expect(
      enumsOf(document, [{ record: Object.values(document.types).find((one) => one.name === 'other')?.id ?? '' }])[0]?.name,
    ).toBe('other');
    expect(lookups(document, []).map((one) => one.name)).toEqual(['kinds']);
  });

  it('is offered where it can be done', () => {
    const can = (selection: readonly Ref[]) =>
      (['extract', 'inline', 'move', 'enumToLookup', 'lookupToEnum', 'surrogate', 'standard'] as const).filter((kind) =>
        canRefactor(document, { kind, selection }),
      );
    expect(can([])).toEqual(['enumToLookup', 'lookupToEnum', 'standard']);
    expect(can([at('lone')])).toEqual(['extract', 'enumToLookup', 'lookupToEnum', 'surrogate', 'standard']);
    expect(can([at('details')])).toEqual(['extract', 'inline', 'move', 'enumToLookup', 'lookupToEnum', 'surrogate', 'standard']);
  });
});
