import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renameCalls } from '#engine/sql/expressions.ts';
import { emptyDocument, emptyTable } from '#model/create.ts';
import type { Document, Table } from '#model/types.ts';
import { loadPgParser } from '#worker/pg-parser.ts';
import { renamedApart } from './paste-names.ts';
import { provideRenamer } from './rename.ts';

const number = { kind: 'builtin', name: 'integer' } as const;

function table(id: string, name: string, expression: string): Table {
  return {
    ...emptyTable(id, 'sch_public', name),
    columns: [{ id: `${id}_total`, name: 'total', type: number, nullable: false }],
    checks: [{ id: `${id}_check`, expression }],
  };
}

const holding = (...tables: readonly Table[]): Document => ({
  ...emptyDocument(),
  tables: Object.fromEntries(tables.map((one) => [one.id, one])),
});

const said = ({ tables }: Document) => Object.values(tables).map(({ name, checks }) => `${name}: ${checks[0]?.expression}`);

describe('tables that are pasted beside others of their names', () => {
  beforeAll(async () => {
    const parser = await loadPgParser();
    provideRenamer((document, ref, name) => {
      const renaming = renameCalls(document, parser, ref, name);
      return renaming.ok ? { ok: true, value: renaming.value.calls } : renaming;
    });
  });
  afterAll(() =>
    provideRenamer((_document, ref, name) => ({
      ok: true,
      value: [{ name: 'setTable', args: { id: ref.record, patch: { name } } }],
    })),
  );

  it('are called by their new name in their own checks', () => {
    const clip = holding(table('a', 'orders', 'orders.total > 0'));
    expect(said(renamedApart(clip, clip))).toEqual(['orders_copy: orders_copy.total > 0']);
  });

  it('keep their names, and stay the same document, where these are free', () => {
    const clip = holding(table('a', 'orders', 'orders.total > 0'));
    expect(renamedApart(clip, emptyDocument())).toBe(clip);
    const elsewhere: Document = {
      ...holding({ ...table('b', 'orders', 'true'), schema: 'sch_x' }),
      schemas: { ...emptyDocument().schemas, sch_x: { id: 'sch_x', name: 'x' } },
    };
    expect(renamedApart(clip, elsewhere)).toBe(clip);
  });

  it('take names that neither side has', () => {
    const target = holding(table('a', 'orders', 'true'), table('b', 'orders_copy', 'true'));
    expect(said(renamedApart(holding(table('a', 'orders', 'total > 1')), target))).toEqual(['orders_copy_2: total > 1']);
    const both = holding(table('a', 'orders', 'true'), table('b', 'orders_copy', 'orders_copy.total > 2'));
    expect(said(renamedApart(both, both)).sort()).toEqual(['orders_copy_2: true', 'orders_copy_copy: orders_copy_copy.total > 2']);
  });
});
