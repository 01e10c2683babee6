import { describe, expect, it } from 'vitest';
import { emptyDocument, emptyTable } from '#model/create.ts';
import type { Index } from '#model/table-parts.ts';
import type { Dialect, Table } from '#model/types.ts';
import { tableContext } from '../table-context.ts';
import { redundantIndexes } from './redundant.ts';

const column = (id: string, name = 'int') => ({ id, name: id, type: { kind: 'builtin' as const, name }, nullable: true });

function found(dialect: Dialect, indexes: readonly Index[], more: Partial<Table> = {}): string[] {
  const table: Table = {
    ...emptyTable('t', 'sch_public', 't'),
    columns: [column('id'), column('a'), column('b'), column('s', 'text'), column('d', 'date')],
    keys: [{ id: 'pk', kind: 'primary', columns: ['id'] }],
    indexes,
    ...more,
  };
  const document = { ...emptyDocument('d', undefined, dialect), tables: { t: table } };
  return redundantIndexes(tableContext(document, table)).map(({ access, by, kind }) => `${access.id} ${kind} ${by.id}`);
}

const on = (id: string, ...columns: string[]): Index => ({ id, elements: columns.map((one) => ({ column: one })) });

describe('redundant indexes of a table', () => {
  it('end with the primary key where the engine keeps them so', () => {
    const both = [on('short', 'a'), on('long', 'a', 'id')];
    expect(found('mysql', both)).toEqual(['long prefix short']);
    expect(found('mariadb', both)).toEqual(['long prefix short']);
    expect(found('postgresql', both)).toEqual(['short prefix long']);
    const parameters = [{ name: 'ENGINE', value: 'MyISAM' }];
    expect(found('mysql', both, { parameters })).toEqual(['short prefix long']);
  });

  it('hold leading characters of what others hold whole, never the other way round', () => {
    const short: Index = { id: 'short', elements: [{ column: 's', length: 9 }] };
    expect(found('mysql', [short, on('whole', 's', 'a')])).toEqual(['short prefix whole']);
    expect(found('mysql', [short, { id: 'longer', elements: [{ column: 's', length: 20 }] }])).toEqual(['short prefix longer']);
    const keys: Table['keys'] = [{ id: 'key', kind: 'unique', columns: ['s'], lengths: [9] }];
    expect(found('mysql', [on('whole', 's')], { keys })).toEqual([]);
    expect(found('mysql', [short], { keys })).toEqual(['short of-unique key']);
  });

  it('are not those of a key that is kept in another order', () => {
    const keys: Table['keys'] = [{ id: 'key', kind: 'unique', columns: ['a', 'b'], descending: [1] }];
    expect(found('mssql', [on('both', 'a', 'b')], { keys })).toEqual([]);
    const turned: Index = { id: 'turned', elements: [{ column: 'a', order: 'desc' }, { column: 'b' }] };
    expect(found('mssql', [turned], { keys })).toEqual(['turned of-unique key']);
  });

  it('are told by what their predicates mean, as far as the types of columns let that be known', () => {
    const pair = (first: string, second: string) => [
      { ...on('one', 'a'), where: first },
      { ...on('two', 'a'), where: second },
    ];
    expect(found('postgresql', pair('b IN (1, 2)', 'b = 2 OR b = 1'))).toEqual(['two duplicate one']);
    expect(found('postgresql', pair('b >= 1 AND b < 5', '(b < 5) AND NOT (b < 1)'))).toEqual(['two duplicate one']);
    expect(found('postgresql', pair("d > '2024-01-01' AND d > '2023-01-01'", "d > '2024-01-01'"))).toEqual(['two duplicate one']);
    // Which text comes first is for its collation to say.
    expect(found('postgresql', pair("s > 'b' AND s > 'a'", "s > 'b'"))).toEqual([]);
    expect(found('postgresql', pair('b > 1', 'b > 2'))).toEqual([]);
  });

  it('leave alone what is attached, clustered or the identity of rows', () => {
    for (const mark of [{ attachedTo: 'x' }, { clustered: true }, { replicaIdentity: true }])
      expect(found('postgresql', [on('one', 'a', 'b'), { ...on('two', 'a'), ...mark }])).toEqual([]);
    expect(found('postgresql', [on('one', 'a', 'b'), on('two', 'a')])).toEqual(['two prefix one']);
  });
});
