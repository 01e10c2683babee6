import { createStore } from 'zustand/vanilla';
import { preferencesStore } from './preferences.ts';
import { type DockTab, viewStore } from './view.ts';

/** The regions F6 goes through, in that order. */
export const PANES = ['top', 'rail', 'navigator', 'canvas', 'dock', 'inspector', 'status'] as const;
export type PaneName = (typeof PANES)[number];
/** Those that open and close. */
export type SidePane = 'navigator' | 'inspector' | 'dock';

export interface PanesState {
  /** The window is too narrow for panes beside each other: one at a time lies over the canvas. */
  readonly narrow: boolean;
  /** The pane that lies over the canvas in a narrow window. */
  readonly overlay?: SidePane | undefined;
  /** A wish to move the focus; the frame follows each new `serial`. */
  readonly focus?: { readonly pane: PaneName; readonly serial: number } | undefined;
}

export const panesStore = createStore<PanesState>(() => ({ narrow: false }));

const OPEN = { navigator: 'navigatorOpen', inspector: 'inspectorOpen', dock: 'dockOpen' } as const;

export function isPaneOpen(pane: SidePane): boolean {
  const { narrow, overlay } = panesStore.getState();
  return narrow ? overlay === pane : preferencesStore.getState()[OPEN[pane]];
}

export function setPaneOpen(pane: SidePane, open: boolean): void {
  const { narrow, overlay } = panesStore.getState();
  if (!narrow) preferencesStore.setState({ [OPEN[pane]]: open });
  else if (open) panesStore.setState({ overlay: pane });
  else if (overlay === pane) panesStore.setState({ overlay: undefined });
}

export function togglePane(pane: SidePane): void {
  setPaneOpen(pane, !isPaneOpen(pane));
}

let serial = 0;

/** Opens a pane if it is closed and moves the focus into it. */
export function focusPane(pane: PaneName): void {
  if (pane === 'navigator' || pane === 'inspector' || pane === 'dock') setPaneOpen(pane, true);
  serial += 1;
  panesStore.setState({ focus: { pane, serial } });
}

/** Opens the dock at one of its tabs. */
export function showDock(tab: DockTab): void {
  viewStore.setState({ dockTab: tab });
  setPaneOpen('dock', true);
}

export function setNarrow(narrow: boolean): void {
  if (panesStore.getState().narrow !== narrow) panesStore.setState({ narrow, overlay: undefined });
}
