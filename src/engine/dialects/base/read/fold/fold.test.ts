import { describe, expect, it } from 'vitest';
import { emptyDocument } from '#model/create.ts';
import type { Dialect, Document, Table } from '#model/types.ts';
import { validate } from '#model/validate.ts';
import type { Outcome } from '../../../postgres/read/outcome.ts';
import type { Ddl, DdlAction, DdlColumn, DdlConstraint } from '../ddl.ts';
import { GrammarReader } from '../grammar-reader.ts';

const HERE = { start: 0, end: 0 };

function column(name: string, more: Partial<DdlColumn> = {}): DdlColumn {
  return { ...HERE, name, type: { name: 'int' }, ...more };
}

function primary(...columns: string[]): DdlConstraint {
  return { ...HERE, kind: 'primary', elements: columns.map((one) => ({ column: one })) };
}

function foreign(name: string, child: string, parent: string): DdlConstraint {
  return { ...HERE, kind: 'foreign', name, columns: [child], parent: { name: parent }, parentColumns: ['id'] };
}

const check = (name: string, expression: string): DdlConstraint => ({ ...HERE, kind: 'check', name, expression });
const unique = (name: string, of: string): DdlConstraint => ({ ...HERE, kind: 'unique', name, elements: [{ column: of }] });
const index = (name: string, of: string) => ({ ...HERE, kind: 'index' as const, name, elements: [{ column: of }] });

const SHOP: readonly Ddl[] = [
  { kind: 'table', name: { name: 'customer' }, columns: [column('id'), column('mail')], constraints: [primary('id')] },
  {
    kind: 'table',
    name: { name: 'orders' },
    columns: [column('id'), column('customer_id'), column('total', { comment: 'in cents' })],
    constraints: [
      primary('id'),
      foreign('fk_customer', 'customer_id', 'customer'),
      check('positive', 'total > 0'),
      unique('uq_total', 'total'),
      index('by_customer', 'customer_id'),
    ],
  },
];

interface Folded {
  readonly document: Document;
  readonly outcomes: readonly Outcome[];
  readonly last: Outcome;
  table(name: string): Table | undefined;
}

/** Statements as if a grammar had read them, one text each. */
function folded(ddl: readonly Ddl[], dialect: Dialect = 'mssql'): Folded {
  let next = 0;
  const reader = new GrammarReader(emptyDocument('shop', undefined, dialect), dialect, {
    read: () => ({ ok: true, ddl: [ddl[next++] as Ddl] }),
  });
  const outcomes = ddl.map((_, at) => reader.statement(`statement ${at}`));
  const document = reader.finish();
  expect(validate(document)).toEqual([]);
  return {
    document,
    outcomes,
    last: outcomes.at(-1) as Outcome,
    table: (name) => Object.values(document.tables).find((one) => one.name === name),
  };
}

const altered = (actions: readonly DdlAction[], dialect?: Dialect) =>
  folded([...SHOP, { kind: 'alter table', name: { name: 'orders' }, actions }], dialect);

const names = (list: readonly { readonly name?: string | undefined }[] | undefined) => list?.map((one) => one.name);
const links = ({ document }: Folded) => Object.values(document.relationships);

