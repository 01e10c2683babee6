import { useState } from 'react';
import type { Result } from '#lib/result.ts';
import { useDocumentState } from '#state/hooks.ts';
import { type ImportState, refuseImport } from '#state/import.ts';
import { importAsNew, importInPlace } from '#state/import-apply.ts';
import { Button } from '#ui/Button.tsx';
import { cx } from '#ui/cx.ts';
import { Icon } from '#ui/Icon.tsx';
import { ReceiptView } from './ReceiptView.tsx';

type Mode = 'new' | 'replace';

const MODES: readonly { readonly mode: Mode; readonly label: string; readonly text: string }[] = [
  { mode: 'new', label: 'Into a new document', text: 'The open one stays as it is.' },
  { mode: 'replace', label: 'Replace this document', text: 'Everything in it goes; one undo brings it back.' },
];

function ModeChoice({
  mode,
  modes,
  onMode,
}: {
  readonly mode: Mode;
  readonly modes: readonly Mode[];
  readonly onMode: (mode: Mode) => void;
}) {
  return (
    <fieldset className="flex min-w-0 flex-1 gap-2">
      <legend className="sr-only">Where it goes</legend>
      {MODES.filter((one) => modes.includes(one.mode)).map((one) => (
        <label
          key={one.mode}
          className={cx(
            'min-w-0 flex-1 cursor-pointer rounded-lg border px-3 py-1.5 has-focus-visible:outline-2 has-focus-visible:outline-accent',
            mode === one.mode ? 'border-accent bg-accent-soft' : 'border-line-strong hover:bg-sunken',
          )}
        >
          <input
            type="radio"
            name="import-mode"
            className="sr-only"
            checked={mode === one.mode}
            onChange={() => onMode(one.mode)}
          />
          <span className="block truncate font-semibold">{one.label}</span>
          <span className="block truncate text-xs text-ink-2">{one.text}</span>
        </label>
      ))}
    </fieldset>
  );
}

/** What would come in, statement by statement, and where it should go. */
export function PreviewStage({
  preview,
  onBack,
}: {
  readonly preview: Extract<ImportState, { stage: 'preview' }>;
  readonly onBack: () => void;
}) {
  const { files, imported, notes } = preview;
  const readOnly = useDocumentState((state) => state.readOnly !== undefined);
  const modes: readonly Mode[] = readOnly ? ['new'] : ['new', 'replace'];
  const [mode, setMode] = useState<Mode>('new');
  const [busy, setBusy] = useState(false);
  const apply = async () => {
    setBusy(true);
    const done: Result<void> = mode === 'new' ? await importAsNew(imported, files) : await importInPlace(imported, files);
    if (!done.ok) refuseImport(done.problem);
  };
  return (
    <>
      {notes.map((note) => (
        <p key={note} className="flex shrink-0 items-center gap-2 bg-warn-soft px-4 py-1 text-xs text-warn">
          <Icon name="Info" size={14} /> {note}
        </p>
      ))}
      <div className="min-h-0 flex-1">
        <ReceiptView files={files} receipt={imported.receipt} />
      </div>
      <div className="flex shrink-0 items-center gap-3 border-line border-t px-4 py-2.5">
        <ModeChoice mode={mode} modes={modes} onMode={setMode} />
        <Button onClick={onBack}>Back</Button>
        <Button variant="primary" disabled={busy} onClick={() => void apply()}>
          Import
        </Button>
      </div>
    </>
  );
}
