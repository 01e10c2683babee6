import { useEffect, useMemo, useRef, useState } from 'react';
import { readFigure } from '#lib/figures.ts';
import { notify } from '#state/notices.ts';
import { takeQueries, wantedQueries } from '#state/take-queries.ts';
import { Button } from '#ui/Button.tsx';
import { Checkbox } from '#ui/Checkbox.tsx';
import { Icon } from '#ui/Icon.tsx';
import { IconButton } from '#ui/IconButton.tsx';
import { Spinner } from '#ui/Spinner.tsx';
import { TextField } from '#ui/TextField.tsx';
import { ImportPreview } from './ImportPreview.tsx';
import { SourceCards } from './SourceCards.tsx';
import { type Given, textOf, useImport } from './use-import.ts';

const PLACEHOLDER = `Paste queries, or what your server knows of them.

-- name: open_orders
SELECT id, total FROM orders
WHERE customer_id = $1 ORDER BY created_at DESC LIMIT 20;`;

function chooseFile(then: (file: File) => void): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = '.sql,.csv,.tsv,.json,.jsonl,.log,.txt';
  input.addEventListener('change', () => {
    const [file] = input.files ?? [];
    if (file !== undefined) then(file);
  });
  input.click();
}

/** The file that is read, in place of the field: it may be long. */
function HeldFile({ given, onDrop }: { readonly given: Given; readonly onDrop: () => void }) {
  return (
    <div className="flex flex-1 flex-col items-center justify-center gap-2 rounded-lg border border-line-strong bg-sunken p-4">
      <Icon name="FileText" size={22} className="text-ink-3" />
      <p className="flex items-center gap-1 font-medium [overflow-wrap:anywhere]">
        {given.name} <IconButton icon="X" label="Take another text" size="sm" onClick={onDrop} />
      </p>
      <p className="text-xs text-ink-2">{given.text.length.toLocaleString('en')} characters</p>
    </div>
  );
}

export interface ImportPaneProps {
  /** Back to the list; absent while there is none to go back to. */
  readonly onBack: (() => void) | undefined;
  readonly onTaken: () => void;
  /** A file that was dropped before. */
  readonly file?: File | undefined;
}

/** Many queries at once: a place to paste, a preview of what that brings, and one step that takes it. */
export function ImportPane({ onBack, onTaken, file: dropped }: ImportPaneProps) {
  const [given, setGiven] = useState<Given>({ text: '' });
  const [refused, setRefused] = useState<string>();
  const [typedHours, setTypedHours] = useState('');
  const [mend, setMend] = useState<boolean>();
  const field = useRef<HTMLTextAreaElement>(null);
  const { busy, read, problem } = useImport(given);
  const counted = read !== undefined && read.kind !== 'typed' && read.kind !== 'file';
  // What somebody wrote is wanted though it cannot be read; of thousands of a server's statements it hardly is.
  const broken = mend ?? !counted;
  const hours = readFigure(typedHours);
  const badHours = hours === 'bad' || hours === 0;
  const said = typeof hours === 'number' && hours > 0 ? hours : undefined;
  const wanted = useMemo(() => (read === undefined ? [] : wantedQueries(read, broken)), [read, broken]);
  const take = () => {
    if (read === undefined || wanted.length === 0 || badHours) return;
    const result = takeQueries(read, { broken, ...(said === undefined ? {} : { hours: said }) });
    if (result.ok) onTaken();
    else notify({ tone: 'bad', text: result.problem.message });
  };
  const open = (file: File) =>
    void textOf(file).then((result) => {
      if ('text' in result) setGiven(result);
      setRefused('text' in result ? undefined : result.message);
    });
  // biome-ignore lint/correctness/useExhaustiveDependencies: each file is opened once
  useEffect(() => {
    if (dropped !== undefined) open(dropped);
  }, [dropped]);
  const message = refused ?? problem?.message;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: files can be opened by a button, too
    <div
      data-takes-files=""
      className="flex min-h-0 flex-1 flex-col"
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        const [file] = event.dataTransfer.files;
        if (file === undefined) return;
        event.preventDefault();
        open(file);
      }}
    >
      <div className="flex min-h-0 flex-1">
        <div className="flex min-w-0 flex-1 flex-col gap-2.5 p-4">
          {given.name === undefined ? (
            <textarea
              ref={field}
              aria-label="Queries or statistics"
              // biome-ignore lint/a11y/noAutofocus: the person came to paste here
              autoFocus
              placeholder={PLACEHOLDER}
              spellCheck={false}
              value={given.text}
              className="min-h-40 flex-1 resize-none rounded-lg border border-line-strong bg-sunken p-3 font-mono text-xs leading-5 outline-none placeholder:text-ink-3 focus:border-accent focus:ring-1 focus:ring-accent"
              onChange={(event) => {
                setRefused(undefined);
                setGiven({ text: event.target.value });
              }}
              onKeyDown={(event) => {
                if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) take();
              }}
            />
          ) : (
            <HeldFile given={given} onDrop={() => setGiven({ text: '' })} />
          )}
          {message === undefined ? null : (
            <p role="alert" className="text-xs text-bad [overflow-wrap:anywhere]">
              {message}
            </p>
          )}
          <div className="flex items-center gap-2">
            <Button icon="FolderOpen" onClick={() => chooseFile(open)}>
              Open a file …
            </Button>
            <span className="min-w-0 flex-1 truncate text-xs text-ink-3">.sql, .csv, .json, a slow query log; or drop it here</span>
          </div>
        </div>
        <div className="flex w-[46%] shrink-0 flex-col border-line border-l">
          {read === undefined ? <SourceCards /> : <ImportPreview read={read} wanted={wanted} hours={said} />}
        </div>
      </div>
      <footer className="flex flex-wrap items-center gap-x-4 gap-y-2 border-line border-t px-5 py-3">
        {busy ? <Spinner label="Reading" /> : null}
        {counted ? (
          <span className="flex items-center gap-2">
            <TextField
              label="Counted over hours"
              hideLabel
              boxClassName="w-24"
              inputMode="decimal"
              placeholder={read.hours === undefined ? 'hours' : String(Number(read.hours.toPrecision(3)))}
              error={badHours ? 'No number of hours' : undefined}
              value={typedHours}
              onChange={setTypedHours}
            />
            <span className="text-xs text-ink-2">
              {read.hours === undefined && said === undefined
                ? 'hours of counting: without them calls per hour stay unknown'
                : 'hours of counting'}
            </span>
          </span>
        ) : null}
        {read !== undefined && read.broken.length > 0 ? (
          <Checkbox
            label={`Take ${read.broken.length === 1 ? 'the one' : `the ${read.broken.length}`} that cannot be read too, to be mended`}
            checked={broken}
            onCheckedChange={setMend}
          />
        ) : null}
        <span className="flex-1" />
        {onBack === undefined ? null : <Button onClick={onBack}>Cancel</Button>}
        <Button variant="primary" disabled={wanted.length === 0 || badHours || busy} onClick={take}>
          {wanted.length === 1 ? 'Add one query' : `Add ${wanted.length === 0 ? '' : `${wanted.length} `}queries`}
        </Button>
      </footer>
    </div>
  );
}
