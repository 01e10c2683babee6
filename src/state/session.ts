import { createStore } from 'zustand/vanilla';

export type SaveState =
  | { readonly state: 'saved'; readonly where: string }
  | { readonly state: 'saving' }
  | { readonly state: 'failed'; readonly code: string; readonly message: string };

export interface DocumentEntry {
  readonly id: string;
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly changed: number;
  readonly tables: number;
}

/** Which document is open, where it is kept, and which others there are. */
export interface SessionState {
  readonly documentId?: string | undefined;
  readonly documents: readonly DocumentEntry[];
  readonly save: SaveState;
  /** Name of the file on disk the document is linked to. */
  readonly file?: string | undefined;
  /** That file holds the document as it is now; edits are stored in the browser only, until it is saved again. */
  readonly fileCurrent?: boolean;
  /** Another tab owns the document: this one follows. */
  readonly following: boolean;
  readonly ready: boolean;
  /** The document came in a link and is stored nowhere; `newer` = by a newer version, so that a copy would lose facts. */
  readonly shared?: 'keepable' | 'newer' | undefined;
}

export const sessionStore = createStore<SessionState>(() => ({
  documents: [],
  save: { state: 'saved', where: 'this browser' },
  following: false,
  ready: false,
}));
