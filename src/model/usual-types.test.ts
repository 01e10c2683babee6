import { describe, expect, it } from 'vitest';
import { emptyDocument } from './create.ts';
import type { Dialect } from './types.ts';
import { surrogateOf, USUAL, usualOf } from './usual-types.ts';

describe('a key that makes its own values', () => {
  it.each<[Dialect, string, object | undefined]>([
    ['postgresql', 'bigint', { mode: 'always' }],
    ['mysql', 'bigint', { mode: 'by default' }],
    ['mariadb', 'bigint', { mode: 'by default' }],
    // A whole number that is the key does so by itself.
    ['sqlite', 'INTEGER', undefined],
    ['mssql', 'bigint', { mode: 'always' }],
    ['oracle', 'number', { mode: 'always' }],
  ])('in %s is %s', (dialect, name, identity) => {
    const column = surrogateOf(USUAL[dialect], 'identity', 'c', 'id', 'always');
    expect(column.type).toMatchObject({ kind: 'builtin', name });
    expect(column.identity).toEqual(identity);
    expect(column.nullable).toBe(false);
  });

  it.each<[Dialect, string, string]>([
    ['postgresql', 'uuid', 'gen_random_uuid()'],
    ['mysql', 'char', '(uuid())'],
    ['mariadb', 'uuid', 'uuid()'],
    ['mssql', 'uniqueidentifier', 'newid()'],
    ['oracle', 'raw', 'SYS_GUID()'],
  ])('at random in %s is %s DEFAULT %s', (dialect, name, sql) => {
    const column = surrogateOf(usualOf(emptyDocument('d', undefined, dialect)), 'uuid', 'c', 'id');
    expect(column).toMatchObject({ type: { name }, default: { kind: 'expression', sql } });
    expect(column.identity).toBeUndefined();
  });
});
