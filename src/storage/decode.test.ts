import { describe, expect, it } from 'vitest';
import { decode } from './decode.ts';

const SQL = 'CREATE TABLE "größe" (id int);\n';
const bytes = (text: string) => new TextEncoder().encode(text);

function utf16(text: string, little: boolean, mark: boolean): Uint8Array {
  const units = [...(mark ? '\ufeff' : ''), ...text].flatMap((char) => {
    const code = char.charCodeAt(0);
    return little ? [code & 255, code >> 8] : [code >> 8, code & 255];
  });
  return new Uint8Array(units);
}

const textOf = (data: Uint8Array) => {
  const decoded = decode(data);
  return decoded.ok ? decoded.value : decoded.problem;
};

describe('reading bytes as text', () => {
  it('reads UTF-8 with and without its mark', () => {
    expect(textOf(bytes(SQL))).toEqual({ text: SQL, encoding: 'UTF-8' });
    expect(textOf(bytes(`\ufeff${SQL}`))).toEqual({ text: SQL, encoding: 'UTF-8' });
  });

  it('reads UTF-16 in both orders, with and without its mark', () => {
    expect(textOf(utf16(SQL, true, true))).toEqual({ text: SQL, encoding: 'UTF-16 LE' });
    expect(textOf(utf16(SQL, false, true))).toEqual({ text: SQL, encoding: 'UTF-16 BE' });
    expect(textOf(utf16(SQL, true, false))).toEqual({ text: SQL, encoding: 'UTF-16 LE' });
    expect(textOf(utf16(SQL, false, false))).toEqual({ text: SQL, encoding: 'UTF-16 BE' });
  });

  it('reads what is no UTF-8 as Windows-1252', () => {
    const latin = new Uint8Array([...SQL].map((char) => char.charCodeAt(0)));
    expect(textOf(latin)).toEqual({ text: SQL, encoding: 'Windows-1252' });
  });

  it('refuses what is no text, saying what to do instead', () => {
    expect(textOf(new Uint8Array())).toMatchObject({ code: 'empty' });
    expect(textOf(bytes('PGDMP\u0001'))).toMatchObject({ code: 'pg-custom-dump', message: expect.stringContaining('pg_restore') });
    expect(textOf(bytes('SQLite format 3\0'))).toMatchObject({ code: 'sqlite-database' });
    expect(textOf(new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 1, 2]))).toMatchObject({ code: 'not-text' });
    expect(textOf(new Uint8Array(200).fill(1))).toEqual({ text: '\u0001'.repeat(200), encoding: 'UTF-8' });
    expect(textOf(new Uint8Array(200))).toMatchObject({ code: 'not-text' });
  });

  it('says where a NUL stands in a text', () => {
    const long = 'select 1;\n'.repeat(40);
    expect(textOf(bytes(`${long}ab\0c`))).toMatchObject({ code: 'nul', message: expect.stringContaining('line 41, column 3') });
  });
});
