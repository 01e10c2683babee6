import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NODE } from '#model/derive/geometry.ts';
import { runs } from '#test/runs.ts';
import { judgeFar, type Load, MOST_NODES, MOST_ROWS, rowsIn } from './mode.ts';

const load = fc.record({ nodes: fc.nat(120), rows: fc.nat(900) });

function atMost(a: Load, b: Load): boolean {
  return a.nodes <= b.nodes && a.rows <= b.rows;
}

describe('judgeFar', () => {
  it('leaves a fitted diagram of two dozen tables on the page, however long they are', () => {
    for (const rows of [0, 300, 900]) expect(judgeFar(false, { nodes: 20, rows })).toBe(false);
    expect(judgeFar(true, { nodes: 20, rows: 900 })).toBe(false);
  });

  it('turns to the far view above sixty nodes, or with too many rows on many nodes', () => {
    expect(judgeFar(false, { nodes: MOST_NODES, rows: 0 })).toBe(false);
    expect(judgeFar(false, { nodes: MOST_NODES + 1, rows: 0 })).toBe(true);
    expect(judgeFar(false, { nodes: 30, rows: MOST_ROWS })).toBe(false);
    expect(judgeFar(false, { nodes: 30, rows: MOST_ROWS + 1 })).toBe(true);
  });

  it('never flickers: what it turns to stays when nothing changes, and more never brings it back to the page', () => {
    fc.assert(
      fc.property(fc.boolean(), load, load, (far, one, other) => {
        const turned = judgeFar(far, one);
        expect(judgeFar(turned, one)).toBe(turned);
        if (turned && atMost(one, other)) expect(judgeFar(true, other)).toBe(true);
        if (!turned && atMost(other, one)) expect(judgeFar(false, other)).toBe(false);
        // Being far already makes it no less so.
        if (judgeFar(false, one)) expect(judgeFar(true, one)).toBe(true);
      }),
      runs(31, 400),
    );
  });

  it('takes a step of some nodes to come back', () => {
    let back = MOST_NODES + 1;
    while (judgeFar(true, { nodes: back, rows: 0 })) back -= 1;
    expect(back).toBeGreaterThan(40);
    expect(MOST_NODES - back).toBeGreaterThanOrEqual(5);
  });
});

describe('rowsIn', () => {
  it('counts the rows of a box as they are laid out', () => {
    for (const rows of [0, 1, 7, 40]) {
      expect(rowsIn({ x: 0, y: 0, width: 200, height: NODE.header + rows * NODE.row + 2 * NODE.border })).toBe(rows);
    }
  });
});
