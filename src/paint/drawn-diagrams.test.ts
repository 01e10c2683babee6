import { describe, expect, it } from 'vitest';
import { emptyDocument, emptyTable } from '#model/create.ts';
import type { Diagram } from '#model/layout-types.ts';
import type { Document } from '#model/types.ts';
import { drawnDiagrams } from './drawn-diagrams.ts';

function documentOf(diagrams: readonly Diagram[], placed: readonly (readonly [string, string])[]): Document {
  const tables = ['a', 'b'].map((name) => emptyTable(name, 's', `table_${name}`));
  return {
    ...emptyDocument(),
    schemas: { s: { id: 's', name: 'public', implicit: true } },
    tables: Object.fromEntries(tables.map((one) => [one.id, one])),
    diagrams: Object.fromEntries(diagrams.map((one) => [one.id, one])),
    placements: Object.fromEntries(
      placed.map(([diagram, object], at) => {
        const id = `${diagram}/${object}`;
        return [id, { id, diagram, object, x: at * 400, y: 0 }];
      }),
    ),
  };
}

const MAIN: Diagram = { id: 'diagram_main', name: 'Main' };

describe('every diagram as a picture', () => {
  it('draws what each one shows, in order, those that show everything first', () => {
    const document = documentOf(
      [
        { id: 'd2', name: 'Part', chosen: true, order: 0 },
        { ...MAIN, order: 1 },
      ],
      [
        ['d2', 'b'],
        ['diagram_main', 'a'],
        ['diagram_main', 'b'],
      ],
    );
    const [main, part, ...more] = drawnDiagrams(document);
    expect(more).toEqual([]);
    expect([main?.name, main?.whole, part?.name, part?.whole]).toEqual(['Main', true, 'Part', false]);
    expect(main?.svg).toMatch(/>table_a<[\s\S]*>table_b</);
    expect(part?.svg).toContain('>table_b<');
    expect(part?.svg).not.toContain('>table_a<');
  });

  it('leaves out one on which nothing is, but not one with a note alone', () => {
    const empty: Diagram = { id: 'd2', name: 'Empty', chosen: true };
    const document = documentOf([MAIN, empty], [['diagram_main', 'a']]);
    expect(drawnDiagrams(document).map(({ name }) => name)).toEqual(['Main']);
    const note = { id: 'n', diagram: 'd2', text: 'To do', x: 0, y: 0, width: 160, height: 80 };
    expect(drawnDiagrams({ ...document, notes: { n: note } }).map(({ name }) => name)).toEqual(['Main', 'Empty']);
    expect(drawnDiagrams({ ...emptyDocument(), diagrams: { [MAIN.id]: MAIN } })).toEqual([]);
  });
});
