import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import { tintOf } from '#paint/face.ts';
import { documentStore } from '#state/document.ts';
import { useDocumentState, useResults } from '#state/hooks.ts';
import { Button } from '#ui/Button.tsx';
import { Kbd } from '#ui/Kbd.tsx';
import { Segments } from '#ui/Segments.tsx';
import { AsImportedView, FORM_BAR } from './AsImportedView.tsx';
import { EditorFrame } from './EditorFrame.tsx';
import type { MarksShown, PaneStatus, SqlPane } from './editor/sql-pane.ts';
import { schemaOf } from './editor/stripes.ts';
import { MarkCard } from './MarkCard.tsx';
import { type Removal, RemovalDialog } from './RemovalDialog.tsx';

const IDLE: PaneStatus = { drafts: 0, tabMoves: true };

interface Started {
  readonly pane: SqlPane | undefined;
  readonly failed: string | undefined;
  readonly status: PaneStatus;
  readonly shown: MarksShown | undefined;
  readonly hide: () => void;
  readonly removal: Removal | undefined;
  readonly answered: () => void;
}

/** Loads Monaco once the rest of the page has been painted, and keeps one editor in the element. */
function useSqlPane(host: RefObject<HTMLDivElement | null>): Started {
  const [pane, setPane] = useState<SqlPane>();
  const [failed, setFailed] = useState<string>();
  const [status, setStatus] = useState(IDLE);
  const [shown, setShown] = useState<MarksShown>();
  const [removal, setRemoval] = useState<Removal>();

  useEffect(() => {
    let stopped = false;
    let made: SqlPane | undefined;
    const start = async () => {
      const [{ monaco }, { SqlPane: Pane }] = await Promise.all([import('./editor/monaco.ts'), import('./editor/sql-pane.ts')]);
      if (stopped || host.current === null) return;
      made = new Pane(monaco, host.current, {
        tintOf: (statement) => {
          const { document } = documentStore.getState();
          const schema = schemaOf(document, statement);
          return schema === undefined ? undefined : tintOf(document, schema);
        },
        confirm: (dependents) => new Promise((answer) => setRemoval({ dependents, answer })),
        onStatus: setStatus,
        onMarks: setShown,
      });
      setPane(made);
    };
    start().catch((error: unknown) => setFailed(error instanceof Error ? error.message : String(error)));
    return () => {
      stopped = true;
      made?.dispose();
    };
  }, [host]);

  const hide = useCallback(() => setShown(undefined), []);
  const answered = useCallback(() => setRemoval(undefined), []);
  return { pane, failed, status, shown, hide, removal, answered };
}

function DraftBar({ pane, status }: { readonly pane: SqlPane; readonly status: PaneStatus }) {
  const marked = status.problem !== undefined;
  return (
    <div className="flex h-8 items-center gap-2 border-line border-t bg-surface px-3 text-xs">
      <span role="status" className={`min-w-0 truncate ${marked ? 'text-bad' : 'text-ink-2'}`}>
        {marked ? `Not applied: ${status.problem}` : 'Typing: the model follows when you leave the statement'}
      </span>
      <span className="ml-auto" />
      <Button size="sm" variant="ghost" onClick={() => pane.discardDrafts()}>
        Discard
      </Button>
      <Button size="sm" onClick={() => pane.applyDrafts()}>
        Apply <Kbd keys="mod+enter" />
      </Button>
    </div>
  );
}

type Form = 'written' | 'imported';

const FORMS = [
  { value: 'written', label: 'Written', title: 'The model as DDL, one form for all: typing in it changes the model.' },
  {
    value: 'imported',
    label: 'As imported',
    title:
      'The text that was imported, byte for byte; only what changed is written anew. To look at and download: edit on the canvas or in the written form.',
  },
] as const;

/** The model as SQL: written from the model and editable, or in the text that it was imported from. */
export function DdlPane() {
  const imported = useDocumentState((state) => Object.keys(state.document.sources).length > 0);
  const [form, setForm] = useState<Form>('written');
  if (!imported) return <WrittenPane />;
  const choice = <Segments label="Form of the DDL" value={form} segments={FORMS} onValueChange={setForm} className="shrink-0" />;
  const written = form === 'written';
  // What is being typed stays in its editor while the imported text is looked at.
  return (
    <div className="flex h-full min-h-0 flex-col">
      {written ? null : <AsImportedView lead={choice} />}
      <div className={written ? 'flex min-h-0 flex-1 flex-col' : 'hidden'}>
        {written ? (
          <div className={FORM_BAR}>
            {choice}
            <span className="min-w-0 truncate text-ink-3">Typing here changes the model.</span>
          </div>
        ) : null}
        <div className="flex min-h-0 flex-1 flex-col">
          <WrittenPane />
        </div>
      </div>
    </div>
  );
}

/** The model as SQL, editable: both sides follow each other. */
function WrittenPane() {
  const host = useRef<HTMLDivElement>(null);
  const { pane, failed, status, shown, hide, removal, answered } = useSqlPane(host);
  const empty = useResults((state) => state.ddl.statements.length === 0);
  return (
    <section
      aria-label="DDL"
      aria-busy={pane === undefined && failed === undefined}
      className="group/sql relative flex h-full min-h-0 flex-col overflow-hidden bg-surface"
    >
      <div className="min-h-0 flex-1">
        <EditorFrame host={host} ready={pane !== undefined} failed={failed} />
      </div>
      {pane !== undefined && empty && status.drafts === 0 ? (
        <p className="pointer-events-none absolute top-[6px] left-[70px] text-ink-3 italic">
          Type or paste CREATE TABLE … here, or draw on the canvas: both say the same model.
        </p>
      ) : null}
      {pane !== undefined && status.drafts > 0 ? <DraftBar pane={pane} status={status} /> : null}
      {status.drafts > 0 ? null : (
        <p className="pointer-events-none absolute right-4 bottom-1 rounded bg-surface/85 px-1 text-[11px] text-ink-3 opacity-0 group-focus-within/sql:opacity-100">
          {status.tabMoves ? 'Tab leaves the editor; Ctrl+M makes it indent' : 'Tab indents; Ctrl+M makes it leave the editor'}
        </p>
      )}
      {shown === undefined ? null : (
        <MarkCard
          shown={shown}
          onClose={() => {
            hide();
            if (shown.focus) pane?.focus();
          }}
        />
      )}
      <RemovalDialog removal={removal} onAnswer={answered} />
    </section>
  );
}
