import { describe, expect, it } from 'vitest';
import { emptyDocument, emptyTable } from '#model/create.ts';
import type { Diagram } from '#model/layout-types.ts';
import { MAIN_DIAGRAM, placementId } from '#model/layout-types.ts';
import type { Document } from '#model/types.ts';
import { NO_TINT, tintColour, tinter } from './tints.ts';

const AREA = { diagram: MAIN_DIAGRAM, name: '', x: 0, y: 0, height: 500 };

function shop(colours?: Diagram['colours']): Document {
  const empty = emptyDocument();
  return {
    ...empty,
    schemas: { ...empty.schemas, sales: { id: 'sales', name: 'sales' } },
    tables: {
      a: { ...emptyTable('a', 'sch_public', 'a'), tags: ['pii', 'core'] },
      b: { ...emptyTable('b', 'sales', 'b'), tags: ['pii'] },
      c: emptyTable('c', 'sales', 'c'),
    },
    diagrams: { [MAIN_DIAGRAM]: { id: MAIN_DIAGRAM, name: 'Main', ...(colours === undefined ? {} : { colours }) } },
    areas: {
      outer: { ...AREA, id: 'outer', width: 500, tint: 3 },
      inner: { ...AREA, id: 'inner', width: 200, tint: 5 },
      other: { ...AREA, id: 'other', diagram: 'elsewhere', width: 100, tint: 1 },
    },
  };
}

function tints(document: Document): number[] {
  const tint = tinter(document, MAIN_DIAGRAM);
  return Object.values(document.tables).map((table, at) => tint(table, { x: 40 + 300 * at, y: 0, width: 100, height: 100 }));
}

describe('the tint of a table', () => {
  it('is that of its schema, its innermost area, its first tag, or none', () => {
    expect(tints(shop())).toEqual([0, 1, 1]);
    expect(tints(shop('area'))).toEqual([5, 3, NO_TINT]);
    expect(tints(shop('tag'))).toEqual([0, 1, NO_TINT]);
    expect(tints(shop('none'))).toEqual([NO_TINT, NO_TINT, NO_TINT]);
  });

  it('is its own on this diagram where it has one', () => {
    const id = placementId(MAIN_DIAGRAM, 'b');
    const document = { ...shop('none'), placements: { [id]: { id, diagram: MAIN_DIAGRAM, object: 'b', x: 0, y: 0, tint: 4 } } };
    expect(tints(document)).toEqual([NO_TINT, 4, NO_TINT]);
  });

  it('is a colour of the page, also when there is none', () => {
    expect(tintColour(2)).toBe('var(--s2)');
    expect(tintColour(NO_TINT)).toBe('var(--edge)');
  });
});
