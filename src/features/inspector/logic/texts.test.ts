import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editDistance, nearest } from '#lib/edit-distance.ts';
import { collationSql, readName, typedName } from '#lib/identifiers.ts';
import { column, shop } from '#test/inspected-shop.ts';
import { readDefault, usualDefaults } from './default-text.ts';
import { elementText, readElement } from './element-text.ts';
import { readOwnedBy } from './owned-by.ts';
import { parametersText, readParameters } from './parameters-text.ts';
import { sqlSpans } from './sql-spans.ts';

describe('readDefault', () => {
  it.each([
    ['0', 'literal'],
    ['-1.5e3', 'literal'],
    ["'new'", 'literal'],
    ["'it''s'::text", 'literal'],
    ["'{}'::text[]", 'literal'],
    ["E'\\n'", 'literal'],
    ['TRUE', 'literal'],
    ['null', 'null'],
    ['now()', 'expression'],
    ["nextval('s'::regclass)", 'expression'],
    ["'a' || 'b'", 'expression'],
    ['1 + 1', 'expression'],
    ['CURRENT_DATE', 'expression'],
  ])('takes %s as %s', (sql, kind) => {
    expect(readDefault(` ${sql} `)).toEqual({ kind, sql });
  });

  it('takes an empty text as no default', () => {
    expect(readDefault('  ')).toBeUndefined();
  });

  it('offers what suits the type', () => {
    expect(usualDefaults('timestamptz')).toContain('now()');
    expect(usualDefaults('uuid')).toContain('gen_random_uuid()');
    expect(usualDefaults('time')).toEqual(['CURRENT_TIME']);
    expect(usualDefaults('inet')).toEqual([]);
  });
});

describe('editDistance', () => {
  it('counts single edits and swaps of neighbours', () => {
    expect(editDistance('city', 'city', 3)).toBe(0);
    expect(editDistance('ctiy', 'city', 3)).toBe(1);
    expect(editDistance('integr', 'integer', 3)).toBe(1);
    expect(editDistance('', 'abc', 3)).toBe(3);
    expect(editDistance('abc', 'xyz', 2)).toBe(3);
  });

  it('is symmetric, and zero only for equal texts', () => {
    const word = fc.stringMatching(/^[abc]{0,7}$/);
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(editDistance(a, b, 9)).toBe(editDistance(b, a, 9));
        expect(editDistance(a, b, 9) === 0).toBe(a === b);
        expect(editDistance(a, b, 1)).toBe(Math.min(2, editDistance(a, b, 9)));
      }),
      { seed: 2, numRuns: 500 },
    );
  });

  it('names the nearest first', () => {
    expect(nearest('intger', ['text', 'integer', 'inter'])[0]).toBe('integer');
    expect(nearest('zzz', ['text', 'integer'])).toEqual([]);
  });
});

describe('names', () => {
  it('reads what typedName writes, whatever the name', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (name) => {
        const typed = typedName(name);
        expect(readName(typed, 0)).toMatchObject({ name, end: typed.length });
      }),
      { seed: 9, numRuns: 500 },
    );
  });

  it('folds bare names and keeps quoted ones', () => {
    expect(readName('Orders x', 0)).toMatchObject({ name: 'orders', typed: 'Orders', end: 6 });
    expect(readName('"Or""ders"', 0)).toMatchObject({ name: 'Or"ders', quoted: true });
    expect(readName('"open', 0)).toBeUndefined();
  });
});

