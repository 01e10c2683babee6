import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { emptyDocument, emptyTable } from '#model/create.ts';
import { load, run } from './document.ts';
import { canGo, goBack, goForward, leave, PLACES_LIMIT, placesStore, rememberPlaces } from './places.ts';
import { reveal, viewStore } from './view.ts';

const names = ['a', 'b', 'c', 'd'];
const at = (x: number) => viewStore.setState({ viewport: { x, y: 0, zoom: 1 } });
const here = () => ({ x: viewStore.getState().viewport.x, selected: viewStore.getState().selection.map((ref) => ref.record) });
/** The canvas follows a journey; here we are the canvas. */
const follow = () => {
  const { journey } = viewStore.getState();
  if (journey !== undefined) viewStore.setState({ viewport: journey.viewport });
};
const back = () => {
  goBack();
  follow();
};
const forward = () => {
  goForward();
  follow();
};

let stop = () => {};
beforeEach(() => {
  const tables = Object.fromEntries(names.map((id) => [id, emptyTable(id, 'sch_public', id)]));
  const diagrams = { ...emptyDocument().diagrams, diagram_two: { id: 'diagram_two', name: 'Two' } };
  stop = rememberPlaces();
  load({ ...emptyDocument(), tables, diagrams });
  viewStore.setState({ selection: [], diagram: 'diagram_main', journey: undefined, reveal: undefined });
  at(0);
});
afterEach(() => stop());

describe('visited places', () => {
  it('go back to where each jump began, and forward again', () => {
    at(10);
    reveal({ record: 'a' }, 'navigator');
    at(200);
    reveal({ record: 'b' }, 'navigator');
    at(400);
    back();
    expect(here()).toEqual({ x: 200, selected: ['a'] });
    back();
    expect(here()).toEqual({ x: 10, selected: [] });
    expect(canGo('back')).toBe(false);
    forward();
    forward();
    expect(here()).toEqual({ x: 400, selected: ['b'] });
    expect(canGo('forward')).toBe(false);
  });

  it('are no trace of each move, only of jumps', () => {
    for (let x = 0; x < 500; x += 50) at(x);
    expect(canGo('back')).toBe(false);
    leave();
    at(2000);
    at(2100);
    back();
    expect(here().x).toBe(450);
    forward();
    expect(here().x).toBe(2100);
  });

  it('forget what was ahead when one goes somewhere else', () => {
    reveal({ record: 'a' }, 'palette');
    at(100);
    reveal({ record: 'b' }, 'palette');
    at(200);
    back();
    reveal({ record: 'c' }, 'palette');
    at(300);
    expect(canGo('forward')).toBe(false);
    back();
    expect(here()).toEqual({ x: 100, selected: ['a'] });
  });

  it('lead to other diagrams, not to those that are gone', () => {
    viewStore.setState({ diagram: 'diagram_two' });
    at(700);
    back();
    expect(viewStore.getState().diagram).toBe('diagram_main');
    forward();
    expect(viewStore.getState().diagram).toBe('diagram_two');
    viewStore.setState({ diagram: 'diagram_main' });
    at(900);
    expect(run({ name: 'removeDiagrams', args: { ids: ['diagram_two'] } }).ok).toBe(true);
    back();
    expect(viewStore.getState().diagram).toBe('diagram_main');
    expect(here().x).toBe(0);
  });

  it('select only what is still there', () => {
    reveal({ record: 'a' }, 'palette');
    at(100);
    reveal({ record: 'b' }, 'palette');
    at(200);
    expect(run({ name: 'removeTables', args: { ids: ['a'] } }).ok).toBe(true);
    back();
    expect(here()).toEqual({ x: 100, selected: [] });
    expect(placesStore.getState().recent.map((ref) => ref.record)).toEqual(['b']);
  });

  it('skip those that look like here, and are bounded', () => {
    leave();
    leave();
    leave();
    expect(canGo('back')).toBe(false);
    for (let i = 1; i < 200; i++) {
      leave();
      at(i * 100);
    }
    expect(placesStore.getState().back).toHaveLength(PLACES_LIMIT);
    back();
    expect(here().x).toBe(19_800);
  });

  it('begin anew with another document, and remember what was gone to, the last first', () => {
    reveal({ record: 'a' }, 'palette');
    reveal({ record: 'b', part: 'x' }, 'palette');
    reveal({ record: 'a' }, 'palette');
    expect(placesStore.getState().recent).toEqual([{ record: 'a' }, { record: 'b', part: 'x' }]);
    load(emptyDocument());
    expect(placesStore.getState()).toEqual({ back: [], forward: [], recent: [] });
  });
});
