import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Context, Frame } from './far-frame.ts';
import { Ground } from './far-ground.ts';
import type { FarScene, FarView } from './far-scene.ts';

/** Notes where pictures are copied to; everything else a context does is of no account here. */
class Noting {
  readonly copies: (readonly [unknown, number, number])[] = [];
  globalAlpha = 1;
  setTransform(): void {}
  clearRect(): void {}
  drawImage(image: unknown, x: number, y: number): void {
    this.copies.push([image, x, y]);
  }
}

class NotingCanvas {
  width: number;
  height: number;
  constructor(width: number, height: number) {
    this.width = width;
    this.height = height;
  }
  getContext(): Noting {
    return new Noting();
  }
}

beforeEach(() => vi.stubGlobal('OffscreenCanvas', NotingCanvas));
afterEach(() => vi.unstubAllGlobals());

const VIEW: FarView = { x: 0, y: 0, zoom: 0.1, width: 1000, height: 500, ratio: 1 };

/** One box at 0,0 and one that only the margin round {@link VIEW} reaches. */
const SCENE: FarScene = {
  boxes: Float32Array.from([0, 0, 100, 100, 11_000, 0, 100, 100]),
  tints: new Uint8Array(2),
  names: ['near', 'beyond'],
  degrees: new Uint16Array(2),
  edges: new Uint32Array(0),
  ends: new Uint8Array(0),
  areas: [],
};

/** @param seen numbers of the nodes in sight. */
function stage(seen: readonly number[] = [0]) {
  const ground = new Ground();
  const context = new Noting();
  const painted: Frame[] = [];
  const show = (view: FarView) => {
    ground.begin(view);
    const frame = { context: context as unknown as Context, scene: SCENE, view, seen } as unknown as Frame;
    return ground.show(frame, 'under', (wide) => painted.push(wide));
  };
  return { ground, context, painted, show };
}

describe('Ground', () => {
  it('keeps nothing while the zoom changes', () => {
    const { show, painted } = stage();
    for (const zoom of [0.1, 0.2, 0.3, 0.2]) expect(show({ ...VIEW, zoom })).toBe(false);
    expect(painted).toEqual([]);
  });

  it('paints once with what is beyond the view, and copies as long as the view stays within that', () => {
    const { show, painted, context } = stage();
    expect(show(VIEW)).toBe(false);
    for (const x of [0, 60, -130, 200, -200]) expect(show({ ...VIEW, x })).toBe(true);
    expect(painted).toHaveLength(1);
    expect(painted[0]?.seen).toEqual([0, 1]);
    expect(painted[0]?.view).toMatchObject({ x: 200, y: 100, width: 1400, height: 700 });
    // The copy's own corner lies a margin beyond the view's.
    expect(context.copies.map(([, x, y]) => [x, y])).toEqual([0, 60, -130, 200, -200].map((x) => [x - 200, -100]));
  });

  it('paints anew beyond that, and where the view is then', () => {
    const { show, painted, context } = stage();
    show(VIEW);
    show(VIEW);
    expect(show({ ...VIEW, x: 201 })).toBe(true);
    expect(painted.map(({ view }) => view.x)).toEqual([200, 401]);
    expect(context.copies.at(-1)?.slice(1)).toEqual([-200, -100]);
    expect(context.copies[0]?.[0]).toBe(context.copies[1]?.[0]);
  });

  it('paints more beyond the view where most of the diagram is in sight', () => {
    const { show, painted } = stage([0, 1]);
    show(VIEW);
    for (const x of [0, 500, -500]) expect(show({ ...VIEW, x })).toBe(true);
    expect(painted.map(({ view }) => view.width)).toEqual([2000]);
  });

  it('copies in whole pixels of the screen', () => {
    const { show, context } = stage();
    const view = { ...VIEW, ratio: 1.5 };
    show(view);
    show(view);
    show({ ...view, x: 10.3, y: -7.7 });
    expect(context.copies.at(-1)?.slice(1)).toEqual([15 - 300, -12 - 150]);
  });

  it('is drawn directly after something changed, as in every picture of a drag', () => {
    const { show, painted, ground } = stage();
    show(VIEW);
    show(VIEW);
    for (let step = 0; step < 3; step++) {
      ground.forget();
      expect(show(VIEW)).toBe(false);
    }
    expect(show(VIEW)).toBe(true);
    expect(painted).toHaveLength(2);
  });

  it('keeps no picture that is too large', () => {
    const { show } = stage();
    const view = { ...VIEW, width: 4000, height: 3000 };
    show(view);
    expect(show(view)).toBe(false);
  });
});
