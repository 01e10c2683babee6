import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isShorthand, readShorthand, readShorthands, type TypedColumn, writeShorthand } from './shorthand.ts';

function read(text: string): TypedColumn {
  const result = readShorthand(text);
  if (!result.ok) throw new Error(result.problem.message);
  return result.value;
}

describe('readShorthand', () => {
  it.each<[string, TypedColumn]>([
    ['email', { name: 'email' }],
    ['email text!', { name: 'email', type: 'text', nullable: false }],
    ['email text ?', { name: 'email', type: 'text', nullable: true }],
    ['email!', { name: 'email', nullable: false }],
    ['id bigint pk', { name: 'id', type: 'bigint', primary: true }],
    ['id pk', { name: 'id', primary: true }],
    ['total: numeric(12, 2) not null', { name: 'total', type: 'numeric(12, 2)', nullable: false }],
    ['at timestamp(3) with time zone = now()', { name: 'at', type: 'timestamp(3) with time zone', default: 'now()' }],
    ['tags text[] uq ix', { name: 'tags', type: 'text[]', unique: true, index: true }],
    ['customer_id -> customers', { name: 'customer_id', references: { path: ['customers'] } }],
    ['customer_id->customers', { name: 'customer_id', references: { path: ['customers'] } }],
    ['-> sales.customers.id!', { references: { path: ['sales', 'customers', 'id'] }, nullable: false }],
    [
      'c bigint! -> customers(id) cascade',
      { name: 'c', type: 'bigint', nullable: false, references: { path: ['customers'], column: 'id', onDelete: 'cascade' } },
    ],
    [
      'c bigint NOT NULL REFERENCES a.b (x) ON UPDATE CASCADE ON DELETE SET NULL',
      {
        name: 'c',
        type: 'bigint',
        nullable: false,
        references: { path: ['a', 'b'], column: 'x', onUpdate: 'cascade', onDelete: 'set null' },
      },
    ],
    ['-> orders! cascade', { references: { path: ['orders'], onDelete: 'cascade' }, nullable: false }],
    ['"Order Date" date', { name: 'Order Date', type: 'date' }],
    ['"a ""b"""', { name: 'a "b"' }],
    ["status enum(draft, 'on hold', sent)!", { name: 'status', values: ['draft', 'on hold', 'sent'], nullable: false }],
    ["s text default 'a, b' not null", { name: 's', type: 'text', default: "'a, b'", nullable: false }],
    ['n int default null', { name: 'n', type: 'int', default: 'null' }],
    ['id bigint generated always as identity primary key', { name: 'id', type: 'bigint', identity: 'always', primary: true }],
    ['x text -- why it is, here', { name: 'x', type: 'text', comment: 'why it is, here' }],
    ["x varchar(9) = upper('a') || 'b' unique", { name: 'x', type: 'varchar(9)', default: "upper('a') || 'b'", unique: true }],
    ['2fa-code text', { name: '2fa-code', type: 'text' }],
    ['größe numeric', { name: 'größe', type: 'numeric' }],
  ])('reads %s', (text, column) => {
    expect(read(text)).toEqual(column);
  });

  it.each([
    ['', /begins with its name/],
    ['! text', /begins with its name/],
    ['a text ->', /table that is referred to/],
    ['a text =', /stands the default/],
    ['a enum()', /stand its values/],
    ['a text! banana', /“banana” is not understood/],
    ['a -> b on delete maybe', /ON DELETE/],
    ['a -> b(x, y)', /refers to one column/],
  ])('says what is wrong with %s', (text, message) => {
    const result = readShorthand(text);
    expect(result.ok).toBe(false);
    if (!result.ok) expect(result.problem.message).toMatch(message);
  });

  it('reads several columns between commas, but not those in parentheses, quotes and comments', () => {
    const result = readShorthands("a, b numeric(1,2)!, c enum(x, y) = 'x,y' -- one, two");
    expect(result.ok && result.value.map((one) => one.name)).toEqual(['a', 'b', 'c']);
    expect(result.ok && result.value[2]?.comment).toBe('one, two');
  });

  it('knows a plain name', () => {
    expect(isShorthand('email')).toBe(false);
    expect(isShorthand('"Order Date"')).toBe(false);
    expect(isShorthand('email text')).toBe(true);
    expect(isShorthand('a, b')).toBe(true);
  });

  const word = fc.stringMatching(/^[a-z][a-z0-9_]{0,9}x$/);
  const name = fc.oneof(
    word,
    fc.string({ minLength: 1, maxLength: 12 }).filter((one) => one.trim() !== '' && !one.includes('\n')),
  );
  const action = fc.constantFrom('cascade', 'restrict', 'set null', 'set default', 'no action');
  const column = fc
    .record(
      {
        name,
        type: fc.constantFrom('text', 'varchar(20)', 'numeric(12, 2)', 'double precision', 'text[]', 'timestamp(3) with time zone'),
        nullable: fc.boolean(),
        primary: fc.constant(true),
        unique: fc.constant(true),
        index: fc.constant(true),
        identity: fc.constantFrom('always', 'by default'),
        default: fc.constantFrom('now()', "'a, b'", '1 + 2', "f('x', (1))", 'null'),
        references: fc.record(
          { path: fc.array(word, { minLength: 1, maxLength: 3 }), column: word, onDelete: action, onUpdate: action },
          { requiredKeys: ['path'] },
        ),
        comment: fc.stringMatching(/^[a-z][a-z ,'()]{0,20}z$/),
      },
      { requiredKeys: ['name'] },
    )
    .map((one) => one as TypedColumn);

  it('reads back what it writes', () => {
    fc.assert(
      fc.property(column, (one) => {
        expect(read(writeShorthand(one))).toEqual(one);
      }),
      { seed: 11, numRuns: 1000 },
    );
  });

  it('never throws, and loses no name', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), (text) => {
        const result = readShorthand(text);
        if (result.ok) expect(result.value.name !== undefined || result.value.references !== undefined).toBe(true);
        else expect(result.problem.message).not.toBe('');
      }),
      { seed: 12, numRuns: 2000 },
    );
  });
});
