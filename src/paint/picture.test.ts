import { describe, expect, it } from 'vitest';
import { overlaps } from '#lib/grid.ts';
import { MAIN_DIAGRAM } from '#model/layout-types.ts';
import type { Document } from '#model/types.ts';
import { generatedDocument, placedAt } from '#test/generated-document.ts';
import { textWidth } from './fonts/widths.ts';
import { noteLines } from './note-text.ts';
import { PALETTES } from './palette.ts';
import type { Group, Pen, TextLook } from './pen.ts';
import { drawDiagram } from './pen-diagram.ts';
import { idsInArea, pictureOf } from './picture.ts';

/** Notes what is drawn where. */
class Recorder implements Pen {
  readonly texts: {
    readonly content: string;
    readonly x: number;
    readonly y: number;
    readonly width: number;
    readonly of: string;
  }[] = [];
  readonly drawn: string[] = [];
  #open: string[] = [];

  rect(): void {
    this.drawn.push('rect');
  }

  path(): void {
    this.drawn.push('path');
  }

  text(content: string, x: number, y: number, look: TextLook): void {
    const width = textWidth(content, look);
    const left = look.anchor === 'end' ? x - width : look.anchor === 'middle' ? x - width / 2 : x;
    this.texts.push({ content, x: left, y, width, of: this.#open.findLast((one) => one !== '') ?? '' });
  }

  open(group: Group = {}): void {
    this.#open.push(group.of ?? '');
  }

  close(): void {
    if (this.#open.pop() === undefined) throw new Error('more groups are closed than opened');
  }

  get depth(): number {
    return this.#open.length;
  }
}

const box = { diagram: MAIN_DIAGRAM, x: -40, y: -40, width: 400, height: 400 };

function withArea(document: Document): Document {
  return {
    ...document,
    areas: { a: { id: 'a', name: 'Sales', tint: 1, ...box } },
    notes: { n: { id: 'n', text: 'Mind this', diagram: MAIN_DIAGRAM, x: 10, y: 330, width: 120, height: 40 } },
  };
}

describe('pictureOf', () => {
  it('holds every table with its face, every relationship between shown ones, and bounds round all', () => {
    const document = generatedDocument(30);
    const picture = pictureOf(document, MAIN_DIAGRAM);
    expect(new Set(picture.nodes.map((one) => one.id))).toEqual(new Set(Object.keys(document.tables)));
    expect(picture.edges).toHaveLength(Object.keys(document.relationships).length);
    for (const one of [...picture.nodes, ...picture.edges]) {
      expect(one.box.x).toBeGreaterThanOrEqual(picture.bounds.x);
      expect(one.box.y + one.box.height).toBeLessThanOrEqual(picture.bounds.y + picture.bounds.height);
    }
  });

  it('can be handed to a worker', () => {
    const picture = pictureOf(withArea(generatedDocument(5)), MAIN_DIAGRAM);
    expect(structuredClone(picture)).toEqual(picture);
  });

  it('is not moved by what another diagram holds', () => {
    const document = withArea(generatedDocument(3));
    const elsewhere = { ...document, areas: { a: { ...box, id: 'a', name: 'x', tint: 0, diagram: 'other' } } };
    expect(pictureOf(elsewhere, MAIN_DIAGRAM).areas).toEqual([]);
  });
});

describe('idsInArea', () => {
  it('holds the area, and what has its middle in it', () => {
    const document = withArea(
      placedAt(generatedDocument(3), [
        ['tbl_0', { x: 0, y: 0 }],
        ['tbl_1', { x: 900, y: 0 }],
        ['tbl_2', { x: 0, y: 900 }],
      ]),
    );
    const [area] = Object.values(document.areas);
    if (area === undefined) throw new Error('no area');
    expect(new Set(idsInArea(document, MAIN_DIAGRAM, area))).toEqual(new Set(['a', 'tbl_0', 'n']));
    expect(idsInArea(document, 'other', area)).not.toContain('n');
  });
});

describe('drawDiagram', () => {
  const document = withArea(generatedDocument(60));
  const picture = pictureOf(document, MAIN_DIAGRAM);
  const draw = (region?: { x: number; y: number; width: number; height: number }) => {
    const pen = new Recorder();
    drawDiagram(pen, picture, { colours: PALETTES.light, background: true, ...(region === undefined ? {} : { region }) });
    expect(pen.depth).toBe(0);
    return pen;
  };

  it('keeps every text of a table inside its box', () => {
    const boxes = new Map(picture.nodes.map((one) => [one.id, one.box]));
    for (const { content, x, y, width, of } of draw().texts) {
      const own = boxes.get(of);
      if (own === undefined) continue;
      expect([content, x >= own.x, x + width <= own.x + own.width, y <= own.y + own.height]).toEqual([content, true, true, true]);
    }
  });

  it('lets no name run into its type', () => {
    const wide = {
      ...document,
      tables: {
        t: {
          ...document.tables['tbl_1'],
          id: 't',
          columns: [long('n'.repeat(50), 'm'.repeat(40)), long('short', 'w'.repeat(60)), long('x'.repeat(80), 'int')],
        },
      },
    } as unknown as Document;
    const pen = new Recorder();
    drawDiagram(pen, pictureOf(wide, MAIN_DIAGRAM), { colours: PALETTES.light, background: false });
    const rows = new Map<number, Recorder['texts'][number][]>();
    for (const one of pen.texts) if (one.of === 't') rows.set(one.y, [...(rows.get(one.y) ?? []), one]);
    let pairs = 0;
    for (const [name, type] of rows.values()) {
      if (name === undefined || type === undefined) continue;
      pairs += 1;
      expect(name.x + name.width).toBeLessThanOrEqual(type.x + 0.5);
    }
    expect(pairs).toBe(3);
  });

  it('draws of a region what touches it, and nothing else', () => {
    const region = { ...picture.bounds, width: 300, height: 300 };
    const whole = draw();
    const part = draw(region);
    const names = new Set(part.texts.map((one) => one.of));
    for (const node of picture.nodes) expect(names.has(node.id)).toBe(overlaps(node.box, region));
    expect(part.drawn.length).toBeLessThan(whole.drawn.length);
  });
});

function long(name: string, type: string) {
  return { id: name.slice(0, 5) + type.slice(0, 3), name, type: { kind: 'named', name: type }, nullable: false };
}

describe('noteLines', () => {
  const words = (text: string, width: number, height: number) =>
    noteLines({ text, width, height }).map((line) => line.runs.map((run) => run.text.trimEnd()).join(''));

  it('breaks between words, within words that are too long, and stops at the foot', () => {
    expect(words('one two', 200, 40)).toEqual(['one two']);
    expect(words('one two', 54, 80)).toEqual(['one', 'two']);
    const broken = words('a'.repeat(60), 120, 400);
    expect(broken.length).toBeGreaterThan(3);
    expect(broken.join('')).toBe('a'.repeat(60));
    expect(words('1\n2\n3\n4', 100, 60)).toEqual(['1', '2']);
    expect(words('', 100, 60)).toEqual([]);
  });
});