describe('a table is folded', () => {
  it('with its keys, checks, indexes and foreign keys', () => {
    const at = folded(SHOP);
    const orders = at.table('orders');
    const id = (name: string) => orders?.columns.find((one) => one.name === name)?.id;
    expect(at.outcomes.map((one) => one.state)).toEqual(['modelled', 'modelled']);
    expect(orders?.keys).toMatchObject([
      { kind: 'primary', columns: [id('id')] },
      { kind: 'unique', name: 'uq_total', columns: [id('total')] },
    ]);
    expect(orders?.columns).toMatchObject([{ nullable: false }, { nullable: true }, { nullable: true, comment: 'in cents' }]);
    expect(orders?.checks).toMatchObject([{ name: 'positive', expression: 'total > 0' }]);
    expect(orders?.indexes).toMatchObject([{ name: 'by_customer', elements: [{ column: id('customer_id') }] }]);
    expect(links(at)).toMatchObject([{ name: 'fk_customer', child: orders?.id, parent: at.table('customer')?.id }]);
  });

  it('before the table that its foreign key names', () => {
    const at = folded(SHOP.toReversed());
    expect(links(at)).toMatchObject([{ child: at.table('orders')?.id, parent: at.table('customer')?.id }]);
  });

  it('once: a second definition is an error, with IF NOT EXISTS nothing, with OR REPLACE the one that holds', () => {
    const again = { ...(SHOP[0] as Ddl & { kind: 'table' }), columns: [column('other')], constraints: [] };
    expect(folded([...SHOP, again]).last).toMatchObject({ state: 'error' });
    expect(folded([...SHOP, { ...again, ifNotExists: true }]).last).toMatchObject({ state: 'skipped' });
    const at = folded([...SHOP, { ...again, orReplace: true }]);
    expect(at.last).toMatchObject({ state: 'modelled', object: 'table customer' });
    expect(names(at.table('customer')?.columns)).toEqual(['other']);
  });

  it('with the first of two columns of one name', () => {
    const at = folded([{ kind: 'table', name: { name: 't' }, columns: [column('a'), column('A')], constraints: [] }]);
    expect(names(at.table('t')?.columns)).toEqual(['a']);
    expect(at.last.reason).toContain('defined twice');
  });

  it('after another that it is like, without foreign keys', () => {
    const at = folded([...SHOP, { kind: 'table', name: { name: 'old' }, columns: [], constraints: [], like: { name: 'orders' } }]);
    expect(names(at.table('old')?.columns)).toEqual(['id', 'customer_id', 'total']);
    expect(names(at.table('old')?.indexes)).toEqual(['by_customer']);
    expect(links(at)).toHaveLength(1);
  });
});

