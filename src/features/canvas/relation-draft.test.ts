import { describe, expect, it } from 'vitest';
import { derivedIds } from '#lib/ids.ts';
import { runCommands } from '#model/commands/run.ts';
import { emptyDocument, emptyTable } from '#model/create.ts';
import { endsOf } from '#model/derive/ends.ts';
import type { Document, Table } from '#model/types.ts';
import { hindrance, propose, type RelationDraft, relationCalls, swap } from './relation-draft.ts';

function table(id: string, name: string, columns: readonly string[], keyed = true): Table {
  return {
    ...emptyTable(id, 'sch_public', name),
    columns: columns.map((one) => ({
      id: `${id}.${one}`,
      name: one,
      type: { kind: 'builtin', name: 'bigint' },
      nullable: one !== 'id',
    })),
    keys: keyed ? [{ id: `${id}.pk`, kind: 'primary', columns: [`${id}.id`] }] : [],
  };
}

const document: Document = {
  ...emptyDocument(),
  tables: {
    o: table('o', 'orders', ['id', 'buyer']),
    c: table('c', 'customers', ['id', 'email']),
    l: table('l', 'log', ['line'], false),
  },
};

function made(draft: RelationDraft): Document {
  const ran = runCommands(document, relationCalls(document, draft), derivedIds());
  if (!ran.ok) throw new Error(ran.problem.message);
  return ran.value.document;
}

const only = (one: Document) => {
  const [relationship] = Object.values(one.relationships);
  if (relationship === undefined) throw new Error('there is one');
  return relationship;
};

describe('propose', () => {
  it('takes a key for the parent and the other row for the child, whichever way it was drawn', () => {
    const wanted = { child: { table: 'o', column: 'o.buyer' }, parent: { table: 'c', column: 'c.id' }, column: 'o.buyer' };
    expect(propose(document, { table: 'o', column: 'o.buyer' }, { table: 'c', column: 'c.id' })).toMatchObject(wanted);
    expect(propose(document, { table: 'c', column: 'c.id' }, { table: 'o', column: 'o.buyer' })).toMatchObject(wanted);
  });

  it('asks for a new column where only a table was met', () => {
    const draft = propose(document, { table: 'o' }, { table: 'c' });
    expect(draft).toMatchObject({ child: { table: 'o' }, parent: { table: 'c' }, optional: false });
    expect(draft).not.toHaveProperty('column');
  });
});

describe('swap', () => {
  it('changes child and parent over and forgets the column', () => {
    const draft = swap(document, propose(document, { table: 'o', column: 'o.buyer' }, { table: 'c', column: 'c.id' }));
    expect(draft).toMatchObject({ child: { table: 'c' }, parent: { table: 'o' } });
    expect(draft).not.toHaveProperty('column');
  });
});

describe('relationCalls', () => {
  it('makes a foreign key of an existing column', () => {
    const after = made({
      ...propose(document, { table: 'o', column: 'o.buyer' }, { table: 'c', column: 'c.id' }),
      onDelete: 'cascade',
    });
    expect(only(after)).toMatchObject({
      child: 'o',
      parent: 'c',
      childColumns: ['o.buyer'],
      parentColumns: ['c.id'],
      onDelete: 'cascade',
    });
    expect(endsOf(after, only(after))).toMatchObject({ child: '0..n', parent: '0..1' });
  });

  it('makes the missing column, and a key for one to one', () => {
    const after = made({ ...propose(document, { table: 'o' }, { table: 'c' }), kind: 'one-to-one' });
    expect(after.tables['o']?.columns.map((one) => one.name)).toEqual(['id', 'buyer', 'customer_id']);
    expect(endsOf(after, only(after))).toMatchObject({ child: '0..1', parent: '1' });
  });

  it('makes an existing column unique and mandatory when that is said', () => {
    const draft = propose(document, { table: 'o', column: 'o.buyer' }, { table: 'c', column: 'c.id' });
    const after = made({ ...draft, kind: 'one-to-one', optional: false });
    expect(endsOf(after, only(after))).toMatchObject({ child: '0..1', parent: '1' });
  });

  it('puts a table between for many to many', () => {
    const after = made({ ...propose(document, { table: 'o' }, { table: 'c' }), kind: 'many-to-many' });
    expect(Object.values(after.tables)).toHaveLength(4);
    expect(Object.values(after.relationships)).toHaveLength(3);
  });
});

describe('hindrance', () => {
  it('says what a foreign key lacks', () => {
    expect(hindrance(document, propose(document, { table: 'o' }, { table: 'l' }))).toMatch(/log has no key/);
    expect(hindrance(document, propose(document, { table: 'o' }, { table: 'c' }))).toBeUndefined();
    const self = { ...propose(document, { table: 'o' }, { table: 'o' }), column: 'o.id' };
    expect(hindrance(document, self)).toMatch(/itself/);
  });
});
