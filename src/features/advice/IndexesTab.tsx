import { useState } from 'react';
import type { IndexAdvice } from '#engine/indexes/advise/advice.ts';
import type { Document } from '#model/types.ts';
import { IndexDetail } from './IndexDetail.tsx';
import { IndexList } from './IndexList.tsx';
import { IndexProof } from './IndexProof.tsx';

export interface IndexesTabProps {
  readonly document: Document;
  readonly advice: IndexAdvice;
  readonly taken: ReadonlySet<string>;
  readonly fixed: boolean;
}

/** All indexes that were judged, and the evidence for one. */
export function IndexesTab({ document, advice, taken, fixed }: IndexesTabProps) {
  const [picked, setPicked] = useState<string>();
  const chosen =
    advice.indexes.find(({ id }) => id === picked) ??
    advice.losers.find(({ id }) => id === picked) ??
    advice.indexes[0] ??
    advice.losers[0];
  return (
    <div className="flex min-h-0 flex-1">
      <IndexList document={document} advice={advice} chosen={chosen?.id} taken={taken} fixed={fixed} onChoose={setPicked} />
      {chosen === undefined ? (
        <p className="p-5 leading-5 text-ink-2">
          There is no index, and the queries ask for none: they read whole tables, or rows by their keys.
        </p>
      ) : (
        <IndexDetail
          key={chosen.id}
          document={document}
          advice={advice}
          index={chosen}
          proof={advice.queries.length === 0 ? undefined : <IndexProof document={document} advice={advice} index={chosen} />}
          onChoose={setPicked}
        />
      )}
    </div>
  );
}
