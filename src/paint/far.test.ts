import { describe, expect, it } from 'vitest';
import { drawFar } from './far.ts';
import type { Context } from './far-frame.ts';
import type { FarMarks, FarScene, FarView } from './far-scene.ts';
import { PALETTES } from './palette.ts';

type Place = readonly number[];

interface Mark {
  readonly does: 'fill' | 'stroke' | 'text';
  readonly colour: string;
  readonly alpha: number;
  /** Boxes that are filled or stroked, as x, y, width, height on the screen; lines as the places of their ends. */
  readonly at: readonly Place[];
  readonly text?: string;
}

/** Notes what is painted, where on the screen and how. */
class Noting {
  readonly marks: Mark[] = [];
  fillStyle = '';
  strokeStyle = '';
  globalAlpha = 1;
  font = '';
  #zoom = 1;
  #x = 0;
  #y = 0;
  #path: Place[] = [];

  setTransform(zoom: number, _b: number, _c: number, _d: number, x: number, y: number): void {
    [this.#zoom, this.#x, this.#y] = [zoom, x, y];
  }
  clearRect(): void {}
  arc(): void {}
  beginPath(): void {
    this.#path = [];
  }
  moveTo(x: number, y: number): void {
    this.#path.push(this.#place(x, y));
  }
  lineTo(x: number, y: number): void {
    this.#path.push(this.#place(x, y));
  }
  rect(x: number, y: number, width: number, height: number): void {
    this.#path.push([...this.#place(x, y), width * this.#zoom, height * this.#zoom]);
  }
  roundRect(x: number, y: number, width: number, height: number): void {
    this.rect(x, y, width, height);
  }
  fillRect(x: number, y: number, width: number, height: number): void {
    this.beginPath();
    this.rect(x, y, width, height);
    this.fill();
  }
  fill(): void {
    this.#note('fill', this.fillStyle);
  }
  stroke(): void {
    this.#note('stroke', this.strokeStyle);
  }
  measureText(text: string): { width: number } {
    return { width: text.length * 6 };
  }
  strokeText(): void {}
  fillText(text: string, x: number, y: number): void {
    this.marks.push({ does: 'text', colour: this.fillStyle, alpha: this.globalAlpha, at: [this.#place(x, y)], text });
  }

  #place(x: number, y: number): Place {
    return [x * this.#zoom + this.#x, y * this.#zoom + this.#y];
  }
  #note(does: 'fill' | 'stroke', colour: string): void {
    this.marks.push({ does, colour, alpha: this.globalAlpha, at: this.#path });
  }
}

const VIEW: FarView = { x: 10, y: 20, zoom: 0.2, width: 1000, height: 500, ratio: 1 };
const NO_MARKS: FarMarks = { selected: [], hovered: -1, focused: -1, rows: [] };

/** Four tables in a row; 0 and 2 are joined, and so are 1 and 3. */
const SCENE: FarScene = {
  boxes: Float32Array.from([0, 1, 2, 3].flatMap((at) => [at * 1000, 0, 500, 400])),
  tints: new Uint8Array(4),
  names: ['orders', 'audit', 'customers', 'settings'],
  degrees: Uint16Array.from([1, 1, 1, 1]),
  edges: Uint32Array.from([0, 2, 1, 3]),
  ends: new Uint8Array(2),
  areas: [],
};

const BADGES = {
  worst: Uint8Array.from([2, 3, 0, 2]),
  counts: Uint16Array.from([1, 4, 0, 2]),
  forms: new Uint8Array(4),
  texts: [],
};

/** A node's box on the screen. */
const boxOf = (i: number): Place => [i * 200 + VIEW.x, VIEW.y, 100, 80];

function painted(marks: FarMarks, theme: 'light' | 'dark' = 'light'): readonly Mark[] {
  const context = new Noting();
  drawFar(context as unknown as Context, {
    scene: SCENE,
    view: VIEW,
    marks,
    palette: PALETTES[theme],
    badges: BADGES as never,
    detail: { nodes: new Map(), resting: [], live: [] },
  });
  return context.marks;
}

const isVeil = ({ at: [place] }: Mark) => place?.join() === `0,0,${VIEW.width},${VIEW.height}`;
const has = (mark: Mark, box: Place) => mark.at.some((place) => place.join() === box.join());
const texts = (marks: readonly Mark[]) => marks.flatMap(({ text }) => text ?? []).toSorted();

describe('the path of a query in the far view', () => {
  const path = { nodes: [0, 2], ends: [[0, 2]] as const };

  it.each(['light', 'dark'] as const)(
    'lies above a veil that leaves 42 %% of all else, in the colour of the canvas (%s)',
    (theme) => {
      const marks = painted({ ...NO_MARKS, path }, theme);
      const veils = marks.filter(isVeil);
      expect(veils).toHaveLength(1);
      expect(veils[0]).toMatchObject({ does: 'fill', colour: PALETTES[theme].canvas });
      expect(veils[0]?.alpha).toBeCloseTo(0.58, 6);
      const [under, over] = [marks.slice(0, marks.findIndex(isVeil)), marks.slice(marks.findIndex(isVeil) + 1)];
      const filled = (some: readonly Mark[]) =>
        [0, 1, 2, 3].filter((i) => some.some((mark) => mark.does === 'fill' && mark.alpha === 1 && has(mark, boxOf(i))));
      expect(filled(under)).toEqual([0, 1, 2, 3]);
      expect(filled(over)).toEqual([0, 2]);
    },
  );

  it('keeps its names and badges, while those of other tables are under the veil', () => {
    const marks = painted({ ...NO_MARKS, path });
    const at = marks.findIndex(isVeil);
    expect(texts(marks.slice(0, at))).toEqual(['2', '4', 'audit', 'settings']);
    expect(texts(marks.slice(at + 1))).toEqual(['1', 'customers', 'orders']);
  });

  it('keeps its own lines in the accent, and no other line', () => {
    const marks = painted({ ...NO_MARKS, path });
    const over = marks.slice(marks.findIndex(isVeil) + 1);
    const between = (a: number, b: number) => [a, b].map((i) => [i * 200 + 50 + VIEW.x, 40 + VIEW.y]);
    const lines = over.filter(({ does, at }) => does === 'stroke' && at[0]?.length === 2);
    expect(lines[0]).toMatchObject({ colour: PALETTES.light.accent, alpha: 1, at: between(0, 2) });
    expect(lines.some(({ at }) => at.flat().join() === between(1, 3).flat().join())).toBe(false);
  });

  it('frames its tables above the veil', () => {
    const marks = painted({ ...NO_MARKS, path });
    const over = marks.slice(marks.findIndex(isVeil) + 1);
    for (const i of path.nodes) {
      const [x = 0, y = 0, width = 0, height = 0] = boxOf(i);
      const frame = over.find((mark) => mark.does === 'stroke' && has(mark, [x - 1.5, y - 1.5, width + 3, height + 3]));
      expect(frame?.colour).toBe(PALETTES.light.accent);
    }
  });

  it('of which no table is here puts all of them aside, as the near view does', () => {
    const marks = painted({ ...NO_MARKS, path: { nodes: [], ends: [] } });
    expect(marks.slice(marks.findIndex(isVeil) + 1)).toEqual([]);
  });

  it('without one nothing is put aside, whatever is selected', () => {
    const marks = painted({ ...NO_MARKS, selected: [1] });
    expect(marks.some(isVeil)).toBe(false);
    expect(texts(marks)).toEqual(['1', '2', '4', 'audit', 'customers', 'orders', 'settings']);
  });
});
