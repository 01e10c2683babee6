import { describe, expect, it } from 'vitest';
import type { Column, ColumnType } from '#model/column-types.ts';
import { DEFAULT_VERSION, emptyDocument, emptyTable } from '#model/create.ts';
import type { Dialect, Document, Table } from '#model/types.ts';
import { validate } from '#model/validate.ts';
import { generatedDocument } from '#test/generated-document.ts';
import { shortened } from './names.ts';
import { planMove } from './plan.ts';

const DIALECTS: readonly Dialect[] = ['postgresql', 'mysql', 'mariadb', 'sqlite', 'mssql', 'oracle'];

function column(id: string, name: string, args: readonly string[] = [], more: Partial<Column> = {}): Column {
  const [typeName = name, ...rest] = args;
  const type: ColumnType =
    rest.length === 0 ? { kind: 'builtin', name: typeName } : { kind: 'builtin', name: typeName, args: rest };
  return { id: `col_${id}`, name, type, nullable: true, ...more };
}

function documentWith(dialect: Dialect, tables: readonly Partial<Table>[], more: Partial<Document> = {}): Document {
  const made = tables.map((table, at) => ({ ...emptyTable(`tbl_${at}`, 'sch_public', `t${at}`), ...table }));
  return {
    ...emptyDocument('shop', undefined, dialect),
    tables: Object.fromEntries(made.map((table) => [table.id, table])),
    ...more,
  };
}

const SHOP = documentWith(
  'mysql',
  [
    {
      name: 'Customer',
      columns: [
        column('id', 'Id', ['int unsigned'], { nullable: false, identity: { mode: 'by default' } }),
        column('mail', 'Mail', ['varchar', '100']),
        column('kind', 'Kind', ['enum', "'new'", "'old'"], { default: { kind: 'literal', sql: "'new'" } }),
        column('flag', 'Flag', ['tinyint', '1'], { default: { kind: 'literal', sql: "'1'" } }),
        column('seen', 'Seen', ['datetime'], { default: { kind: 'literal', sql: "'0000-00-00 00:00:00'" } }),
        column('touched', 'Touched', ['timestamp'], {
          default: { kind: 'expression', sql: 'CURRENT_TIMESTAMP' },
          onUpdate: 'CURRENT_TIMESTAMP',
        }),
      ],
      keys: [{ id: 'key_pk', kind: 'primary', columns: ['col_id'] }],
      indexes: [{ id: 'idx_mail', name: 'by_mail', elements: [{ column: 'col_mail', length: 10 }] }],
      parameters: [{ name: 'ENGINE', value: 'InnoDB' }],
    },
    {
      name: 'Orders',
      columns: [column('oid', 'Id', ['bigint']), column('cust', 'CustomerId', ['int unsigned'])],
      checks: [
        { id: 'chk_1', name: 'positive', expression: '`Id` > 0' },
        { id: 'chk_2', expression: 'JSON_SCHEMA_VALID(`Id`, 1)' },
      ],
      indexes: [{ id: 'idx_o', name: 'by_mail', elements: [{ column: 'col_cust' }] }],
    },
  ],
  {
    relationships: {
      rel_1: {
        id: 'rel_1',
        name: 'fk',
        child: 'tbl_1',
        parent: 'tbl_0',
        childColumns: ['col_cust'],
        parentColumns: ['col_id'],
        onDelete: 'cascade',
      },
    },
  },
);

const at = (document: Document, table: string, name: string) =>
  document.tables[table]?.columns.find((one) => one.id === `col_${name}`);

