import { describe, expect, it } from 'vitest';
import { type Diagram, MAIN_DIAGRAM } from '#model/layout-types.ts';
import type { Document } from '#model/types.ts';
import { generatedDocument } from '#test/generated-document.ts';
import { PALETTES } from './palette.ts';
import { SvgPen } from './pen-svg.ts';
import { drawNode } from './pen-table.ts';
import { pictureOf } from './picture.ts';

type Looks = Pick<Diagram, 'level' | 'notation' | 'detail'>;

/** The tables of a diagram that looks so, each as SVG. */
function drawn(looks: Looks, document: Document = generatedDocument(12)): Map<string, string> {
  const shown = { ...document, diagrams: { [MAIN_DIAGRAM]: { id: MAIN_DIAGRAM, name: 'Main', ...looks } } } as Document;
  return new Map(
    pictureOf(shown, MAIN_DIAGRAM).nodes.map((node) => {
      const pen = new SvgPen();
      drawNode(pen, node, PALETTES.light);
      return [node.id, pen.toString()];
    }),
  );
}

const NOTATIONS = ['idef1x', 'barker', 'uml', 'chen', 'min-max', undefined] as const;
const LEVELS = ['conceptual', 'logical', undefined] as const;

describe('drawNode', () => {
  it('names every table in every notation at every level, and says its attributes', () => {
    for (const notation of NOTATIONS) {
      for (const level of LEVELS) {
        const looks = { ...(notation === undefined ? {} : { notation }), ...(level === undefined ? {} : { level }) };
        const all = drawn(looks);
        expect(all.size).toBe(12);
        for (const [id, svg] of all) {
          const name = `table_${id.slice(4)}`;
          expect([
            notation,
            level,
            svg.includes(`>${notation === 'barker' && level !== undefined ? name.toUpperCase() : name}<`),
          ]).toEqual([notation, level, true]);
          expect(svg).toContain('>column_3<');
        }
      }
    }
  });

  it('shows types where the level has them, in the words of the notation', () => {
    expect(drawn({}).get('tbl_1')).toContain('>bigint<');
    expect(drawn({ level: 'logical' }).get('tbl_1')).toContain('>integer<');
    expect(drawn({ level: 'logical', notation: 'uml' }).get('tbl_1')).toMatch(/>: integer( \[0\.\.1\])?</);
    for (const svg of drawn({ level: 'conceptual' }).values()) expect(svg).not.toMatch(/>(bigint|integer|text)</);
  });

  it('puts the key above a line in IDEF1X, and says roles behind names', () => {
    const svg = [...drawn({ notation: 'idef1x' }).values()].find((one) => one.includes('(FK)')) ?? '';
    expect(svg).toContain('(FK)');
    expect(svg).toMatch(new RegExp(`<path d="M[^"]+H[^"]+" fill="none" stroke="${PALETTES.light.edge}"/>`));
  });

  it('underlines the key of an entity in Chen, and draws its attributes as ellipses', () => {
    const svg = drawn({ level: 'conceptual', notation: 'chen' }).get('tbl_2') ?? '';
    const ellipses = svg.match(/a[\d.]+ 13\.5 0 1 0/g) ?? [];
    expect(ellipses.length).toBeGreaterThanOrEqual(5);
    expect(svg).toMatch(new RegExp(`<path d="M-[\\d.]+ 7H[\\d.]+"[^>]* stroke="${PALETTES.light.ink}"`));
  });

  it('marks Barker’s attributes as identifying, mandatory or optional', () => {
    const svg = drawn({ notation: 'barker' }).get('tbl_1') ?? '';
    for (const sign of ['#', '*', 'o']) expect(svg).toContain(`>${sign}<`);
  });

  it('shows only the name of a collapsed table', () => {
    const document = generatedDocument(1);
    const place = { id: `${MAIN_DIAGRAM}/tbl_0`, diagram: MAIN_DIAGRAM, object: 'tbl_0', x: 0, y: 0, collapsed: true };
    const svg = drawn({}, { ...document, placements: { [place.id]: place } }).get('tbl_0') ?? '';
    expect(svg).toContain('>table_0<');
    expect(svg).not.toContain('>column_1<');
  });
});
