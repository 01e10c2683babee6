import { describe, expect, it } from 'vitest';
import { commentText, dollarQuoted, ident, isCommentText, literal, qualified, quoteIdent, quoteLiteral } from './quote.ts';
import { wordCategory } from './words.ts';

describe('quoteIdent', () => {
  it.each([
    ['orders', 'orders'],
    ['_x1$', '_x1$'],
    ['Orders', '"Orders"'],
    ['full name', '"full name"'],
    ['order', '"order"'],
    ['left', '"left"'],
    ['timestamp', '"timestamp"'],
    ['name', 'name'],
    ['1st', '"1st"'],
    ['a"b', '"a""b"'],
    ['größe', '"größe"'],
  ])('says %s as %s', (name, sql) => {
    expect(quoteIdent(name)).toEqual({ ok: true, value: sql });
  });

  it.each([
    ['', 'name-empty'],
    ['a\0b', 'text-nul'],
    ['a\ud800', 'text-surrogate'],
    ['\udc00', 'text-surrogate'],
  ])('refuses %j', (name, code) => {
    const quoted = quoteIdent(name);
    expect(quoted.ok).toBe(false);
    if (!quoted.ok) expect(quoted.problem.code).toBe(code);
  });

  it('writes something for names it refuses, without what PostgreSQL cannot hold', () => {
    expect(ident('')).toBe('"\uFFFD"');
    expect(ident('a\0\ud800b')).toBe('"a\uFFFD\uFFFDb"');
    expect(ident('😀')).toBe('"😀"');
  });

  it('joins paths', () => {
    expect(qualified('sales', 'Order')).toBe('sales."Order"');
    expect(qualified(undefined, 'order')).toBe('"order"');
  });
});

describe('literal', () => {
  it.each([
    ['', "''"],
    ["it's", "'it''s'"],
    ['a\\b', "E'a\\\\b'"],
    ["\\'", "E'\\\\'''"],
    ['line\nbreak', "'line\nbreak'"],
  ])('says %j as %s', (text, sql) => {
    expect(literal(text)).toBe(sql);
  });

  it('refuses what PostgreSQL cannot hold', () => {
    expect(quoteLiteral('a\0').ok).toBe(false);
    expect(quoteLiteral('a').ok).toBe(true);
  });
});

describe('dollarQuoted', () => {
  it.each([
    ['select 1', '$$select 1$$'],
    ['a $$ b', '$_$a $$ b$_$'],
    ['ends in $', '$_$ends in $$_$'],
    ['$_$ and $$', '$_1$$_$ and $$$_1$'],
  ])('finds a tag for %s', (body, sql) => {
    expect(dollarQuoted(body)).toBe(sql);
  });
});

describe('commentText', () => {
  it.each([
    ['-- as is', '-- as is'],
    ['/* a /* nested */ b */', '/* a /* nested */ b */'],
    ['/* never ends', '-- /* never ends'],
    ['plain', '-- plain'],
    ['two\nlines', '-- two\n-- lines'],
    ['-- one\nDROP TABLE t;', '-- -- one\n-- DROP TABLE t;'],
    ['/* a */ DROP TABLE t; /* b */', '-- /* a */ DROP TABLE t; /* b */'],
    ['-- carriage\rDROP TABLE t', '-- -- carriage\n-- DROP TABLE t'],
  ])('says %j as %j', (text, comment) => {
    expect(commentText(text)).toBe(comment);
    expect(isCommentText(comment)).toBe(true);
  });
});

describe('wordCategory', () => {
  it('knows the four kinds', () => {
    expect(wordCategory('SELECT')).toBe('reserved');
    expect(wordCategory('join')).toBe('typeFunc');
    expect(wordCategory('values')).toBe('colName');
    expect(wordCategory('name')).toBeUndefined();
    expect(wordCategory('orders')).toBeUndefined();
  });
});
