import { useMemo } from 'react';
import { sameBesidePlaces } from '#features/inspector/index.ts';
import type { Document } from '#model/types.ts';
import type { DocumentState } from '#state/document.ts';
import { useDocumentState } from '#state/hooks.ts';

/** The document, but the same one while only places on the canvas change. */
export function useStillDocument(): Document {
  const pick = useMemo(() => {
    let last: Document | undefined;
    return ({ document }: DocumentState): Document => {
      if (last === undefined || !sameBesidePlaces(last, document)) last = document;
      return last;
    };
  }, []);
  return useDocumentState(pick);
}
