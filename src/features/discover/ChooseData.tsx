import { useState } from 'react';
import { useStore } from 'zustand';
import type { Problem } from '#lib/result.ts';
import { nameOf } from '#model/commands/lookup.ts';
import type { Id } from '#model/types.ts';
import { useDocumentState } from '#state/hooks.ts';
import { rowDatabaseStore } from '#state/row-database.ts';
import { Button } from '#ui/Button.tsx';
import { Icon } from '#ui/Icon.tsx';
import { Segments } from '#ui/Segments.tsx';
import { DatabaseData } from './DatabaseData.tsx';
import { chooseDataFiles, startWithDataText } from './start.ts';

/** A place to paste, and a button for files. */
function PastedRows({ onto, onFiles }: { readonly onto: Id | undefined; readonly onFiles: () => void }) {
  const [text, setText] = useState('');
  const look = () => void startWithDataText(text, onto);
  return (
    <>
      <textarea
        aria-label="Data to look at"
        // biome-ignore lint/a11y/noAutofocus: the person opened the dialog to paste here
        autoFocus
        value={text}
        placeholder={'Paste rows here: CSV, TSV, JSON lines.\n\nid,zip,city\n1,8001,Zürich\n2,3011,Bern\n3,8001,Zürich'}
        className="min-h-40 flex-1 resize-none rounded-lg border border-line-strong bg-sunken p-3 font-mono text-xs leading-5 outline-none placeholder:text-ink-3 focus:border-accent focus:ring-1 focus:ring-accent"
        spellCheck={false}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && text.trim() !== '') look();
        }}
      />
      <div className="flex items-center gap-2">
        <Button
          icon="FolderOpen"
          onClick={() => {
            onFiles();
            chooseDataFiles(onto);
          }}
        >
          Open files …
        </Button>
        <span className="min-w-0 flex-1 truncate text-ink-3 text-xs">
          .csv, .tsv, .jsonl, .gz, .sql, .sqlite; several for foreign keys; or drop them on the canvas or on a table
        </span>
        <Button variant="primary" disabled={text.trim() === ''} onClick={look}>
          Look at it
        </Button>
      </div>
    </>
  );
}

/** The dialog before any data was given: a place to paste, a button for files. */
export function ChooseData({ problem, onto }: { readonly problem: Problem | undefined; readonly onto: Id | undefined }) {
  const [picked, setPicked] = useState<'rows' | 'database'>();
  const asked = useStore(
    rowDatabaseStore,
    ({ files, working, problem: refused }) => files.length > 0 || working !== undefined || refused !== undefined,
  );
  const way = picked ?? (asked ? 'database' : 'rows');
  const table = useDocumentState((state) => (onto === undefined ? undefined : nameOf(state.document, onto)));
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-3 overflow-y-auto p-5">
      {problem === undefined ? null : (
        <p role="alert" className="flex items-start gap-2 rounded-lg bg-bad-soft px-3 py-2 text-bad [overflow-wrap:anywhere]">
          <Icon name="CircleAlert" className="mt-0.5 shrink-0" />
          <span className="min-w-0 flex-1">
            {problem.message} <span className="text-ink-2">The document was not touched.</span>
          </span>
        </p>
      )}
      <p className="max-w-[80ch] text-ink-2">
        {table === undefined
          ? 'Rows of data show which columns depend on which, what could be a key, and what nearly is a rule.'
          : `Rows of ${table} show which of its columns depend on which. Columns are found by their names.`}{' '}
        Nothing leaves this computer; nothing enters the model until you accept it.
      </p>
      <Segments
        label="Where the rows are"
        value={way}
        className="self-start text-xs"
        segments={[
          { value: 'rows', label: 'Files or pasted rows' },
          { value: 'database', label: 'A dump, database or query' },
        ]}
        onValueChange={setPicked}
      />
      {way === 'database' ? <DatabaseData onto={onto} /> : <PastedRows onto={onto} onFiles={() => setPicked(undefined)} />}
    </div>
  );
}
