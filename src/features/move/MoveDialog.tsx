import { useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { SqlPreview } from '#features/sql/index.ts';
import type { Document } from '#model/types.ts';
import { useDocumentState } from '#state/hooks.ts';
import { chooseMapping, convertCopy, convertHere, leaveMove, moveStore, planMoveTo } from '#state/move.ts';
import { notify } from '#state/notices.ts';
import { openDialog, select, showWhole } from '#state/view.ts';
import { Button } from '#ui/Button.tsx';
import { Dialog } from '#ui/Dialog.tsx';
import { EmptyState } from '#ui/EmptyState.tsx';
import { Icon } from '#ui/Icon.tsx';
import { Pill } from '#ui/Pill.tsx';
import { Select } from '#ui/Select.tsx';
import { Spinner } from '#ui/Spinner.tsx';
import { type TabItem, TabPanel, Tabs } from '#ui/Tabs.tsx';
import { downloadDdl, downloadGuide } from './downloads.ts';
import { LossList } from './LossList.tsx';
import { allLosses } from './loss-groups.ts';
import { MappingPanel } from './MappingPanel.tsx';
import { DATABASES, databaseName, versionsOf } from './words.ts';

type Part = 'mapping' | 'losses' | 'ddl';

function Target() {
  const settings = useDocumentState((state) => state.document.settings['settings']);
  const { target, busy, moved } = useStore(moveStore);
  if (settings === undefined) return null;
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-2 border-line border-b px-4 py-2">
      <span className="text-ink-2">From {databaseName(settings.dialect, settings.version)} to</span>
      <Select
        label="Database to move to"
        value={target.dialect}
        options={DATABASES.map((one) => ({ ...one, disabled: one.value === settings.dialect }))}
        className="w-36"
        onValueChange={(dialect) => {
          const version = Number(versionsOf(dialect)[0]?.value ?? 0);
          void planMoveTo({ dialect, version, choices: {} });
        }}
      />
      <Select
        label="Version to move to"
        value={String(target.version)}
        options={versionsOf(target.dialect)}
        className="w-24"
        onValueChange={(version) => void planMoveTo({ ...target, version: Number(version) })}
      />
      {busy && moved !== undefined ? (
        <span className="flex items-center gap-2 text-ink-2 text-xs">
          <Spinner label="Working out the move" size={13} /> Working it out …
        </span>
      ) : null}
    </div>
  );
}

/** The database a document is for. */
function nameOf(document: Document | undefined): string {
  const settings = document?.settings['settings'];
  return settings === undefined ? 'Now' : databaseName(settings.dialect, settings.version);
}

function Plan() {
  const { moved, document, problem } = useStore(moveStore);
  const [part, setPart] = useState<Part>('mapping');
  const losses = useMemo(() => (moved === undefined ? [] : allLosses(moved)), [moved]);
  if (moved === undefined && problem !== undefined) {
    return <EmptyState icon="CircleAlert" title="There is no plan" text="Choose another database or version, or try again." />;
  }
  if (moved === undefined) {
    return (
      <div className="grid flex-1 place-items-center">
        <Spinner label="Working out the move" size={20} />
      </div>
    );
  }
  const tabs: readonly TabItem<Part>[] = [
    { value: 'mapping', label: 'What becomes what' },
    {
      value: 'losses',
      label: 'Losses',
      badge: <Pill tone={losses.length === 0 ? 'ok' : 'warn'}>{losses.length.toLocaleString('en')}</Pill>,
    },
    { value: 'ddl', label: 'DDL' },
  ];
  return (
    <Tabs label="The move" tabs={tabs} value={part} onValueChange={setPart}>
      <TabPanel value="mapping" className="flex min-h-0 flex-col data-[state=inactive]:hidden">
        <MappingPanel mappings={moved.mappings} from={nameOf(document)} to={nameOf(moved.document)} onChoose={chooseMapping} />
      </TabPanel>
      <TabPanel value="losses" className="overflow-y-auto">
        <LossList losses={losses} />
      </TabPanel>
      <TabPanel value="ddl" className="min-h-0">
        <SqlPreview
          label="DDL after the move"
          text={moved.ddl}
          dialect={moved.document.settings['settings']?.dialect ?? 'postgresql'}
        />
      </TabPanel>
    </Tabs>
  );
}

/** Shows what came of it: the dialog is gone, the canvas shows the moved document. */
function arrived(text: string): void {
  leaveMove();
  openDialog(undefined);
  select([]);
  notify({ tone: 'ok', text });
  showWhole();
}

function Actions() {
  const { target, moved, busy } = useStore(moveStore);
  const name = useDocumentState((state) => state.document.settings['settings']?.name ?? 'Untitled');
  const readOnly = useDocumentState((state) => state.readOnly !== undefined);
  const [copying, setCopying] = useState(false);
  const database = databaseName(target.dialect, target.version);
  const ready = moved !== undefined && !busy && !copying;
  const here = () => {
    const done = convertHere(`Move to ${database}`);
    if (done.ok) arrived(`The document is one of ${database} now. Undo takes it back.`);
    else {
      notify({ tone: 'bad', text: done.problem.message });
      void planMoveTo(target);
    }
  };
  const copy = async () => {
    setCopying(true);
    const done = await convertCopy(`${name} (${database})`);
    setCopying(false);
    if (done.ok) arrived(`A copy for ${database} is open. The other document stayed as it was.`);
    else notify({ tone: 'bad', text: done.problem.message });
  };
  return (
    <>
      <Button icon="Download" disabled={!ready} onClick={() => moved !== undefined && downloadDdl(moved, target)}>
        DDL
      </Button>
      <Button icon="BookOpen" disabled={!ready} onClick={() => moved !== undefined && downloadGuide(moved)}>
        Migration guide
      </Button>
      <span className="flex-1" />
      <Button onClick={leaveMove}>Cancel</Button>
      <Button disabled={!ready || readOnly} onClick={here}>
        Convert this document
      </Button>
      <Button variant="primary" disabled={!ready} onClick={() => void copy()}>
        Convert a copy
      </Button>
    </>
  );
}

/** The open document in another database: what becomes of each type and feature, what is lost, and the DDL of the result. */
export function MoveDialog() {
  const problem = useStore(moveStore, (state) => state.problem);
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) leaveMove();
      }}
      size="xl"
      title="Move to another database"
      description="A plan: nothing changes until you convert."
      flush
      footer={<Actions />}
    >
      <Target />
      {problem === undefined ? null : (
        <p role="alert" className="flex shrink-0 items-center gap-2 bg-bad-soft px-4 py-1.5 text-bad text-xs">
          <Icon name="CircleAlert" size={14} /> {problem.message}
        </p>
      )}
      <Plan />
    </Dialog>
  );
}
