import { useMemo, useState } from 'react';
import { SqlPreview } from '#features/sql/index.ts';
import type { SchemaChange } from '#model/change-types.ts';
import type { New } from '#model/patch.ts';
import { Segments } from '#ui/Segments.tsx';
import { scriptText } from './words.ts';

type Way = 'forward' | 'back';

const WAYS = [
  { value: 'forward', label: 'Forward' },
  { value: 'back', label: 'The way back' },
] as const;

/** The SQL for a database with rows, forward and back. */
export function ScriptView({ change }: { readonly change: New<SchemaChange> }) {
  const [way, setWay] = useState<Way>('forward');
  const text = useMemo(() => scriptText(change[way], change.dialect), [change, way]);
  return (
    <div className="flex h-full min-h-0 flex-col">
      <div className="flex items-center gap-3 border-line border-b px-5 py-2">
        <Segments label="Which way" value={way} segments={WAYS} onValueChange={setWay} className="w-60" />
        <p className="text-xs text-ink-2">
          Guards first, rows compared before anything goes; kept in the document with the change.
        </p>
      </div>
      <div className="min-h-0 flex-1">
        <SqlPreview label="Migration SQL" text={text} dialect={change.dialect} />
      </div>
    </div>
  );
}
