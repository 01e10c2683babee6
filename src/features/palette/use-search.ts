import { useEffect, useMemo, useRef, useState } from 'react';
import { useActions, useDocumentState, usePreferences, useResults, useView } from '#state/hooks.ts';
import { placesStore } from '#state/places.ts';
import { queryOf } from './query.ts';
import { type Found, offered, runFor, type SearchInput, searching } from './search.ts';

/** Milliseconds of searching before the page gets its turn. */
const SLICE = 7;

export interface Searched {
  readonly found: readonly Found[];
  /** What was typed when it was found: answers to what was typed since are on their way. */
  readonly typed: string;
}

function useInput(): SearchInput {
  const document = useDocumentState((state) => state.document);
  const actions = useActions();
  const findings = useResults((state) => state.findings);
  const recentActions = usePreferences((state) => state.recentActions);
  const selected = useView((state) => state.selection.at(-1));
  return useMemo(
    () => ({ document, actions, findings, recentActions, recent: placesStore.getState().recent, selected }),
    [document, actions, findings, recentActions, selected],
  );
}

/** All answers to what is typed, at once: for who presses Enter before they are drawn. */
function answersTo(input: SearchInput, typed: string): readonly Found[] {
  const query = queryOf(typed);
  if (query.needle.wanted === '' && query.mode !== 'help') return offered(input, query.mode);
  return runFor(searching(input, query), Number.POSITIVE_INFINITY, () => 0) ?? [];
}

/** Searches for what is typed, a slice at a time; the last answers stand until the next are complete. */
export function useSearch(typed: string): Searched & { readonly now: () => readonly Found[] } {
  const input = useInput();
  const [searched, setSearched] = useState<Searched>(() => ({ found: answersTo(input, typed), typed }));
  const first = useRef(true);
  useEffect(() => {
    if (first.current) {
      first.current = false;
      return undefined;
    }
    const query = queryOf(typed);
    if (query.needle.wanted === '' && query.mode !== 'help') {
      setSearched({ found: offered(input, query.mode), typed });
      return undefined;
    }
    const search = searching(input, query);
    let timer = 0;
    const slice = () => {
      const found = runFor(search, performance.now() + SLICE, () => performance.now());
      if (found === undefined) timer = window.setTimeout(slice);
      else setSearched({ found, typed });
    };
    slice();
    return () => clearTimeout(timer);
  }, [input, typed]);
  return { ...searched, now: () => (searched.typed === typed ? searched.found : answersTo(input, typed)) };
}
