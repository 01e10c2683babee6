import { type ReactNode, useEffect, useState } from 'react';
import type { AsImported } from '#engine/sql/as-imported.ts';
import type { Problem } from '#lib/result.ts';
import { askAsImported } from '#state/as-imported.ts';
import { useDocumentState } from '#state/hooks.ts';
import { download } from '#ui/download.ts';
import { Icon } from '#ui/Icon.tsx';
import { IconButton } from '#ui/IconButton.tsx';
import { Select } from '#ui/Select.tsx';
import { Spinner } from '#ui/Spinner.tsx';
import { SqlPreview } from './SqlPreview.tsx';

/** The bar above the DDL: which form of it, and what is to say about that. */
export const FORM_BAR = 'flex h-9 shrink-0 items-center gap-3 border-line border-b bg-surface px-3 text-xs';

/** Milliseconds the model rests before its text is asked for anew. */
const REST = 400;

interface Asked {
  readonly written?: AsImported;
  readonly problem?: Problem;
  readonly busy: boolean;
}

/** What the document says, in the files it came from; asked anew when the model has changed and rests. */
function useAsImported(): Asked {
  const document = useDocumentState((state) => state.document);
  const [asked, setAsked] = useState<Asked>({ busy: true });
  useEffect(() => {
    setAsked((before) => ({ ...before, busy: true }));
    const timer = setTimeout(() => {
      void askAsImported(document).then((result) => {
        if (result === undefined) return;
        setAsked(result.ok ? { written: result.value, busy: false } : { problem: result.problem, busy: false });
      });
    }, REST);
    return () => clearTimeout(timer);
  }, [document]);
  return asked;
}

function changes({ changed, differs }: AsImported): string {
  if (differs.length > 0) {
    const names = differs.slice(0, 3).join(', ');
    return `${differs.length} ${differs.length === 1 ? 'object is' : 'objects are'} said otherwise than the model has ${differs.length === 1 ? 'it' : 'them'}: ${names}${differs.length > 3 ? ' …' : ''}`;
  }
  if (changed.length === 0) return 'As it came in, byte for byte, without rows of data.';
  const names = changed.slice(0, 4).join(', ');
  return `Written anew: ${names}${changed.length > 4 ? ` and ${changed.length - 4} more` : ''}. Everything else as it came in.`;
}

/** The model in the text it was imported from: untouched statements byte for byte, only what changed is written anew. */
export function AsImportedView({ lead }: { readonly lead: ReactNode }) {
  const { written, problem, busy } = useAsImported();
  const dialect = useDocumentState((state) => state.document.settings['settings']?.dialect ?? 'postgresql');
  const [at, setAt] = useState(0);
  if (problem !== undefined) {
    return (
      <div className="flex min-h-0 flex-1 flex-col">
        <div className={FORM_BAR}>{lead}</div>
        <p role="alert" className="flex items-start gap-2 p-4 text-ink-2">
          <Icon name="Info" size={15} className="mt-0.5" /> {problem.message}
        </p>
      </div>
    );
  }
  if (written === undefined) {
    return (
      <div className="flex min-h-0 flex-1 flex-col">
        <div className={FORM_BAR}>{lead}</div>
        <div className="grid flex-1 place-items-center">
          <Spinner label="Writing as imported" size={18} />
        </div>
      </div>
    );
  }
  const file = written.files[at] ?? written.files[0];
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div className={FORM_BAR}>
        {lead}
        {busy ? <Spinner label="Writing as imported" size={12} /> : null}
        <p
          role="status"
          className={`min-w-0 flex-1 truncate ${written.differs.length > 0 ? 'text-warn' : 'text-ink-2'}`}
          title={changes(written)}
        >
          {changes(written)}
        </p>
        {written.files.length > 1 ? (
          <Select
            label="File"
            size="sm"
            value={String(at)}
            options={written.files.map(({ name }, i) => ({ value: String(i), label: name }))}
            className="max-w-56"
            onValueChange={(value) => setAt(Number(value))}
          />
        ) : null}
        <IconButton
          icon="Download"
          label="Download this file"
          size="sm"
          onClick={() => file !== undefined && download(file.name.replace(/^.*\//, ''), file.text, 'application/sql')}
        />
      </div>
      <div className="min-h-0 flex-1">
        {file === undefined ? null : <SqlPreview label="DDL as imported" text={file.text} dialect={dialect} />}
      </div>
    </div>
  );
}
