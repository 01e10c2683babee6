import { type DragEvent, useDeferredValue, useMemo, useState } from 'react';
import { FACT_QUERIES } from '#engine/dialects/fact-queries.ts';
import { readDeclaredFacts } from '#engine/facts/declared.ts';
import { readProductionFacts } from '#engine/facts/production/read.ts';
import type { GivenFacts } from '#engine/facts/take.ts';
import { SqlPreview } from '#features/sql/index.ts';
import { many } from '#lib/amounts.ts';
import type { Document } from '#model/types.ts';
import { copyText } from '#state/copy-text.ts';
import { today } from '#state/today.ts';
import { Button } from '#ui/Button.tsx';
import { WithCode } from '#ui/WithCode.tsx';
import { Taking } from './Taking.tsx';
import { namesText } from './words.ts';

interface Read {
  readonly given?: GivenFacts;
  readonly problem?: string;
  readonly unknown: readonly string[];
  readonly missing: readonly string[];
}

/** Reads what was pasted: what the query gives, or facts in the form of the terminal command. */
function readPasted(document: Document, text: string): Read | undefined {
  if (text.trim() === '') return undefined;
  const facts = readProductionFacts(document, text);
  if (facts.ok) return { given: facts.value, unknown: facts.value.unknown, missing: facts.value.missing };
  const declared = facts.problem.code === 'facts-shape' ? readDeclaredFacts(document, text) : undefined;
  if (declared?.ok === true) return { given: declared.value, unknown: declared.value.unknown, missing: [] };
  return { problem: facts.problem.message, unknown: [], missing: [] };
}

function Found({ read }: { readonly read: Read }) {
  const { given, unknown, missing } = read;
  if (given === undefined) return null;
  const columns = [...given.columns.values()].reduce((sum, one) => sum + one.size, 0);
  return (
    <div className="border-line border-b px-4 py-2 text-xs leading-4.5">
      <p>
        {many(given.tables.size, 'table')} and {many(columns, 'column')} are of this model.
      </p>
      {unknown.length === 0 ? null : <p className="text-ink-2">Not in this model, left out: {namesText(unknown)}.</p>}
      {missing.length === 0 ? null : <p className="text-ink-2">Nothing is said of: {namesText(missing)}.</p>}
    </div>
  );
}

async function textOf(file: File | undefined): Promise<string | undefined> {
  return file === undefined ? undefined : file.text();
}

/** Facts that a server knows: the query to run there, a place for what it gives, and what that would change. */
export function FromProduction({ document, onDone }: { readonly document: Document; readonly onDone: () => void }) {
  const [text, setText] = useState('');
  const late = useDeferredValue(text);
  const read = useMemo(() => readPasted(document, late), [document, late]);
  const dialect = document.settings['settings']?.dialect ?? 'postgresql';
  const { sql, hint } = FACT_QUERIES[dialect];
  const takeFile = (file: File | undefined) => void textOf(file).then((found) => found !== undefined && setText(found));
  const drop = (event: DragEvent) => {
    if (event.dataTransfer.files.length === 0) return;
    event.preventDefault();
    event.stopPropagation();
    takeFile(event.dataTransfer.files[0]);
  };
  return (
    <div className="flex min-h-0 flex-1">
      <section
        aria-label="The query and what it gives"
        className="flex w-[460px] shrink-0 flex-col gap-2 overflow-y-auto border-line border-r p-4 max-[1200px]:w-[400px]"
      >
        <p className="text-xs leading-4.5 text-ink-2">
          Run this query in production. It reads what the server knows of its tables, no rows; but frequent values and ranges are
          values of your data. <strong className="font-semibold text-ink">Nothing leaves this browser.</strong>
        </p>
        <div className="flex h-44 shrink-0 flex-col overflow-hidden rounded-md border border-line-strong">
          <SqlPreview label="Query for facts" text={sql} dialect={dialect} />
        </div>
        <div className="flex items-start gap-2">
          <p className="min-w-0 flex-1 text-[11.5px] leading-4 text-ink-2 [overflow-wrap:anywhere]">
            <WithCode text={hint} />
          </p>
          <Button size="sm" icon="Copy" onClick={() => void copyText(sql, 'The query is copied.')}>
            Copy query
          </Button>
        </div>
        <label className="flex min-h-40 flex-1 flex-col gap-1 text-xs text-ink-2">
          What it gave: one value of JSON. Paste it, or drop its file here.
          <textarea
            // biome-ignore lint/a11y/noAutofocus: the person opened this to paste here
            autoFocus
            className="min-h-28 w-full flex-1 resize-none rounded-md border border-line-strong bg-sunken px-2 py-1.5 font-mono text-[11.5px] text-ink outline-none focus:border-accent focus:bg-surface focus:ring-1 focus:ring-accent aria-invalid:border-bad"
            spellCheck={false}
            autoComplete="off"
            value={text}
            {...(read?.problem === undefined ? {} : { 'aria-invalid': true, 'aria-describedby': 'facts-problem' })}
            onChange={(event) => setText(event.target.value)}
            onDragOver={(event) => event.preventDefault()}
            onDrop={drop}
          />
        </label>
        {read?.problem === undefined ? null : (
          <p id="facts-problem" role="alert" className="text-xs leading-4.5 text-bad">
            {read.problem}
          </p>
        )}
        <label className="flex cursor-pointer items-center gap-2 text-xs text-accent has-focus-visible:underline hover:underline">
          Choose a file …
          <input
            type="file"
            accept=".json,.txt,application/json,text/plain"
            className="sr-only"
            onChange={(event) => takeFile(event.target.files?.[0])}
          />
        </label>
      </section>
      <Taking
        document={document}
        given={read?.given}
        source={`production, ${today()}`}
        waiting={{ title: 'Facts of production', text: 'What they would change is shown here before anything is taken over.' }}
        found={read === undefined ? null : <Found read={read} />}
        onDone={onDone}
      />
    </div>
  );
}
