import { describe, expect, it } from 'vitest';
import type { Finding } from '#engine/finding.ts';
import type { WrittenStatement } from '#engine/sql/written.ts';
import { marksAt, marksOf } from './marks.ts';
import { Places } from './places.ts';
import { segmentsOf, textOf, typed } from './segments.ts';

const orders =
  '-- Who owes.\nCREATE TABLE orders (\n    id bigint,\n    total numeric,\n    CONSTRAINT positive CHECK (total > 0)\n);';
const at = (text: string) => ({ start: orders.indexOf(text), end: orders.indexOf(text) + text.length });
const STATEMENTS: readonly WrittenStatement[] = [
  {
    key: 't:create',
    collection: 'tables',
    record: 't',
    what: 'create',
    sql: orders,
    parts: [
      { id: 'c1', ...at('id bigint') },
      { id: 'c2', ...at('total numeric') },
      { id: 'ch', ...at('CONSTRAINT positive CHECK (total > 0)') },
    ],
  },
  {
    key: 't:index:i',
    collection: 'tables',
    record: 't',
    part: 'i',
    what: 'index',
    sql: 'CREATE INDEX i ON orders (total);',
    parts: [],
  },
];
const written = (one: WrittenStatement) => one.sql;
const segments = segmentsOf(STATEMENTS, written);
const text = textOf(segments);
const slice = (range: { start: number; end: number } | undefined) =>
  range === undefined ? undefined : text.slice(range.start, range.end);

const finding = (part: string | undefined, rule = 'r'): Finding => ({
  rule,
  severity: 'warning',
  at: [part === undefined ? { record: 't' } : { record: 't', part }],
  message: { what: 'What', why: 'Why', todo: 'Todo' },
  fixes: [],
});

describe('places', () => {
  const places = new Places(segments, STATEMENTS);

  it('find the part or object at an offset', () => {
    expect(places.refAt(text.indexOf('total numeric') + 2)).toEqual({ record: 't', part: 'c2' });
    expect(places.refAt(2)).toEqual({ record: 't' });
    expect(places.refAt(text.indexOf('CREATE INDEX'))).toEqual({ record: 't', part: 'i' });
  });

  it('find the text of a part or object', () => {
    expect(slice(places.rangeOf({ record: 't', part: 'c2' }))).toBe('total numeric');
    expect(slice(places.rangeOf({ record: 't', part: 'i' }))).toBe('CREATE INDEX i ON orders (total);');
    expect(slice(places.rangeOf({ record: 't' }))).toBe(orders);
    expect(places.rangeOf({ record: 'gone' })).toBeUndefined();
  });

  it('underline a name, a whole constraint, or the first line of code', () => {
    expect(slice(places.nameRangeOf({ record: 't', part: 'c2' }))).toBe('total');
    expect(slice(places.nameRangeOf({ record: 't', part: 'ch' }))).toBe('CONSTRAINT positive CHECK (total > 0)');
    expect(slice(places.nameRangeOf({ record: 't' }))).toBe('CREATE TABLE orders');
  });

  it('point at the word of a server’s error', () => {
    expect(slice(places.rangeIn('t:create', orders.indexOf('numeric')))).toBe('numeric');
    expect(slice(places.rangeIn('t:index:i', undefined))).toBe('CREATE INDEX i ON orders (total);');
  });

  it('find names in text that a person formatted', () => {
    const form = '-- total\ncreate table orders (id bigint, total NUMERIC, constraint positive check (total > 0));';
    const shown = segmentsOf(STATEMENTS, (one) => (one.key === 't:create' ? form : one.sql));
    const range = new Places(shown, STATEMENTS).nameRangeOf({ record: 't', part: 'c2' });
    expect(range?.start).toBe(form.indexOf('total NUMERIC'));
  });

  it('say nothing of a draft', () => {
    const drafted = new Places(typed(segments, { start: 20, end: 20, text: 'x' }), STATEMENTS);
    expect(drafted.rangeOf({ record: 't', part: 'c2' })).toBeUndefined();
    expect(drafted.refAt(25)).toBeUndefined();
    expect(drafted.rangeOf({ record: 't', part: 'i' })).toBeDefined();
  });
});

describe('marks', () => {
  const places = new Places(segments, STATEMENTS);
  const none = { findings: [], unsupported: [], version: 18, errors: [], problems: new Map() };

  it('stand in text order, and leave out what is waived or not in the text', () => {
    const marks = marksOf(
      { ...none, findings: [finding('c2'), finding(undefined), { ...finding('c1'), waivedBy: 'w' }, { ...finding('c1'), at: [] }] },
      places,
    );
    expect(marks.map(slice)).toEqual(['CREATE TABLE orders', 'total']);
    expect(marks[0]).toMatchObject({ title: 'What', body: ['Why', 'Todo'], source: 'r' });
  });

  it('say what the target cannot, PostgreSQL’s errors, and what is wrong in a draft', () => {
    const drafted = typed(segments, { start: 0, end: 0, text: 'x' });
    const marks = marksOf(
      {
        ...none,
        version: 14,
        unsupported: [{ record: 't', part: 'i', feature: 'nulls not distinct', since: 15, message: 'Not in 14' }],
        errors: [{ statement: 't:index:i', offset: 13, code: '42P01', message: 'no\nhint' }],
        problems: new Map([[0, [{ code: 'syntax', message: 'syntax error', start: 0, end: 1 }]]]),
      },
      new Places(drafted, STATEMENTS),
    );
    expect(marks.map(({ severity, title }) => [severity, title])).toEqual([
      ['error', 'syntax error'],
      ['warning', 'Not in 14'],
      ['error', 'no'],
    ]);
    expect(marks[1]?.body[0]).toContain('from version 15');
  });

  it('at an offset come worst first', () => {
    const marks = marksOf({ ...none, findings: [finding('c2', 'a'), { ...finding('c2', 'b'), severity: 'error' }] }, places);
    expect(marksAt(marks, text.indexOf('total numeric')).map((one) => one.source)).toEqual(['b', 'a']);
  });
});
