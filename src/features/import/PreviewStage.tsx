import { type RefObject, useMemo, useState } from 'react';
import { importCalls, mergeTicks, planImport, replaceTicks } from '#engine/sql/plan-import.ts';
import type { Result } from '#lib/result.ts';
import type { Id } from '#model/types.ts';
import { useDocumentState } from '#state/hooks.ts';
import { type ImportState, returnToPreview } from '#state/import.ts';
import { importAsNew, importMerged, STOPPED } from '#state/import-apply.ts';
import { openDialog } from '#state/view.ts';
import { Button } from '#ui/Button.tsx';
import { cx } from '#ui/cx.ts';
import { EmptyState } from '#ui/EmptyState.tsx';
import { Icon } from '#ui/Icon.tsx';
import { Spinner } from '#ui/Spinner.tsx';
import { type TabItem, TabPanel, Tabs } from '#ui/Tabs.tsx';
import { ConversionNote, ConversionView, useConversion } from './conversion.tsx';
import { MergeView } from './MergeView.tsx';
import { ReceiptView } from './ReceiptView.tsx';
import { SourceBar } from './SourceBar.tsx';

type Mode = 'new' | 'merge' | 'replace';
type View = 'changes' | 'receipt' | 'conversion';

const MODES: readonly { readonly mode: Mode; readonly label: string; readonly text: string }[] = [
  { mode: 'new', label: 'Into a new document', text: 'The open one stays as it is.' },
  { mode: 'merge', label: 'Merge', text: 'Take what you tick; keep the rest.' },
  { mode: 'replace', label: 'Replace', text: 'It becomes what the text says.' },
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
  const [only] = MODES;
  // Where there is no choice, none is shown.
  if (modes.length === 1 && only !== undefined)
    return (
      <p className="min-w-0 flex-1 truncate pl-1">
        <span className="font-semibold">{only.label}.</span> <span className="text-ink-2">{only.text}</span>
      </p>
    );
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
          <span title={one.text} className="block truncate text-xs text-ink-2">
            {one.text}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

const TABS: readonly TabItem<View>[] = [
  { value: 'changes', label: 'What changes' },
  { value: 'receipt', label: 'Receipt' },
];

/** Before what was read is in the language of the open document. */
function Waits({ failed }: { readonly failed: boolean }) {
  if (failed) return <EmptyState icon="CircleAlert" title="It cannot be converted" text="It can come in as a new document." />;
  return (
    <div className="grid h-full place-items-center">
      <Spinner label="Working out the conversion" size={18} />
    </div>
  );
}

type Preview = Extract<ImportState, { stage: 'preview' }>;

/** What would change in the open document, and the choice what to take. */
function usePlan({ imported }: Preview, mode: Mode) {
  const document = useDocumentState((state) => state.document);
  const conversion = useConversion(imported.document, document, mode !== 'new');
  const read = conversion === undefined ? imported.document : conversion.moved?.document;
  const plan = useMemo(
    () => (mode === 'new' || read === undefined ? undefined : planImport(document, read)),
    [mode, document, read],
  );
  const [chosen, setChosen] = useState<ReadonlySet<Id> | undefined>();
  const ticks = useMemo<ReadonlySet<Id>>(() => {
    if (plan === undefined) return new Set();
    return mode === 'replace' ? replaceTicks(plan) : (chosen ?? mergeTicks(plan));
  }, [plan, mode, chosen]);
  return { plan, ticks, setChosen, conversion };
}

export interface PreviewStageProps {
  readonly preview: Preview;
  /** Id of the control that had the text read again, to give the focus back to. */
  readonly asked: RefObject<string | undefined>;
  readonly onBack: () => void;
}

/** What would come in, statement by statement and object by object, and where it should go. */
export function PreviewStage({ preview, asked, onBack }: PreviewStageProps) {
  const { files, imported, given } = preview;
  const readOnly = useDocumentState((state) => state.readOnly !== undefined);
  const empty = useDocumentState(({ document }) => Object.keys(document.tables).length + Object.keys(document.views).length === 0);
  const modes: readonly Mode[] = readOnly || empty ? ['new'] : ['new', 'merge', 'replace'];
  const [mode, setMode] = useState<Mode>('new');
  const [view, setView] = useState<View>('changes');
  const [busy, setBusy] = useState(false);
  const { plan, ticks, setChosen, conversion } = usePlan(preview, mode);
  const waits = mode !== 'new' && plan === undefined;
  const apply = async () => {
    setBusy(true);
    const label = `${mode === 'merge' ? 'Merge' : 'Replace by'} ${files[0]?.name ?? 'an import'}`;
    const done: Result<void> =
      plan === undefined
        ? await importAsNew(imported, files)
        : await importMerged(imported, files, importCalls(plan, ticks, label, mode === 'replace'), label);
    if (done.ok || done.problem.code === STOPPED) return;
    setBusy(false);
    returnToPreview(preview, done.problem);
    openDialog('import');
  };
  const receipt = <ReceiptView files={files} receipt={imported.receipt} />;
  return (
    <>
      {preview.problem === undefined ? null : (
        <p role="alert" className="flex shrink-0 items-center gap-2 bg-bad-soft px-4 py-1.5 text-bad text-xs">
          <Icon name="CircleAlert" size={14} /> {preview.problem.message}
        </p>
      )}
      <SourceBar given={given} looked={preview.looked} asked={asked} />
      {given.notes.map((note) => (
        <p key={note} className="flex shrink-0 items-center gap-2 bg-warn-soft px-4 py-1 text-xs text-warn">
          <Icon name="Info" size={14} />
          <span className="min-w-0 [overflow-wrap:anywhere]">{note}</span>
        </p>
      ))}
      {conversion === undefined ? null : <ConversionNote conversion={conversion} />}
      <div className="flex min-h-0 flex-1 flex-col">
        {mode === 'new' ? (
          receipt
        ) : (
          <Tabs
            label="Preview"
            tabs={conversion === undefined ? TABS : [...TABS, { value: 'conversion', label: 'Conversion' }]}
            value={view === 'conversion' && conversion === undefined ? 'changes' : view}
            onValueChange={setView}
          >
            <TabPanel value="changes">
              {plan === undefined ? (
                <Waits failed={conversion?.problem !== undefined} />
              ) : (
                <MergeView plan={plan} ticks={ticks} onTicks={mode === 'merge' ? setChosen : undefined} />
              )}
            </TabPanel>
            <TabPanel value="receipt">{receipt}</TabPanel>
            {conversion === undefined ? null : (
              <TabPanel value="conversion">
                {conversion.moved === undefined ? (
                  <Waits failed={conversion.problem !== undefined} />
                ) : (
                  <ConversionView conversion={conversion} />
                )}
              </TabPanel>
            )}
          </Tabs>
        )}
      </div>
      <div className="flex shrink-0 items-center gap-3 border-line border-t px-4 py-2.5">
        <ModeChoice mode={mode} modes={modes} onMode={setMode} />
        <Button onClick={onBack}>Back</Button>
        <Button variant="primary" disabled={busy || waits || (plan !== undefined && ticks.size === 0)} onClick={() => void apply()}>
          {mode === 'new' ? 'Import' : mode === 'merge' ? 'Merge' : 'Replace'}
        </Button>
      </div>
    </>
  );
}