describe('readElement', () => {
  const columns = [column('email'), column('Full Name')];
  const nameOf = (id: string) => columns.find((one) => one.id === id)?.name;

  it('reads columns with collation and operator class', () => {
    expect(readElement('email', columns, false)).toMatchObject({ value: { column: 'col_email' } });
    expect(readElement('"Full Name"', columns, false)).toMatchObject({ value: { column: 'col_Full Name' } });
    expect(readElement('email collate "C" text_pattern_ops', columns, false)).toMatchObject({
      value: { column: 'col_email', collation: '"C"', operatorClass: 'text_pattern_ops' },
    });
  });

  it('reads the rest as expressions, but not an unknown name', () => {
    expect(readElement('lower(email)', columns, false)).toEqual({ ok: true, value: { expression: 'lower(email)' } });
    expect(readElement("(data ->> 'a')", columns, false)).toMatchObject({ ok: true });
    expect(readElement('emial', columns, false)).toMatchObject({ ok: false });
    expect(readElement('', columns, false)).toMatchObject({ ok: false });
    expect(readElement('total', [], true)).toEqual({ ok: true, value: { columnName: 'total' } });
  });

  it('writes what it reads', () => {
    expect(elementText({ column: 'col_Full Name' }, nameOf)).toBe('"Full Name"');
    expect(elementText({ columnName: 'total' }, nameOf)).toBe('total');
    expect(elementText({ expression: 'a + b' }, nameOf)).toBe('a + b');
  });
});

describe('storage parameters', () => {
  it('read back as written', () => {
    const parameters = [
      { name: 'fillfactor', value: '70' },
      { name: 'toast.autovacuum_enabled', value: 'false' },
      { name: 'security_barrier', value: '' },
      { name: 'note', value: "'a, b'" },
    ];
    expect(readParameters(parametersText(parameters))).toEqual({ ok: true, value: parameters });
    expect(readParameters('')).toEqual({ ok: true, value: [] });
  });

  it('refuse nonsense and repetition', () => {
    expect(readParameters('= 3')).toMatchObject({ ok: false });
    expect(readParameters('a=1, a=2')).toMatchObject({ ok: false });
  });
});

describe('readOwnedBy', () => {
  const document = shop();
  it('finds a column by its table, with or without the schema', () => {
    expect(readOwnedBy(document, 'orders.order_id', 'sch_public')).toEqual({
      ok: true,
      value: { table: 'tbl_orders', column: 'col_order_id' },
    });
    expect(readOwnedBy(document, 'sales.orders.status', 'sch_public')).toMatchObject({ ok: true });
  });

  it.each(['orders', 'public.orders.status', 'orders.nope', 'a.b.c.d', 'orders.status x', ''])('refuses %j', (text) => {
    expect(readOwnedBy(document, text, 'sch_public')).toMatchObject({ ok: false });
  });
});

describe('sqlSpans', () => {
  it('colours words, strings and comments', () => {
    const kinds = sqlSpans("SELECT 'a''b', \"select\" -- all\nFROM t1 WHERE x::bigint > 1.5 AND $$ select $$ = ''").map((span) => [
      span.kind,
      span.text,
    ]);
    expect(kinds).toContainEqual(['keyword', 'SELECT']);
    expect(kinds).toContainEqual(['string', "'a''b'"]);
    expect(kinds).toContainEqual(['comment', '-- all']);
    expect(kinds).toContainEqual(['type', 'bigint']);
    expect(kinds).toContainEqual(['number', '1.5']);
    expect(kinds).toContainEqual(['string', '$$ select $$']);
    expect(kinds.filter(([kind, text]) => kind === 'keyword' && text === 'select')).toEqual([]);
  });

  it('loses nothing, whatever the text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[ab'"$\-*/ \n1.]*$/)), (sql) => {
        expect(
          sqlSpans(sql)
            .map((span) => span.text)
            .join(''),
        ).toBe(sql);
      }),
      { seed: 4, numRuns: 2000 },
    );
  });
});

describe('collationSql', () => {
  it('quotes what SQL would fold or not read, and leaves SQL alone', () => {
    for (const [typed, sql] of [
      ['C', '"C"'],
      ['"C"', '"C"'],
      [' ucs_basic ', 'ucs_basic'],
      ['en_US.utf8', '"en_US.utf8"'],
      ['de-x-icu', '"de-x-icu"'],
      ['pg_catalog.C', 'pg_catalog."C"'],
      ['own."nocase"', 'own."nocase"'],
      ['C"; DROP', '"C""; DROP"'],
      ['', null],
    ] as const) {
      expect(collationSql(typed), typed).toBe(sql);
    }
  });
});
