import { describe, expect, it } from 'vitest';
import { readSql } from '#engine/sql/read.ts';
import { roundTrip } from '#engine/sql/round-trip.ts';
import { writeDocument, writtenText } from '#engine/sql/write.ts';
import { KEPT, MSSQL_SNIPPETS } from './mssql-snippets.ts';

function read(text: string) {
  const result = readSql([{ name: 'snippet', text }], { dialect: 'mssql' }, {});
  if (!result.ok) throw new Error(result.problem.message);
  return result.value;
}

describe('one feature of T-SQL each', () => {
  it.each(MSSQL_SNIPPETS)('%s', (name, sql) => {
    const { document, receipt } = read(sql);
    const told = receipt.statements.filter(({ state }) => state === 'error' || (state === 'verbatim' && !KEPT.has(name)));
    expect(told.map(({ state, reason, start, end }) => `${state}: ${reason}: ${sql.slice(start, end)}`)).toEqual([]);
    const written = writeDocument(document, { version: 2022 });
    expect(written.unsupported).toEqual([]);
    const text = writtenText(written);
    const again = read(text);
    expect(roundTrip(document, {}).differences).toEqual([]);
    expect(again.receipt.counts.error).toBe(0);
    expect(writtenText(writeDocument(again.document, { version: 2022 }))).toBe(text);
  });

  it('are many', () => expect(MSSQL_SNIPPETS.length).toBeGreaterThanOrEqual(60));
});
