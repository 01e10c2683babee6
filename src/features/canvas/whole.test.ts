import { afterEach, beforeEach, expect, it } from 'vitest';
import { load } from '#state/document.ts';
import { placesStore } from '#state/places.ts';
import { reveal, showWhole, viewStore } from '#state/view.ts';
import { generatedDocument } from '#test/generated-document.ts';
import { stage } from './stage.ts';
import { fitRect, type Viewport } from './viewport.ts';
import { followWhole } from './whole.ts';

const AWAY: Viewport = { x: -5000, y: -5000, zoom: 1 };

let waiting: (() => void)[] = [];
let moves: Viewport[] = [];
let offs: (() => void)[] = [];

/** Draws a frame. */
function frame(): void {
  const now = waiting;
  waiting = [];
  for (const one of now) one();
}

beforeEach(() => {
  [waiting, moves] = [[], []];
  offs = [stage.connect(), followWhole((then) => waiting.push(then))];
  load(generatedDocument(12));
  stage.drive = (viewport) => moves.push(viewport);
  stage.look({ ...AWAY }, { width: 1200, height: 800 });
  moves = [];
});
afterEach(() => {
  for (const off of offs) off();
  stage.drive = undefined;
});

const whole = (width: number, height: number) =>
  fitRect(stage.scene.bounds ?? { x: 0, y: 0, width: 0, height: 0 }, { width, height });

it('shows the whole in the room that there is when what led to it is drawn', () => {
  showWhole();
  expect(moves).toEqual([]);
  frame();
  // The frame that drew a pane tells how large it left the canvas.
  stage.look({ ...AWAY }, { width: 700, height: 500 });
  expect(moves).toEqual([]);
  frame();
  expect(moves).toHaveLength(1);
  expect(moves[0]?.zoom).toBeGreaterThanOrEqual(whole(700, 500).zoom);
  expect(moves[0]?.zoom).toBeLessThan(whole(1200, 800).zoom);
  expect(placesStore.getState().back.at(-1)?.viewport).toEqual(AWAY);
  frame();
  expect(moves).toHaveLength(1);
});

it('leaves who went elsewhere meanwhile where they are', () => {
  const [table] = stage.scene.nodes.keys();
  showWhole();
  frame();
  reveal({ record: table ?? '' }, 'navigator');
  frame();
  expect(moves).toEqual([]);
});

it('leaves who went to another diagram meanwhile there', () => {
  const { diagram } = viewStore.getState();
  showWhole();
  viewStore.setState({ diagram: 'another' });
  frame();
  frame();
  viewStore.setState({ diagram });
  expect(moves).toEqual([]);
});

it('moves once for wishes that follow each other, and again for a later one', () => {
  showWhole();
  showWhole();
  frame();
  frame();
  expect(moves).toHaveLength(1);
  showWhole();
  frame();
  frame();
  expect(moves).toHaveLength(2);
});
