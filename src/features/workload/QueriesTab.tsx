import { useDeferredValue, useMemo, useRef, useState } from 'react';
import type { Id } from '#model/types.ts';
import { useDocumentState, useResults, useView } from '#state/hooks.ts';
import { Button } from '#ui/Button.tsx';
import { EmptyState } from '#ui/EmptyState.tsx';
import { Icon } from '#ui/Icon.tsx';
import { Segments } from '#ui/Segments.tsx';
import { TextField } from '#ui/TextField.tsx';
import { addQuery, moveQuery, removeQueries } from './edit.ts';
import { ImportPane } from './ImportPane.tsx';
import { type Arrangement, arranged, createRows, type KindFilter, NATURAL, type QueryRow, type SortKey } from './list.ts';
import { QueryDetail } from './QueryDetail.tsx';
import { QueryList } from './QueryList.tsx';

/** First up, then down, then as people arranged them. Figures begin with the largest. */
function sorted(before: Arrangement, sort: SortKey): Arrangement {
  const first = sort === 'calls' || sort === 'latency';
  if (before.sort !== sort) return { ...before, sort, descending: first };
  return before.descending === first ? { ...before, descending: !first } : { ...before, sort: 'order', descending: false };
}

interface BarProps {
  readonly all: readonly QueryRow[];
  readonly shown: number;
  readonly arrangement: Arrangement;
  readonly onArrange: (next: Arrangement) => void;
  readonly onAdd: () => void;
  readonly onImport: () => void;
}

function Bar({ all, shown, arrangement, onArrange, onAdd, onImport }: BarProps) {
  const problems = all.filter(({ errors, warnings }) => errors + warnings > 0).length;
  const segments: { value: KindFilter; label: string; title?: string }[] = [
    { value: 'all', label: 'All' },
    { value: 'reads', label: 'Reads' },
    { value: 'writes', label: 'Writes' },
    {
      value: 'problems',
      label: problems === 0 ? 'Problems' : `Problems ${problems}`,
      title: 'Cannot be read, or name what is not there',
    },
  ];
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-2 border-line border-b px-3 py-2">
      <TextField
        label="Filter queries"
        hideLabel
        placeholder="Filter by name, text, table"
        boxClassName="flex-1 basis-36"
        start={<Icon name="Search" size={14} className="text-ink-3" />}
        value={arrangement.filter}
        onChange={(filter) => onArrange({ ...arrangement, filter })}
      />
      <Segments
        label="Which queries are shown"
        className="text-xs"
        value={arrangement.kind}
        segments={segments}
        onValueChange={(kind) => onArrange({ ...arrangement, kind })}
      />
      <span role="status" className="text-xs text-ink-3">
        {shown === all.length ? '' : `${shown} of ${all.length}`}
      </span>
      <span className="ml-auto flex gap-2">
        <Button icon="Plus" onClick={onAdd}>
          New
        </Button>
        <Button icon="ClipboardPaste" onClick={onImport}>
          Paste or import …
        </Button>
      </span>
    </div>
  );
}

/** The queries of the workload: a list, and the chosen one beside it. */
export function QueriesTab() {
  const subject = useView((state) => state.dialogSubject);
  const document = useDocumentState((state) => state.document);
  const readOnly = useDocumentState((state) => state.readOnly);
  const report = useResults((state) => state.workload);
  const [rowsOf] = useState(createRows);
  const all = useMemo(() => rowsOf(document, report), [rowsOf, document, report]);
  const [arrangement, setArrangement] = useState(NATURAL);
  const [importing, setImporting] = useState(false);
  const [dropped, setDropped] = useState<File>();
  const [picked, setPicked] = useState<Id | undefined>(subject);
  const detail = useRef<HTMLDivElement>(null);
  const wanted = useDeferredValue(arrangement);
  const rows = useMemo(() => arranged(all, wanted), [all, wanted]);
  if (importing || all.length === 0) {
    const back = () => {
      setImporting(false);
      setDropped(undefined);
    };
    return <ImportPane file={dropped} onBack={all.length === 0 ? undefined : back} onTaken={back} />;
  }
  const chosen = all.find(({ query }) => query.id === picked) ?? rows[0];
  const remove = (id: Id) => {
    const at = rows.findIndex(({ query }) => query.id === id);
    if (removeQueries([id])) setPicked((rows[at + 1] ?? rows[at - 1])?.query.id);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: files can be opened by a button, too
    <div
      data-takes-files=""
      className="flex min-h-0 flex-1"
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        const [file] = event.dataTransfer.files;
        if (file === undefined) return;
        event.preventDefault();
        setDropped(file);
        setImporting(true);
      }}
    >
      <div className="flex w-[54%] shrink-0 flex-col border-line border-r">
        <Bar
          all={all}
          shown={rows.length}
          arrangement={arrangement}
          onArrange={setArrangement}
          onAdd={() => {
            setArrangement(NATURAL);
            setPicked(addQuery() ?? picked);
          }}
          onImport={() => setImporting(true)}
        />
        {rows.length === 0 ? (
          <EmptyState icon="Search" title="Nothing like that" text="No query fits the filter." />
        ) : (
          <QueryList
            rows={rows}
            arrangement={arrangement}
            chosen={chosen?.query.id}
            onChoose={setPicked}
            onSort={(sort) => setArrangement((before) => sorted(before, sort))}
            onRemove={remove}
            onMove={readOnly === undefined && wanted.sort === 'order' && rows.length === all.length ? moveQuery : undefined}
            onEnter={() => detail.current?.querySelector<HTMLElement>('textarea, input')?.focus()}
          />
        )}
      </div>
      <div ref={detail} className="flex min-w-0 flex-1">
        {chosen === undefined ? null : (
          <QueryDetail query={chosen.query} facts={chosen.facts} onRemove={() => remove(chosen.query.id)} />
        )}
      </div>
    </div>
  );
}
