import { createStore } from 'zustand/vanilla';
import { recordIn } from '#model/collections.ts';
import type { Document, Id, Ref } from '#model/types.ts';
import { documentStore, onDocumentChange } from './document.ts';
import { livingRefs, refExists } from './selection.ts';
import { sameRef, type ViewState, viewStore } from './view.ts';

/** Somewhere a person was: what they looked at, and what was selected. */
export interface Place {
  readonly diagram: Id;
  readonly viewport: ViewState['viewport'];
  readonly selection: readonly Ref[];
}

export interface PlacesState {
  /** The last one is where `back` leads. */
  readonly back: readonly Place[];
  /** The last one is where `forward` leads. */
  readonly forward: readonly Place[];
  /** What was gone to, the last one first: offered first when something is looked for. */
  readonly recent: readonly Ref[];
}

/** Places that are remembered. */
export const PLACES_LIMIT = 50;
const RECENT_LIMIT = 24;

const NOWHERE: PlacesState = { back: [], forward: [], recent: [] };

/** View state: neither saved nor undone. */
export const placesStore = createStore<PlacesState>(() => NOWHERE);

export function placeOf({ diagram, viewport, selection }: ViewState): Place {
  return { diagram, viewport, selection };
}

/** Whether two places would look the same. */
export function samePlace(a: Place, b: Place): boolean {
  const near = (one: number, other: number) => Math.abs(one - other) < 2;
  return (
    a.diagram === b.diagram &&
    near(a.viewport.x, b.viewport.x) &&
    near(a.viewport.y, b.viewport.y) &&
    Math.abs(a.viewport.zoom - b.viewport.zoom) < 0.005 &&
    a.selection.length === b.selection.length &&
    a.selection.every((ref, at) => sameRef(ref, b.selection[at] as Ref))
  );
}

/** Puts a place on a pile; one that looks like the last one takes its place. */
function piled(pile: readonly Place[], place: Place): readonly Place[] {
  const last = pile.at(-1);
  const kept = last !== undefined && samePlace(last, place) ? pile.slice(0, -1) : pile;
  return [...kept, place].slice(-PLACES_LIMIT);
}

/** Remembers where one is, before going somewhere else at once. Panning and zooming are no such jump. */
export function leave(from: Place = placeOf(viewStore.getState())): void {
  placesStore.setState(({ back }) => ({ back: piled(back, from), forward: [] }));
}

function noteRecent(ref: Ref): void {
  placesStore.setState(({ recent }) => ({ recent: [ref, ...recent.filter((one) => !sameRef(one, ref))].slice(0, RECENT_LIMIT) }));
}

let serial = 0;

/** Shows a place again: what of its selection is gone is left out. */
function show(place: Place, document: Document): void {
  serial += 1;
  const { diagram, viewport } = place;
  viewStore.setState({ diagram, selection: livingRefs(document, place.selection), journey: { viewport, diagram, serial } });
}

/** The last place of a pile that is still there and looks other than this one, and what is left under it. */
function reachable(
  pile: readonly Place[],
  here: Place,
  document: Document,
): { readonly place: Place; readonly rest: readonly Place[] } | undefined {
  const at = pile.findLastIndex((one) => recordIn(document, 'diagrams', one.diagram) !== undefined && !samePlace(one, here));
  const place = pile[at];
  return place === undefined ? undefined : { place, rest: pile.slice(0, at) };
}

function step(from: 'back' | 'forward', onto: 'back' | 'forward'): void {
  const here = placeOf(viewStore.getState());
  const { document } = documentStore.getState();
  const piles = placesStore.getState();
  const found = reachable(piles[from], here, document);
  if (found === undefined) return;
  placesStore.setState({ [from]: found.rest, [onto]: piled(piles[onto], here) });
  show(found.place, document);
}

export function goBack(): void {
  step('back', 'forward');
}

export function goForward(): void {
  step('forward', 'back');
}

/** Whether there is somewhere to go back, or forward, to. */
export function canGo(way: 'back' | 'forward'): boolean {
  return reachable(placesStore.getState()[way], placeOf(viewStore.getState()), documentStore.getState().document) !== undefined;
}

/** Remembers each jump that panes ask for and each change of diagram; another document begins anew. Returns how to stop. */
export function rememberPlaces(): () => void {
  const offView = viewStore.subscribe((now, before) => {
    if (now.journey !== before.journey) return;
    const jumped = now.reveal !== undefined && now.reveal.serial !== before.reveal?.serial;
    if (jumped || now.diagram !== before.diagram) leave(placeOf(before));
    if (jumped && now.reveal !== undefined) noteRecent(now.reveal.ref);
  });
  const offDocument = onDocumentChange(({ source, document, diff }) => {
    if (source === 'load') placesStore.setState(NOWHERE);
    else if (diff.some((change) => change.to === undefined)) {
      const { recent } = placesStore.getState();
      const alive = recent.filter((ref) => refExists(document, ref));
      if (alive.length !== recent.length) placesStore.setState({ recent: alive });
    }
  });
  return () => {
    offView();
    offDocument();
  };
}
