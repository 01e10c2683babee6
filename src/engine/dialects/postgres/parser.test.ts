import { beforeAll, describe, expect, it } from 'vitest';
import { loadPgParser } from '../../../cli/pg-parser.ts';
import type { PgParser } from '../../sql/parser-port.ts';

let parser: PgParser;
beforeAll(async () => {
  parser = await loadPgParser();
});

function locations(node: unknown, found: number[] = []): number[] {
  if (typeof node === 'object' && node !== null) {
    for (const [key, value] of Object.entries(node)) {
      if (key === 'location' && typeof value === 'number') found.push(value);
      else locations(value, found);
    }
  }
  return found;
}

describe('PostgreSQL parser', () => {
  it('gives UTF-16 offsets for text beyond ASCII', () => {
    const sql = `select 'é😀', "ж" + zz`;
    const parsed = parser.parse(sql);
    if (!parsed.ok) throw new Error(parsed.message);
    expect(locations(parsed.tree)).toContain(sql.indexOf('zz'));
    expect(locations(parsed.tree)).toContain(sql.indexOf('"ж"'));
    const tokens = parser.scan(sql);
    expect(tokens.map((token) => sql.slice(token.start, token.end))).toEqual(['select', "'é😀'", ',', '"ж"', '+', 'zz']);
    expect(tokens.map((token) => token.keyword)).toEqual(['reserved', 'none', 'none', 'none', 'none', 'none']);
  });

  it.each([
    ["select '😀é' from from", "select '😀é' from ".length],
    ['create table t (', 16],
    ['select \u0000', 7],
    ['select a\ud800b', 8],
    [`select ${'('.repeat(600)}`, 7 + 500],
  ])('refuses %j and says where', (sql, position) => {
    expect(parser.parse(sql)).toMatchObject({ ok: false, position, message: expect.stringMatching(/\w/) });
  });

  it('an empty text has no statements', () => {
    expect(parser.parse(' \n')).toMatchObject({ ok: true, tree: { stmts: [] } });
    expect(parser.scan("'")).toEqual([]);
  });

  it('converts statement lengths', () => {
    const parsed = parser.parse("select 'é'; select 'é'");
    if (!parsed.ok) throw new Error(parsed.message);
    expect(parsed.tree.stmts.map((one) => [one.stmt_location, one.stmt_len])).toEqual([
      [undefined, 10],
      [12, undefined],
    ]);
  });

  it('survives deep nesting and long expressions without brackets', () => {
    expect(parser.parse(`select ${'('.repeat(400)}1${')'.repeat(400)}`).ok).toBe(true);
    const long = parser.parse(`select ${'- '.repeat(100_000)}1`);
    expect(typeof long.ok).toBe('boolean');
    expect(parser.parse('select 1').ok).toBe(true);
  });
});
