import { describe, expect, it } from 'vitest';
import type { Finding } from '#engine/finding.ts';
import type { WrittenStatement } from '#engine/sql/written.ts';
import { type Mark, markBeside, marksAt, marksOf } from './marks.ts';
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

describe('stepping through marks', () => {
  const marks = [3, 9, 9, 20].map(
    (start, i): Mark => ({ start, end: start + 2, severity: 'info', title: `${i}`, body: [], source: 's' }),
  );
  const steps = (from: number, by: 1 | -1, count: number): number[] => {
    const seen: number[] = [];
    for (let at = from; seen.length < count; at = seen.at(-1) as number) seen.push(markBeside(marks, at, by)?.start ?? -1);
    return seen;
  };

  it('goes from place to place through the whole text, and round its ends', () => {
    expect(steps(0, 1, 4)).toEqual([3, 9, 20, 3]);
    expect(steps(21, -1, 4)).toEqual([20, 9, 3, 20]);
    expect(markBeside([], 0, 1)).toBeUndefined();
  });
});

describe('places of one text made out of those of the text before', () => {
  const other = (sql: string, key = 't:index:i'): WrittenStatement => ({ ...(STATEMENTS[1] as WrittenStatement), key, sql });
  const answers = (places: Places, length: number) => [
    ...['t', 'i', 'c1', 'c2', 'ch', 'x'].map((id) => places.rangeOf({ record: 't', part: id })),
    places.rangeOf({ record: 't' }),
    ...Array.from({ length }, (_, at) => places.refAt(at)),
  ];

  it('say what places made from nothing say', () => {
    const [table] = STATEMENTS as [WrittenStatement];
    const comment: WrittenStatement = {
      ...table,
      key: 't:comment',
      what: 'comment',
      sql: 'COMMENT ON TABLE orders IS 1;',
      parts: [],
    };
    const versions: (readonly WrittenStatement[])[] = [
      STATEMENTS,
      [table, other('CREATE INDEX i ON orders (total, id);')],
      [table],
      [comment],
      [comment, table],
      [table, other('CREATE INDEX x ON orders (id);', 't:index:x'), other('CREATE INDEX i ON orders (total);')],
      [],
      STATEMENTS,
    ];
    let places: Places | undefined;
    for (const statements of versions) {
      const shown = segmentsOf(statements, written);
      places = new Places(shown, statements, places);
      const length = textOf(shown).length;
      expect(answers(places, length)).toEqual(answers(new Places(shown, statements), length));
    }
  });
});
