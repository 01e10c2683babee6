import { createStore } from 'zustand/vanilla';
import type { Rect } from '#lib/grid.ts';
import type { Id } from '#model/types.ts';
import type { Asked } from './asks.ts';
import type { Spot } from './edits.ts';
import type { Guide } from './guides.ts';

/** One end of a relationship being drawn. */
export interface Plug {
  readonly table: Id;
  readonly column?: Id;
}

/** What a running gesture shows; canvas pixels. */
export interface OverlayState {
  readonly marquee?: Rect | undefined;
  readonly guides: readonly Guide[];
  readonly wire?:
    | {
        readonly from: Spot;
        readonly to: Spot;
        readonly target?: Rect | undefined;
        /** What it would be, said beside the pointer. */
        readonly says?: string | undefined;
      }
    | undefined;
  /** Columns being dragged: what is said beside the pointer, the gap they would go to, the table that is. */
  readonly carried?:
    | {
        readonly at: Spot;
        readonly text: string;
        readonly line?: { readonly x: number; readonly y: number; readonly width: number } | undefined;
        readonly target?: Rect | undefined;
      }
    | undefined;
  /** A relationship to be agreed on: its two ends and where the pointer let go, in pixels of the window. */
  readonly proposal?: { readonly from: Plug; readonly to: Plug; readonly at: Spot } | undefined;
  /** A dependency between columns of one table to be agreed on, as text; from a drag also the ends of the foreign key it could be. */
  readonly dependency?:
    | { readonly table: Id; readonly text: string; readonly wire?: { readonly from: Plug; readonly to: Plug; readonly at: Spot } }
    | undefined;
  /** An end of a relationship being picked by keys: of a new one (from its first end), or of one that is there. */
  readonly picking?:
    | {
        readonly from?: Plug | undefined;
        readonly reconnects?: { readonly relationship: Id; readonly end: 'child' | 'parent' } | undefined;
      }
    | undefined;
  /** The part of a selected line that keys act on. */
  readonly part?: { readonly line: Id; readonly at: number } | undefined;
  /** Something asked beside a table. */
  readonly asked?: Asked | undefined;
  /** First end picked with the relationship tool. */
  readonly picked?: Plug | undefined;
}

export const overlayStore = createStore<OverlayState>(() => ({ guides: [] }));

export function clearOverlay(): void {
  overlayStore.setState({
    marquee: undefined,
    guides: [],
    wire: undefined,
    carried: undefined,
    picked: undefined,
    picking: undefined,
  });
}

/** Shows alignment lines; says nothing when there are none before and after. */
export function showGuides(guides: readonly Guide[]): void {
  if (guides.length > 0 || overlayStore.getState().guides.length > 0) overlayStore.setState({ guides });
}