describe('ALTER TABLE is folded', () => {
  it('adding a column, last, first and after another', () => {
    const add = (name: string, position?: { first: true } | { after: string }): DdlAction =>
      position === undefined
        ? { kind: 'add column', column: column(name) }
        : { kind: 'add column', column: column(name), position };
    const at = altered([add('last'), add('first', { first: true }), add('second', { after: 'first' })]);
    expect(names(at.table('orders')?.columns)).toEqual(['first', 'second', 'id', 'customer_id', 'total', 'last']);
    expect(at.last).toMatchObject({ state: 'modelled', object: 'table orders' });
  });

  it('adding a column that is there', () => {
    const action = { kind: 'add column', column: column('TOTAL') } as const;
    expect(altered([action]).last).toMatchObject({ state: 'residue', reason: 'table orders has a column TOTAL already' });
    expect(altered([{ ...action, ifNotExists: true }]).last).toMatchObject({ state: 'modelled' });
  });

  it('replacing a column: what the new definition does not say is gone, what holds it stays', () => {
    const at = altered([{ kind: 'change column', name: 'total', column: column('sum', { type: { name: 'bigint' } }) }]);
    const orders = at.table('orders');
    const sum = orders?.columns.at(-1);
    expect(sum).toMatchObject({ name: 'sum', type: { name: 'bigint' } });
    expect(sum?.comment).toBeUndefined();
    expect(orders?.keys[1]?.columns).toEqual([sum?.id]);
    expect(orders?.checks[0]?.expression).toBe('[sum] > 0');
    expect(at.last.part).toBe(sum?.id);
  });

  it('altering a column: only what is said changes', () => {
    const given = { kind: 'literal', sql: '0' } as const;
    const at = altered([
      { kind: 'alter column', name: 'total', nullable: false, default: given, defaultName: 'df_total', addResidue: 'SPARSE' },
    ]);
    expect(at.table('orders')?.columns[2]).toMatchObject({
      nullable: false,
      comment: 'in cents',
      default: given,
      defaultName: 'df_total',
      residue: ['SPARSE'],
    });
    expect(at.last.state).toBe('residue');
    const back = altered([
      { kind: 'alter column', name: 'total', default: given, defaultName: 'df_total', addResidue: 'SPARSE' },
      { kind: 'alter column', name: 'total', default: null, dropResidue: 'SPARSE' },
    ]).table('orders')?.columns[2];
    expect(back).not.toHaveProperty('default');
    expect(back).not.toHaveProperty('defaultName');
    expect(back).not.toHaveProperty('residue');
  });

  it('dropping a column with the keys, checks and foreign keys that hold it', () => {
    const at = altered([
      { kind: 'drop column', name: 'total' },
      { kind: 'drop column', name: 'customer_id' },
    ]);
    expect(at.table('orders')).toMatchObject({ keys: [{ kind: 'primary' }], checks: [], indexes: [] });
    expect(links(at)).toEqual([]);
    expect(altered([{ kind: 'drop column', name: 'gone' }]).last.state).toBe('residue');
    expect(altered([{ kind: 'drop column', name: 'gone', ifExists: true }]).last.state).toBe('modelled');
  });

  it('renaming a column, in checks as well, and not to a name that is taken', () => {
    const at = altered([{ kind: 'rename column', from: 'total', to: 'sum' }]);
    expect(names(at.table('orders')?.columns)).toEqual(['id', 'customer_id', 'sum']);
    expect(at.table('orders')?.checks[0]?.expression).toBe('[sum] > 0');
    const taken = altered([{ kind: 'rename column', from: 'total', to: 'id' }]);
    expect(taken.last).toMatchObject({ state: 'residue', reason: 'table orders has a column id already' });
    expect(names(taken.table('orders')?.columns)).toEqual(['id', 'customer_id', 'total']);
  });

  it('renaming the table, which foreign keys follow', () => {
    const at = folded([
      ...SHOP,
      { kind: 'alter table', name: { name: 'customer' }, actions: [{ kind: 'rename table', to: { name: 'client' } }] },
    ]);
    expect(links(at)[0]?.parent).toBe(at.table('client')?.id);
    expect(at.table('customer')).toBeUndefined();
    expect(altered([{ kind: 'rename table', to: { name: 'customer' } }]).last.state).toBe('error');
  });

  it.each<[DdlAction & { kind: 'drop constraint' }, (at: Folded) => unknown, unknown]>([
    [{ kind: 'drop constraint', what: 'primary' }, (at) => at.table('orders')?.keys.map((one) => one.kind), ['unique']],
    [{ kind: 'drop constraint', what: 'foreign', name: 'FK_customer' }, links, []],
    [{ kind: 'drop constraint', what: 'check', name: 'positive' }, (at) => at.table('orders')?.checks, []],
    [{ kind: 'drop constraint', what: 'index', name: 'by_customer' }, (at) => at.table('orders')?.indexes, []],
    [{ kind: 'drop constraint', what: 'any', name: 'uq_total' }, (at) => at.table('orders')?.keys.length, 1],
  ])('dropping %j', (action, of, expected) => {
    const at = altered([action]);
    expect(of(at)).toEqual(expected);
    expect(at.last.state).toBe('modelled');
  });

  it('dropping a constraint that is not there', () => {
    const gone = { kind: 'drop constraint', what: 'any', name: 'gone' } as const;
    expect(altered([gone]).last).toMatchObject({ state: 'residue', reason: 'table orders has no constraint gone' });
    expect(altered([{ ...gone, ifExists: true }]).last.state).toBe('modelled');
  });

  it('renaming constraints of every kind', () => {
    const at = altered([
      { kind: 'rename constraint', from: 'fk_customer', to: 'fk' },
      { kind: 'rename constraint', from: 'positive', to: 'ck' },
      { kind: 'rename constraint', from: 'uq_total', to: 'uq' },
      { kind: 'rename constraint', from: 'by_customer', to: 'ix' },
    ]);
    expect(names(links(at))).toEqual(['fk']);
    const { checks, keys, indexes } = at.table('orders') as Table;
    expect([names(checks), names(keys), names(indexes)]).toEqual([['ck'], [undefined, 'uq'], ['ix']]);
  });

  it('switching constraints off: one, and all', () => {
    const one = altered([{ kind: 'alter constraint', name: 'positive', notEnforced: true }]);
    expect(one.table('orders')?.checks[0]?.notEnforced).toBe(true);
    expect(links(one)[0]?.notEnforced).toBeUndefined();
    const all = altered([{ kind: 'alter constraint', notEnforced: true }]);
    expect(links(all)[0]?.notEnforced).toBe(true);
    const key = altered([{ kind: 'alter constraint', name: 'uq_total', notEnforced: true, sql: 'DISABLE CONSTRAINT uq_total' }]);
    expect(Object.values(key.document.verbatim)).toMatchObject([
      { sql: 'ALTER TABLE [orders] DISABLE CONSTRAINT uq_total', about: key.table('orders')?.id },
    ]);
  });

  it('setting options, each in place of the one of its name', () => {
    const set = (value: string, more: object = {}) => ({ kind: 'set' as const, parameters: [{ name: 'ENGINE', value }], ...more });
    const at = altered([set('InnoDB'), set('Memory', { comment: 'of people', tablespace: 'fast' })], 'mysql');
    expect(at.table('orders')).toMatchObject({
      parameters: [{ name: 'ENGINE', value: 'Memory' }],
      comment: 'of people',
      tablespace: 'fast',
    });
    const gone = altered([set('InnoDB', { comment: 'x' }), { kind: 'set', dropParameters: ['ENGINE'], comment: '' }], 'mysql');
    expect(gone.table('orders')).not.toHaveProperty('parameters');
    expect(gone.table('orders')).not.toHaveProperty('comment');
  });

  it('keeping what has no field, and telling what is for no model', () => {
    const kept = altered([{ kind: 'keep', sql: 'REBUILD' }]);
    expect(kept.last.state).toBe('residue');
    expect(Object.values(kept.document.verbatim)).toMatchObject([{ sql: 'ALTER TABLE [orders] REBUILD' }]);
    expect(altered([{ kind: 'nothing', reason: 'it rebuilds' }]).last).toMatchObject({ state: 'skipped', reason: 'it rebuilds' });
  });

  it('of a table that is not there', () => {
    const gone: Ddl = { kind: 'alter table', name: { name: 'gone' }, actions: [{ kind: 'keep', sql: 'REBUILD' }] };
    expect(folded([gone]).last.state).toBe('error');
    expect(folded([{ ...gone, ifExists: true }]).last.state).toBe('skipped');
  });
});