describe('a move', () => {
  it('to its own dialect is the identity, with nothing lost', () => {
    for (const dialect of DIALECTS) {
      const document = documentWith(dialect, [{ columns: [column('a', 'a', ['whatever'])] }]);
      const plan = planMove(document, dialect, DEFAULT_VERSION[dialect]);
      expect(plan.document).toBe(document);
      expect([plan.mappings, plan.losses]).toEqual([[], []]);
    }
  });

  it('gives the same plan each time, and leaves the source as it was', () => {
    const before = JSON.stringify(SHOP);
    for (const to of DIALECTS)
      expect(JSON.stringify(planMove(SHOP, to, DEFAULT_VERSION[to]))).toBe(JSON.stringify(planMove(SHOP, to, DEFAULT_VERSION[to])));
    expect(JSON.stringify(SHOP)).toBe(before);
  });

  it('gives a document that the model accepts, for each pair', () => {
    const generated = generatedDocument(30, 7);
    for (const to of DIALECTS) {
      expect(validate(planMove(SHOP, to, DEFAULT_VERSION[to]).document), to).toEqual([]);
      const plan = planMove(generated, to, DEFAULT_VERSION[to]);
      expect(validate(plan.document), to).toEqual([]);
    }
  });

  it('says what every type becomes, with places and choices', () => {
    const { mappings } = planMove(SHOP, 'postgresql', 18);
    const row = mappings.find(({ id }) => id === 'type:tinyint(1)');
    expect(row).toMatchObject({ from: 'tinyint(1)', to: 'boolean', verdict: 'faithful', count: 1, chosen: 'boolean' });
    expect(row?.where).toEqual([{ record: 'tbl_0', part: 'col_flag' }]);
    expect(row?.options?.map(({ id }) => id)).toEqual(['boolean', 'integer']);
  });

  it('follows choices, and takes no notice of unknown ones', () => {
    const choose = (choices: Record<string, string>) => planMove(SHOP, 'postgresql', 18, choices).document;
    expect(at(choose({ 'type:tinyint(1)': 'integer' }), 'tbl_0', 'flag')).toMatchObject({
      type: { name: 'smallint' },
      default: { sql: '1' },
    });
    expect(at(choose({ 'type:datetime': 'timestamptz' }), 'tbl_0', 'seen')?.type).toMatchObject({ name: 'timestamptz' });
    expect(at(choose({ 'name:case': 'fold' }), 'tbl_0', 'mail')?.name).toBe('mail');
    expect(choose({ "type:enum('new', 'old')": 'check' }).tables['tbl_0']?.checks.map(({ expression }) => expression)).toContain(
      `"Kind" IN ('new', 'old')`,
    );
    expect(JSON.stringify(choose({ 'type:tinyint(1)': 'nonsense', __proto__: 'x' }))).toBe(JSON.stringify(choose({})));
  });

  it('gives both ends of a foreign key one type', () => {
    const { document } = planMove(SHOP, 'postgresql', 18);
    expect(at(document, 'tbl_0', 'id')?.type).toEqual({ kind: 'builtin', name: 'bigint' });
    expect(at(document, 'tbl_1', 'cust')?.type).toEqual({ kind: 'builtin', name: 'bigint' });
  });

  it('makes enum types, booleans and touch triggers for PostgreSQL', () => {
    const { document } = planMove(SHOP, 'postgresql', 18);
    expect(Object.values(document.types)).toMatchObject([{ kind: 'enum', name: 'Customer_Kind', values: ['new', 'old'] }]);
    expect(at(document, 'tbl_0', 'flag')).toMatchObject({ type: { name: 'boolean' }, default: { sql: 'TRUE' } });
    expect(Object.values(document.triggers)).toMatchObject([{ on: 'tbl_0', timing: 'before', events: ['update'] }]);
    expect(document.tables['tbl_0']?.columns.some((one) => one.onUpdate !== undefined)).toBe(false);
  });

  it('tells zero dates and checks that it cannot say, with their text', () => {
    const { losses, document } = planMove(SHOP, 'postgresql', 18);
    expect(losses.map(({ mapping, sql }) => [mapping, sql])).toEqual([
      ['lost:value:zero-date', "'0000-00-00 00:00:00'"],
      ['lost:constraint:check', 'JSON_SCHEMA_VALID(`Id`, 1)'],
    ]);
    expect(document.tables['tbl_1']?.checks).toMatchObject([{ name: 'positive', expression: '"Id" > 0' }]);
  });

  it('names apart what the target keeps in one place', () => {
    const names = (to: Dialect) =>
      Object.values(planMove(SHOP, to, DEFAULT_VERSION[to]).document.tables).flatMap(({ indexes }) =>
        indexes.map(({ name }) => name),
      );
    expect(names('postgresql')).toEqual(['by_mail', 'Orders_by_mail']);
    expect(names('sqlite')).toEqual(['by_mail', 'Orders_by_mail']);
    expect(names('mssql')).toEqual(['by_mail', 'by_mail']);
    expect(names('oracle')).toEqual(['BY_MAIL', 'ORDERS_BY_MAIL']);
  });

  it('takes to Oracle what it has no words for as losses: ON UPDATE, but not ON DELETE CASCADE', () => {
    const updating = {
      ...SHOP,
      relationships: {
        rel_1: { ...(SHOP.relationships['rel_1'] as NonNullable<Document['relationships'][string]>), onUpdate: 'cascade' as const },
      },
    };
    const plan = planMove(updating, 'oracle', 23);
    expect(plan.document.relationships['rel_1']).toMatchObject({ onDelete: 'cascade' });
    expect(plan.document.relationships['rel_1']?.onUpdate).toBeUndefined();
    expect(plan.losses.some(({ mapping }) => mapping === 'lost:constraint:update-action')).toBe(true);
  });

  it('keeps MySQL and MariaDB nearly as they are', () => {
    const { document, losses } = planMove(SHOP, 'mariadb', 11);
    expect(losses).toEqual([]);
    expect(document.tables).toEqual(SHOP.tables);
  });
});

describe('long names', () => {
  it('are cut to what fits, the same each time and different for different ones', () => {
    const limit = { size: 20, unit: 'bytes' as const };
    const [a, b] = [shortened('a_name_that_is_far_too_long_1', limit), shortened('a_name_that_is_far_too_long_2', limit)];
    expect(a).toHaveLength(20);
    expect(a).toBe(shortened('a_name_that_is_far_too_long_1', limit));
    expect(a).not.toBe(b);
    expect(shortened('fits', limit)).toBe('fits');
    expect(new TextEncoder().encode(shortened('ä'.repeat(40), limit)).length).toBeLessThanOrEqual(20);
  });
});
