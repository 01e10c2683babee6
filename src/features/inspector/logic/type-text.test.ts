import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ColumnType } from '#model/column-types.ts';
import { shop } from '#test/inspected-shop.ts';
import { BUILTIN_TYPES, builtinType, EXTENSION_TYPES } from './builtin-types.ts';
import { readType, typeText } from './type-text.ts';

const document = shop();

function typeOf(text: string, schema?: string): ColumnType {
  const read = readType(document, text, schema);
  if (!read.ok) throw new Error(read.problem.message);
  expect(read.value.doubt).toBeUndefined();
  return read.value.type;
}

function problemOf(text: string): string {
  const read = readType(document, text);
  return read.ok ? 'no problem' : read.problem.message;
}

describe('readType', () => {
  it.each([
    ['bigint', { kind: 'builtin', name: 'bigint' }],
    ['  INT8 ', { kind: 'builtin', name: 'bigint' }],
    ['varchar(255)', { kind: 'builtin', name: 'varchar', args: ['255'] }],
    ['character varying (80)', { kind: 'builtin', name: 'varchar', args: ['80'] }],
    ['numeric(12, 2)', { kind: 'builtin', name: 'numeric', args: ['12', '2'] }],
    ['numeric(3,-2)', { kind: 'builtin', name: 'numeric', args: ['3', '-2'] }],
    ['double precision', { kind: 'builtin', name: 'double precision' }],
    ['timestamp with time zone', { kind: 'builtin', name: 'timestamptz' }],
    ['timestamp(3) without time zone', { kind: 'builtin', name: 'timestamp', args: ['3'] }],
    ['text[]', { kind: 'builtin', name: 'text', dims: 1 }],
    ['integer[3][]', { kind: 'builtin', name: 'integer', dims: 2 }],
    ['integer ARRAY', { kind: 'builtin', name: 'integer', dims: 1 }],
    ['integer ARRAY[4]', { kind: 'builtin', name: 'integer', dims: 1 }],
    ['interval day to second(3)', { kind: 'builtin', name: 'interval', args: ['day to second', '3'] }],
    ['pg_catalog.int4', { kind: 'builtin', name: 'integer' }],
    ['citext', { kind: 'other', name: 'citext' }],
    ['geometry(Point, 4326)', { kind: 'other', name: 'geometry', args: ['Point', '4326'] }],
    ['extensions.vector(1536)', { kind: 'other', schema: 'extensions', name: 'vector', args: ['1536'] }],
    ['"Odd Type"', { kind: 'other', name: 'Odd Type' }],
  ])('reads %s', (text, type) => {
    expect(typeOf(text)).toEqual(type);
  });

  it('finds the types of the document, those of the table’s schema first', () => {
    expect(typeOf('email')).toEqual({ kind: 'custom', type: 'typ_email' });
    expect(typeOf('email', 'sch_sales')).toEqual({ kind: 'custom', type: 'typ_email_sales' });
    expect(typeOf('public.email[]', 'sch_sales')).toEqual({ kind: 'custom', type: 'typ_email', dims: 1 });
    expect(typeOf('sales."Order Status"')).toEqual({ kind: 'custom', type: 'typ_status' });
    expect(typeOf('customers')).toEqual({ kind: 'custom', type: 'tbl_customers' });
  });

  it('takes PostgreSQL’s own type before one of the document with its name, unless that is quoted or qualified', () => {
    expect(typeOf('date')).toEqual({ kind: 'builtin', name: 'date' });
    expect(typeOf('"date"')).toEqual({ kind: 'custom', type: 'typ_date' });
    expect(typeOf('public.date')).toEqual({ kind: 'custom', type: 'typ_date' });
  });

  it('doubts a name that nobody knows, and guesses', () => {
    const read = readType(document, 'integr');
    expect(read.ok && read.value.doubt?.suggestions).toContain('integer');
    expect(read.ok && read.value.type).toEqual({ kind: 'other', name: 'integr' });
    expect(readType(document, 'xqzwk')).toMatchObject({ value: { doubt: { suggestions: [] } } });
    expect(readType(document, 'timestmp')).toMatchObject({
      value: { doubt: { suggestions: expect.arrayContaining(['timestamp']) } },
    });
  });

  it.each([
    ['', /needs a type/],
    ['varchar(', /not closed/],
    ['varchar()', /stands a value/],
    ['varchar(a)', /not a whole number/],
    ['numeric(1,2,3)', /two values/],
    ['text(255)', /use varchar/],
    ['bigint(20)', /use numeric/],
    ['text not null', /cannot stand after a type/],
    ['text default 1', /cannot stand after a type/],
    ['text[', /array is written/],
    ['email(3)', /takes nothing in parentheses/],
    ['a.b.c', /at most a schema/],
    ['(3)', /name was expected/],
    ['"open', /name was expected/],
    ['text; drop table x', /cannot stand after a type/],
  ])('refuses %j with a reason', (text, reason) => {
    expect(problemOf(text)).toMatch(reason);
  });

  it('never throws, whatever is typed', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[a-z" .()[\],0-9]*$/)), (text) => {
        readType(document, text);
      }),
      { seed: 7, numRuns: 2000 },
    );
  });
});

const dims = fc.constantFrom({}, { dims: 1 }, { dims: 2 });
const builtinArb = fc
  .tuple(fc.constantFrom(...BUILTIN_TYPES), fc.array(fc.integer({ min: 0, max: 99 }), { maxLength: 2 }), dims)
  .map(([type, args, more]): ColumnType => {
    const some = args.slice(0, type.args).map(String);
    return { kind: 'builtin', name: type.name, ...(some.length > 0 ? { args: some } : {}), ...more };
  });
const customArb = fc
  .tuple(fc.constantFrom('typ_email', 'typ_email_sales', 'typ_status', 'typ_date', 'tbl_orders'), dims)
  .map(([type, more]): ColumnType => ({ kind: 'custom', type, ...more }));
const otherArb = fc
  .tuple(fc.constantFrom('ext', 'My Schema'), fc.string({ minLength: 1, maxLength: 8 }), dims)
  .map(([schema, name, more]): ColumnType => ({ kind: 'other', schema, name, ...more }));

describe('typeText', () => {
  it('is read back to the same type, for a table of any schema', () => {
    fc.assert(
      fc.property(
        fc.oneof(builtinArb, customArb, otherArb),
        fc.constantFrom('sch_public', 'sch_sales', undefined),
        (type, schema) => {
          expect(typeOf(typeText(document, type, schema), schema)).toEqual(type);
        },
      ),
      { seed: 11, numRuns: 1500 },
    );
  });

  it('says what is missing', () => {
    expect(typeText(document, { kind: 'custom', type: 'typ_gone', dims: 1 })).toBe('(missing type)[]');
  });

  it('writes the usual names', () => {
    expect(typeText(document, { kind: 'builtin', name: 'interval', args: ['year to month'] })).toBe('interval year to month');
    expect(typeText(document, { kind: 'custom', type: 'typ_status' }, 'sch_sales')).toBe('"Order Status"');
    expect(typeText(document, { kind: 'custom', type: 'typ_status' }, 'sch_public')).toBe('sales."Order Status"');
  });
});

describe('the list of types', () => {
  it('names every spelling once', () => {
    const spellings = BUILTIN_TYPES.flatMap((type) => [type.name, ...(type.aliases ?? [])]);
    expect(new Set(spellings).size).toBe(spellings.length);
    for (const spelling of spellings) expect(spelling).toBe(spelling.toLowerCase());
    for (const { name } of EXTENSION_TYPES) expect(builtinType(name)).toBeUndefined();
  });
});