describe('other statements are folded', () => {
  const VIEW: Ddl = { kind: 'view', name: { name: 'big' }, query: 'SELECT id FROM orders' };

  it('an index, once; on a view as text; before its table in the end', () => {
    const made: Ddl = { kind: 'create index', table: { name: 'orders' }, index: index('ix', 'total') };
    expect(names(folded([...SHOP, made]).table('orders')?.indexes)).toEqual(['by_customer', 'ix']);
    expect(folded([...SHOP, made, made]).last.state).toBe('error');
    expect(folded([...SHOP, made, { ...made, ifNotExists: true }]).last.state).toBe('skipped');
    expect(folded([...SHOP, made, { ...made, replace: true }]).last.state).toBe('modelled');
    const on = folded([...SHOP, VIEW, { ...made, table: { name: 'big' } }]);
    expect(on.last).toMatchObject({ state: 'verbatim', reason: 'an index on a view: kept as text' });
    const early = folded([made, ...SHOP]);
    expect(names(early.table('orders')?.indexes)).toContain('ix');
    expect(early.outcomes[0]).toMatchObject({ state: 'modelled' });
    expect(early.outcomes[0]?.reason).toContain('stands before what it is about');
    expect(folded([made]).last.state).toBe('error');
  });

  it('comments on a table, a column and a constraint, and their end', () => {
    const on = (kind: 'table' | 'column' | 'constraint', part?: string, comment?: string): Ddl => ({
      kind: 'comment',
      on: kind,
      name: { name: 'orders' },
      ...(part === undefined ? {} : { part }),
      ...(comment === undefined ? {} : { comment }),
    });
    const at = folded([...SHOP, on('table', undefined, 'a'), on('column', 'id', 'b'), on('constraint', 'positive', 'c')]);
    expect(at.table('orders')).toMatchObject({ comment: 'a', columns: [{ comment: 'b' }, {}, {}], checks: [{ comment: 'c' }] });
    const end = folded([...SHOP, on('table', undefined, 'a'), on('table'), on('column', 'total')]);
    expect(end.table('orders')).not.toHaveProperty('comment');
    expect(end.table('orders')?.columns[2]).not.toHaveProperty('comment');
    expect(folded([...SHOP, on('column', 'gone', 'x')]).last.state).toBe('error');
  });

  it('dropping a table with what stands on it, and what is not there', () => {
    const at = folded([...SHOP, { kind: 'drop', what: 'table', names: [{ name: 'customer' }] }]);
    expect(names(Object.values(at.document.tables))).toEqual(['orders']);
    expect(links(at)).toEqual([]);
    expect(at.last).toMatchObject({ state: 'modelled', object: 'table customer' });
    expect(folded([{ kind: 'drop', what: 'table', names: [{ name: 'gone' }], ifExists: true }]).last).toMatchObject({
      state: 'skipped',
      reason: 'it is not in the text, so IF EXISTS does nothing',
    });
  });

  it('dropping an index by its table and by its schema', () => {
    const drop: Ddl = { kind: 'drop', what: 'index', names: [{ name: 'BY_customer' }] };
    expect(folded([...SHOP, drop]).table('orders')?.indexes).toEqual([]);
    expect(folded([...SHOP, { ...drop, on: { name: 'orders' } }]).table('orders')?.indexes).toEqual([]);
    expect(folded([...SHOP, { ...drop, on: { name: 'customer' } }]).last.state).toBe('skipped');
  });

  it('renaming whatever has a name', () => {
    const rename = (what: 'table' | 'column' | 'index' | 'object', from: string, on?: string): Ddl => ({
      kind: 'rename',
      what,
      from: { name: from },
      to: { name: 'new' },
      ...(on === undefined ? {} : { on: { name: on } }),
    });
    expect(folded([...SHOP, rename('table', 'orders')]).table('new')).toBeDefined();
    expect(names(folded([...SHOP, rename('column', 'total', 'orders')]).table('orders')?.columns)).toContain('new');
    expect(names(folded([...SHOP, rename('index', 'by_customer', 'orders')]).table('orders')?.indexes)).toEqual(['new']);
    expect(names(folded([...SHOP, rename('object', 'positive')]).table('orders')?.checks)).toEqual(['new']);
    expect(names(links(folded([...SHOP, rename('object', 'fk_customer')])))).toEqual(['new']);
    expect(folded([...SHOP, rename('object', 'gone')]).last.state).toBe('error');
  });

  it('a view a second time: an error, nothing, or in place of the first', () => {
    const other = { ...VIEW, query: 'SELECT 1' };
    expect(folded([...SHOP, VIEW, other]).last.state).toBe('error');
    expect(folded([...SHOP, VIEW, { ...other, ifNotExists: true }]).last.state).toBe('skipped');
    const at = folded([...SHOP, VIEW, { ...other, replace: true }]);
    expect(Object.values(at.document.views)).toMatchObject([{ query: 'SELECT 1' }]);
  });
});
