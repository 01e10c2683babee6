import { useStore } from 'zustand';
import { actionsStore, keysOf } from './actions.ts';
import { type DocumentState, documentStore } from './document.ts';
import { noticesStore } from './notices.ts';
import { type PanesState, panesStore } from './panes.ts';
import { type Preferences, preferencesStore } from './preferences.ts';
import { type ResultsState, resultsStore } from './results.ts';
import { type SessionState, sessionStore } from './session.ts';
import { type ViewState, viewStore } from './view.ts';

/** React's way to the stores. Select narrowly: a component re-renders when its selection's identity changes. */
export const useDocumentState = <T>(pick: (state: DocumentState) => T): T => useStore(documentStore, pick);
export const useView = <T>(pick: (state: ViewState) => T): T => useStore(viewStore, pick);
export const useResults = <T>(pick: (state: ResultsState) => T): T => useStore(resultsStore, pick);
export const usePreferences = <T>(pick: (state: Preferences) => T): T => useStore(preferencesStore, pick);
export const usePanes = <T>(pick: (state: PanesState) => T): T => useStore(panesStore, pick);
export const useSession = <T>(pick: (state: SessionState) => T): T => useStore(sessionStore, pick);
export const useNotices = () => useStore(noticesStore, (state) => state.notices);
export const useActions = () => useStore(actionsStore, (state) => state.actions);
/** The key of an action as it is bound now. */
export const useKeys = (id: string): string | undefined => useStore(actionsStore, ({ actions }) => keysOf(id, actions));
