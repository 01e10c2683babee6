import { useEffect, useMemo, useState } from 'react';
import { recordIn } from '#model/collections.ts';
import { useDocumentState } from '#state/hooks.ts';
import { Button } from '#ui/Button.tsx';
import { Dialog } from '#ui/Dialog.tsx';
import { Icon } from '#ui/Icon.tsx';
import { type PendingPaste, stopAsking } from './asking.ts';
import { addJudged, type JudgedRow, judge, type ReadPaste, readPaste } from './paste.ts';

const NOTHING: ReadPaste = { rows: [], parts: [], left: [] };

/** What the text says, read again a moment after each change. */
function useRead(text: string): ReadPaste {
  const [read, setRead] = useState(NOTHING);
  useEffect(() => {
    let current = true;
    const timer = setTimeout(() => {
      void readPaste(text).then((value) => {
        if (current) setRead(value);
      });
    }, 120);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [text]);
  return read;
}

const SIGN = {
  fits: <Icon name="Check" size={14} className="text-ok" />,
  doubt: <Icon name="TriangleAlert" size={14} className="text-warn" />,
  wrong: <Icon name="CircleAlert" size={14} className="text-bad" />,
};

function Rows({ rows }: { readonly rows: readonly JudgedRow[] }) {
  return (
    <ul aria-label="Pasted rows" className="max-h-56 min-h-0 overflow-y-auto rounded-md border border-line">
      {rows.map((row) => (
        <li key={`${row.line}/${row.text}`} className="flex gap-2 border-line border-b px-2 py-1 last:border-b-0">
          <span className="pt-0.5">{SIGN[row.state]}</span>
          <span className="min-w-0 flex-1">
            <span className="block truncate font-mono text-[11.5px]">{row.typed?.name ?? row.text}</span>
            {row.says === undefined || row.says === '' ? null : (
              <span className={row.state === 'wrong' ? 'text-bad text-xs' : 'text-ink-2 text-xs'}>{row.says}</span>
            )}
          </span>
          <span className="text-ink-3 text-xs">{row.state === 'wrong' ? 'not taken' : (row.typed?.type ?? '')}</span>
        </li>
      ))}
    </ul>
  );
}

/** Says what is wrong with pasted columns, row by row, and takes those that fit. */
export function PasteDialog({ pending }: { readonly pending: PendingPaste }) {
  const document = useDocumentState((state) => state.document);
  const [text, setText] = useState(pending.text);
  const [failed, setFailed] = useState<string | undefined>();
  const read = useRead(text);
  const table = recordIn(document, 'tables', pending.table);
  const rows = useMemo(() => (table === undefined ? [] : judge(document, table, read.rows)), [document, table, read]);
  const fits = rows.filter((row) => row.state !== 'wrong').length;
  const wrong = rows.length - fits;
  const add = () => {
    const problem = addJudged(pending, rows, read);
    if (problem === undefined) stopAsking();
    else setFailed(problem);
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => (open ? undefined : stopAsking())}
      title={`Paste columns into ${table?.name ?? 'the table'}`}
      description="Not every row can be taken as it is. Mend the text, or take what fits."
      footer={
        <>
          <p role="status" className="mr-auto text-ink-2 text-xs">
            {fits} of {rows.length} rows fit{wrong === 0 ? '.' : `, ${wrong} ${wrong === 1 ? 'does' : 'do'} not.`}
          </p>
          <Button onClick={stopAsking}>Cancel</Button>
          <Button variant="primary" disabled={fits === 0} onClick={add}>
            {fits === 1 ? 'Add one column' : `Add ${fits} columns`}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-3">
        <textarea
          aria-label="Pasted text"
          className="h-36 w-full resize-y rounded-md border border-line-strong bg-surface p-2 font-mono text-[11.5px] leading-4.5"
          spellCheck={false}
          value={text}
          onChange={(event) => {
            setFailed(undefined);
            setText(event.target.value);
          }}
        />
        {(failed ?? read.problem) === undefined ? null : (
          <p role="alert" className="text-bad text-xs">
            {failed ?? read.problem}
          </p>
        )}
        {rows.length === 0 ? null : <Rows rows={rows} />}
      </div>
    </Dialog>
  );
}
