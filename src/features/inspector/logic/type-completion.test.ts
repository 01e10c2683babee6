import { describe, expect, it } from 'vitest';
import { shop } from '#test/inspected-shop.ts';
import { completeType } from './type-completion.ts';
import { readType } from './type-text.ts';

const document = shop();
const texts = (typed: string, schema?: string) => completeType(document, typed, schema).map((option) => option.text);

describe('completeType', () => {
  it('offers the usual types first when nothing is typed', () => {
    expect(texts('').slice(0, 5)).toEqual(['bigint', 'integer', 'text', 'varchar', 'boolean']);
  });

  it('puts beginnings before other matches, and finds aliases', () => {
    expect(texts('time')[0]).toBe('time');
    expect(texts('time')).toContain('timestamptz');
    expect(texts('int8')[0]).toBe('bigint');
    expect(texts('zone')).toContain('timestamptz');
  });

  it('keeps what follows the name', () => {
    expect(texts('varc(80)[]')).toContain('varchar(80)[]');
    expect(texts('big[]')[0]).toBe('bigint[]');
  });

  it('offers the types of the document, qualified where they live elsewhere', () => {
    expect(texts('order')).toContain('sales."Order Status"');
    expect(texts('order', 'sch_sales')).toContain('"Order Status"');
    const option = completeType(document, 'order', 'sch_sales')[0];
    expect(option).toMatchObject({ group: 'This document', note: 'enum: new, paid, sent, back …' });
  });

  it('offers nothing for what does not exist, and only what can be read', () => {
    expect(texts('qqq')).toEqual([]);
    for (const text of texts('', 'sch_sales')) expect(readType(document, text, 'sch_sales')).toMatchObject({ ok: true });
  });
});
