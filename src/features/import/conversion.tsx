import { useEffect, useMemo, useState } from 'react';
import type { MoveChoices } from '#engine/move/plan-types.ts';
import { allLosses, databaseName, LossList, MappingPanel, verdictCounts } from '#features/move/index.ts';
import type { Problem } from '#lib/result.ts';
import type { Document } from '#model/types.ts';
import { planMoveOf } from '#state/move.ts';
import { Icon } from '#ui/Icon.tsx';
import { Pill } from '#ui/Pill.tsx';
import type { Moved } from '#worker/jobs-protocol.ts';

/** What was read, in the database of the open document. */
export interface Conversion {
  /** Undefined while it is worked out. */
  readonly moved?: Moved;
  readonly problem?: Problem;
  readonly from: string;
  readonly to: string;
  readonly onChoose: (mapping: string, option: string) => void;
}

/** Converts what was read when it is to go into a document of another database; undefined when it fits as it is. */
export function useConversion(read: Document, into: Document, wanted: boolean): Conversion | undefined {
  const source = read.settings['settings'];
  const target = into.settings['settings'];
  const [choices, setChoices] = useState<MoveChoices>({});
  const [state, setState] = useState<Pick<Conversion, 'moved' | 'problem'>>({});
  const { dialect, version } = target ?? {};
  const needed = wanted && source !== undefined && dialect !== undefined && source.dialect !== dialect;
  useEffect(() => {
    if (!needed || dialect === undefined || version === undefined) return;
    let stopped = false;
    void planMoveOf(read, { dialect, version, choices }).then((planned) => {
      if (!stopped) setState(planned.ok ? { moved: planned.value } : { problem: planned.problem });
    });
    return () => {
      stopped = true;
    };
  }, [needed, read, dialect, version, choices]);
  if (!needed || source === undefined || target === undefined) return undefined;
  return {
    ...state,
    from: databaseName(source.dialect, source.version),
    to: databaseName(target.dialect, target.version),
    onChoose: (mapping, option) => setChoices((before) => ({ ...before, [mapping]: option })),
  };
}

/** Says that what comes in is converted first, and how well that goes. */
export function ConversionNote({ conversion }: { readonly conversion: Conversion }) {
  const { moved, problem, from, to } = conversion;
  if (problem !== undefined) {
    return (
      <p role="alert" className="flex shrink-0 items-center gap-2 bg-bad-soft px-4 py-1 text-bad text-xs">
        <Icon name="CircleAlert" size={14} /> {problem.message}
      </p>
    );
  }
  const counts = verdictCounts(moved?.mappings ?? []);
  const said =
    moved === undefined
      ? 'working it out …'
      : `${counts.faithful} types and features faithful, ${counts.approximate} approximate, ${counts.lost} lost.`;
  return (
    <p role="status" className="flex shrink-0 items-center gap-2 bg-warn-soft px-4 py-1 text-warn text-xs">
      <Icon name="ArrowLeftRight" size={14} />
      Converted from {from} to {to} first: {said}
    </p>
  );
}

/** What became of each type and feature on the way, and what was lost. */
export function ConversionView({ conversion }: { readonly conversion: Conversion }) {
  const { moved, from, to, onChoose } = conversion;
  const losses = useMemo(() => (moved === undefined ? [] : allLosses(moved)), [moved]);
  if (moved === undefined) return null;
  return (
    <div className="flex h-full min-h-0 flex-col">
      <div className="min-h-0 flex-[3]">
        <MappingPanel mappings={moved.mappings} from={from} to={to} onChoose={onChoose} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and has to by keyboard */}
      <section aria-label="Losses" tabIndex={0} className="min-h-0 flex-[2] overflow-y-auto border-line border-t -outline-offset-2">
        <h3 className="sticky top-0 z-10 flex items-center gap-1.5 border-line border-b bg-raised px-4 py-1.5 font-semibold text-xs">
          Losses <Pill tone={losses.length === 0 ? 'ok' : 'warn'}>{losses.length.toLocaleString('en')}</Pill>
        </h3>
        <LossList losses={losses} />
      </section>
    </div>
  );
}
