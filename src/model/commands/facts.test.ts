import { describe, expect, it } from 'vitest';
import { derivedIds } from '#lib/ids.ts';
import type { ColumnFacts } from '../column-types.ts';
import { emptyDocument, emptyTable } from '../create.ts';
import type { Document } from '../types.ts';
import { columnFactsProblem, tableFactsProblem } from './facts.ts';
import type { CommandCall } from './registry.ts';
import { runCommands } from './run.ts';

const type = { kind: 'builtin', name: 'integer' } as const;

function shop(): Document {
  const table = (id: string) => ({
    ...emptyTable(id, 'sch_public', id),
    columns: ['a', 'b'].map((name) => ({ id: `${id}_${name}`, name, type, nullable: true })),
  });
  return { ...emptyDocument(), tables: { t: table('t'), u: table('u') } };
}

const ran = (document: Document, call: CommandCall) => runCommands(document, [call], derivedIds());

function does(document: Document, call: CommandCall): Document {
  const done = ran(document, call);
  if (!done.ok) throw new Error(done.problem.message);
  return done.value.document;
}

function refuses(document: Document, call: CommandCall): string {
  const done = ran(document, call);
  return done.ok ? 'done' : done.problem.message;
}

describe('facts', () => {
  it('of many tables and columns are said in one call, and forgotten', () => {
    const said = does(shop(), {
      name: 'setFacts',
      args: {
        tables: [
          { id: 't', facts: { rows: 5 }, columns: [{ id: 't_b', facts: { distinct: -1, source: 'orders.csv' } }] },
          { id: 'u', columns: [{ id: 'u_a', facts: { nullFraction: 0.5 } }] },
        ],
      },
    });
    expect(said.tables['t']?.facts).toEqual({ rows: 5 });
    expect(said.tables['t']?.columns.map((one) => one.facts)).toEqual([undefined, { distinct: -1, source: 'orders.csv' }]);
    expect(said.tables['u']?.columns[0]?.facts).toEqual({ nullFraction: 0.5 });
    const back = does(said, {
      name: 'setFacts',
      args: {
        tables: [
          { id: 't', facts: null, columns: [{ id: 't_b', facts: null }] },
          { id: 'u', columns: [{ id: 'u_a', facts: {} }] },
        ],
      },
    });
    expect(back).toEqual(shop());
  });

  it('of the rows of a materialized view are said like those of a table, and not of a plain one', () => {
    const view = { id: 'v', schema: 'sch_public', name: 'v', query: 'SELECT 1', indexes: [] };
    const document: Document = { ...shop(), views: { v: { ...view, materialized: true }, w: { ...view, id: 'w', name: 'w' } } };
    const set = (id: string, facts: { rows: number } | null): CommandCall => ({
      name: 'setFacts',
      args: { tables: [{ id, facts }] },
    });
    const said = does(document, set('v', { rows: 40 }));
    expect(said.views['v']?.facts).toEqual({ rows: 40 });
    expect(does(said, set('v', null))).toEqual(document);
    expect(refuses(document, set('w', { rows: 40 }))).toContain('w');
    expect(refuses(document, set('v', { rows: -1 }))).toContain('rows');
    const columns = [{ id: 'v_a', facts: { distinct: 2 } }];
    expect(refuses(document, { name: 'setFacts', args: { tables: [{ id: 'v', columns }] } })).toContain('v_a');
  });

  it('that are there already change nothing', () => {
    const args = { tables: [{ id: 't', facts: { rows: 5 }, columns: [{ id: 't_a', facts: { distinct: 2 } }] }] };
    const said = does(shop(), { name: 'setFacts', args });
    const again = ran(said, { name: 'setFacts', args });
    expect(again.ok && again.value.diff).toEqual([]);
  });

  it('that cannot be are refused with their place, and nothing changes', () => {
    const column = (facts: ColumnFacts): CommandCall => ({
      name: 'setFacts',
      args: { tables: [{ id: 't', facts: { rows: 1 }, columns: [{ id: 't_a', facts }] }] },
    });
    expect(refuses(shop(), column({ nullFraction: 1.5 }))).toBe('t.a: The share of NULL lies between 0 and 1.');
    expect(refuses(shop(), { name: 'setFacts', args: { tables: [{ id: 'x', facts: { rows: 1 } }] } })).toContain('x');
    expect(refuses(shop(), { name: 'setFacts', args: { tables: [{ id: 't', columns: [{ id: 'u_a', facts: null }] }] } })).toContain(
      'u_a',
    );
    expect(refuses(shop(), { name: 'setFacts', args: { tables: [{ id: 't', facts: { rows: -1 } }] } })).toContain('rows');
  });

  it('are numbers within their range', () => {
    const good: ColumnFacts[] = [
      {},
      { distinct: -1, nullFraction: 1, correlation: -1, averageWidth: 0 },
      { distinct: 1e12, common: [{ value: 'x', share: 0.9 }], nullFraction: 0.1 },
    ];
    expect(good.map(columnFactsProblem)).toEqual([undefined, undefined, undefined]);
    const bad: ColumnFacts[] = [
      { distinct: 0 },
      { distinct: -1.1 },
      { distinct: Number.NaN },
      { correlation: 2 },
      { averageWidth: -1 },
      { common: [{ value: 'x', share: 1.1 }] },
      { common: [{ value: 'x', share: 0.6 }], nullFraction: 0.5 },
    ];
    for (const facts of bad) expect(columnFactsProblem(facts), JSON.stringify(facts)).toBeDefined();
    expect(tableFactsProblem({ rows: 0, pages: 0, rowsPerDay: -5 })).toBeUndefined();
    for (const facts of [{ rows: Number.POSITIVE_INFINITY }, { pages: -1 }, { rowsPerDay: Number.NaN }])
      expect(tableFactsProblem(facts)).toBeDefined();
  });
});
