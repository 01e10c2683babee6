import { describe, expect, it } from 'vitest';
import { emptyDocument, emptyTable } from '#model/create.ts';
import type { Dialect, Document, Relationship, Table } from '#model/types.ts';
import { checkDocument } from './check.ts';

const LONG = 'a'.repeat(64);

/** Two tables with a foreign key without an index, a name of 64 letters, and a column of a reserved word in capitals. */
function shop(dialect: Dialect): Document {
  const parent: Table = {
    ...emptyTable('p', 'sch_public', 'Order'),
    columns: [{ id: 'p.id', name: 'id', type: { kind: 'builtin', name: 'int' }, nullable: false }],
    keys: [{ id: 'p.pk', kind: 'primary', columns: ['p.id'] }],
  };
  const child: Table = {
    ...emptyTable('c', 'sch_public', LONG),
    columns: [
      { id: 'c.id', name: 'id', type: { kind: 'builtin', name: 'int' }, nullable: false },
      { id: 'c.p', name: 'order_id', type: { kind: 'builtin', name: 'int' }, nullable: false },
    ],
    keys: [{ id: 'c.pk', kind: 'primary', columns: ['c.id'] }],
  };
  const link: Relationship = { id: 'r', child: 'c', parent: 'p', childColumns: ['c.p'], parentColumns: ['p.id'] };
  return { ...emptyDocument('shop', undefined, dialect), tables: { p: parent, c: child }, relationships: { r: link } };
}

const rules = (dialect: Dialect) => new Set(checkDocument(shop(dialect)).map((one) => one.rule));

describe('rules of one database are not said of another', () => {
  it.each<[Dialect, boolean]>([
    ['postgresql', true],
    ['sqlite', true],
    ['mssql', true],
    ['oracle', true],
    // InnoDB makes the index of a foreign key itself.
    ['mysql', false],
    ['mariadb', false],
  ])('fk-index-missing in %s: %s', (dialect, said) => {
    expect(rules(dialect).has('fk-index-missing')).toBe(said);
  });

  it.each<[Dialect, boolean]>([
    ['postgresql', true],
    ['mysql', false],
    ['sqlite', false],
    ['oracle', false],
  ])('64 letters are too long in %s: %s', (dialect, said) => {
    expect(rules(dialect).has('name-too-long')).toBe(said);
  });

  it('capitals need quotes in PostgreSQL alone', () => {
    expect(rules('postgresql').has('name-needs-quoting')).toBe(true);
    expect(rules('mysql').has('name-needs-quoting')).toBe(false);
  });

  it('a document that changes its dialect is looked at anew', () => {
    const other = checkDocument({ ...shop('postgresql'), settings: shop('mysql').settings });
    expect(other.map((one) => one.rule)).toEqual(checkDocument(shop('mysql')).map((one) => one.rule));
  });
});
