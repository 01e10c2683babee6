import { describe, expect, it } from 'vitest';
import { TYPE_LISTS } from '#engine/dialects/type-lists.ts';
import { emptyDocument } from '#model/create.ts';
import type { Dialect } from '#model/types.ts';
import { usualDefaults } from './default-text.ts';
import { completeType } from './type-completion.ts';
import { readType, typeText } from './type-text.ts';

const documentOf = (dialect: Dialect) => emptyDocument('x', undefined, dialect);
const read = (dialect: Dialect, text: string) => {
  const result = readType(documentOf(dialect), text);
  return result.ok ? result.value : result.problem.code;
};

describe('types of other databases', () => {
  it('are read as the model holds them: words after the arguments belong to the name', () => {
    expect(read('mysql', 'INT(11)  UNSIGNED')).toEqual({ type: { kind: 'builtin', name: 'int unsigned', args: ['11'] } });
    expect(read('mysql', "enum('a','b,c')")).toEqual({ type: { kind: 'builtin', name: 'enum', args: ["'a'", "'b,c'"] } });
    expect(read('mssql', 'nvarchar(max)')).toEqual({ type: { kind: 'builtin', name: 'nvarchar', args: ['max'] } });
    expect(read('oracle', 'timestamp(6) with time zone')).toEqual({
      type: { kind: 'builtin', name: 'timestamp with time zone', args: ['6'] },
    });
    expect(read('oracle', 'varchar2(40 char)')).toEqual({ type: { kind: 'builtin', name: 'varchar2', args: ['40 char'] } });
    expect(read('sqlite', 'VARCHAR(45)')).toEqual({ type: { kind: 'builtin', name: 'VARCHAR(45)' } });
    expect(read('sqlite', '')).toEqual({ type: { kind: 'builtin', name: '' } });
  });

  it('are written back as they were read', () => {
    for (const [dialect, text] of [
      ['mysql', 'int(11) unsigned'],
      ['mysql', 'decimal(10,2)'],
      ['oracle', 'timestamp(6) with local time zone'],
      ['mssql', 'varbinary(max)'],
      ['sqlite', 'DOUBLE PRECISION'],
    ] as const) {
      const result = readType(documentOf(dialect), text);
      expect(result.ok && typeText(documentOf(dialect), result.value.type), text).toBe(text);
    }
  });

  it('that nobody knows are taken with a question, and what is no type is refused', () => {
    expect(read('mysql', 'itn')).toMatchObject({ type: { name: 'itn' }, doubt: { suggestions: expect.arrayContaining(['int']) } });
    expect(read('mssql', 'jsonb')).toMatchObject({ doubt: { message: expect.stringContaining('SQL Server') } });
    expect(read('mysql', '')).toBe('type-empty');
    expect(read('mysql', 'int(')).toBe('type-args');
    expect(read('mysql', 'int; drop table x')).toBe('type-name');
  });

  it('are suggested by the database, with its usual defaults', () => {
    const offered = (dialect: Dialect, typed: string) => completeType(documentOf(dialect), typed).map((one) => one.text);
    expect(offered('mysql', 'big')).toEqual(['bigint', 'bigint unsigned']);
    expect(offered('mysql', '')[0]).toBe('int');
    expect(offered('mssql', 'nvarchar(50')).toContain('nvarchar(50');
    expect(offered('oracle', 'varchar')[0]).toBe('varchar2');
    expect(offered('mysql', 'jsonb')).toEqual([]);
    expect(offered('postgresql', 'jsonb')).toEqual(['jsonb']);
    expect(usualDefaults('datetime', 'mysql')).toEqual(['CURRENT_TIMESTAMP']);
    expect(usualDefaults('uniqueidentifier', 'mssql')).toContain('newid()');
    expect(usualDefaults('date', 'oracle')).toEqual(['SYSDATE']);
  });

  it('are each read without a question', () => {
    for (const [dialect, types] of Object.entries(TYPE_LISTS)) {
      for (const { name } of types ?? []) {
        const result = readType(documentOf(dialect as Dialect), name);
        expect(result.ok && result.value.doubt, `${dialect} ${name}`).toBeUndefined();
      }
      expect(new Set(types?.map((one) => one.name)).size).toBe(types?.length);
    }
  });
});
