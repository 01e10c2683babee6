import { createStore } from 'zustand/vanilla';
import { MAIN_DIAGRAM } from '#model/layout-types.ts';
import type { Id, Ref } from '#model/types.ts';

export type DockTab = 'ddl' | 'problems' | 'querylab' | 'receipt';
export type InspectorTab = 'columns' | 'keys' | 'indexes' | 'dependencies' | 'storage' | 'security' | 'docs' | 'sql';
export type Tool = 'select' | 'table' | 'relationship' | 'area' | 'note';
export type DialogName =
  | 'import'
  | 'export'
  | 'share'
  | 'documents'
  | 'design'
  | 'shortcuts'
  | 'palette'
  | 'settings'
  | 'refactor'
  | 'rename'
  | 'addTables'
  | 'diagrams'
  | 'resolve'
  | 'decompose'
  | 'denormalize'
  | 'discover'
  | 'advice'
  | 'workload'
  | 'move';

/** What a person looks at: neither saved in the document nor undone. */
export interface ViewState {
  /** The last one is the focus: what inspector and DDL pane show. */
  readonly selection: readonly Ref[];
  readonly hovered?: Id | undefined;
  readonly diagram: Id;
  readonly viewport: { readonly x: number; readonly y: number; readonly zoom: number };
  readonly tool: Tool;
  readonly dockTab: DockTab;
  readonly inspectorTab: InspectorTab;
  readonly dialog?: DialogName | undefined;
  /** A wish to bring something into view; panes follow each new `serial`. */
  readonly reveal?: { readonly ref: Ref; readonly serial: number; readonly from: string } | undefined;
  /** A wish to look at a diagram just so; the canvas follows each new `serial`. */
  readonly journey?: { readonly viewport: ViewState['viewport']; readonly diagram: Id; readonly serial: number } | undefined;
  /** A wish to see the whole diagram; the canvas follows each new `serial` once everything round it stands where it will. */
  readonly whole?: { readonly serial: number } | undefined;
  /** What the open dialog should begin with, such as an action's id for the shortcuts. */
  readonly dialogSubject?: string | undefined;
  /** A wish to edit a name in place; the canvas and the navigator follow each new `serial`. */
  readonly rename?: { readonly ref: Ref; readonly serial: number } | undefined;
}

export const viewStore = createStore<ViewState>(() => ({
  selection: [],
  diagram: MAIN_DIAGRAM,
  viewport: { x: 0, y: 0, zoom: 1 },
  tool: 'select',
  dockTab: 'ddl',
  inspectorTab: 'columns',
}));

export function sameRef(a: Ref, b: Ref): boolean {
  return a.record === b.record && a.part === b.part;
}

/** Selects exactly these. */
export function select(refs: readonly Ref[]): void {
  viewStore.setState({ selection: refs });
}

/** Adds to the selection, or takes out what is in it. */
export function toggleSelected(ref: Ref): void {
  viewStore.setState(({ selection }) => ({
    selection: selection.some((one) => sameRef(one, ref)) ? selection.filter((one) => !sameRef(one, ref)) : [...selection, ref],
  }));
}

let serial = 0;

/** Selects something and asks every pane to show it. @param from the pane that asks, which need not move itself. */
export function reveal(ref: Ref, from: string): void {
  serial += 1;
  viewStore.setState({ selection: [ref], reveal: { ref, serial, from } });
}

/** Asks for the whole diagram to be brought into sight, after what was just done is on the screen. */
export function showWhole(): void {
  serial += 1;
  viewStore.setState({ whole: { serial } });
}

/** Asks for the name of something to be edited where it stands. */
export function askRename(ref: Ref): void {
  serial += 1;
  viewStore.setState({ selection: [ref], rename: { ref, serial } });
}

/** @param subject what it should begin with. */
export function openDialog(dialog: DialogName | undefined, subject?: string): void {
  viewStore.setState({ dialog, dialogSubject: subject });
}
