import { useEffect } from 'react';
import { useStore } from 'zustand';
import { many } from '#lib/amounts.ts';
import { recordIn } from '#model/collections.ts';
import { cancelSearch, discoverStore, type Found, leaveDiscover } from '#state/discover.ts';
import { useDocumentState } from '#state/hooks.ts';
import { Dialog } from '#ui/Dialog.tsx';
import { Icon } from '#ui/Icon.tsx';
import { Pill } from '#ui/Pill.tsx';
import { type TabItem, TabPanel, Tabs } from '#ui/Tabs.tsx';
import { Working } from '#ui/Working.tsx';
import { unseen } from './addition.ts';
import { ChooseData } from './ChooseData.tsx';
import { DependenciesPart, type PartProps } from './DependenciesPart.tsx';
import { Footer } from './Footer.tsx';
import { KeysPart } from './KeysPart.tsx';
import { LinkCount, LinksPart } from './LinksPart.tsx';
import { NearPart } from './NearPart.tsx';
import { ProfilePart } from './ProfilePart.tsx';
import { LeftOut, ReadingBar } from './ReadingBar.tsx';
import { followSearch, type Part, sessionStore, showPart } from './session.ts';
import { standingOf } from './standing.ts';

function Count({ count }: { readonly count: number }) {
  return <Pill tone="plain">{count.toLocaleString('en')}</Pill>;
}

/** Which columns of the file and of the table have no partner. */
function Mapping({ table, choice, standing }: PartProps) {
  const document = useDocumentState((state) => state.document);
  const target = choice.target === undefined ? undefined : recordIn(document, 'tables', choice.target);
  if (target === undefined || standing.mapped === undefined) return null;
  const gone = table.profiles.flatMap((one, at) => (standing.mapped?.[at] === undefined ? [one.name] : []));
  const dark = unseen(document, table, target);
  if (gone.length === 0 && dark.length === 0) return null;
  const said = [
    gone.length === 0 ? undefined : `Not in ${target.name}: ${gone.join(', ')}.`,
    dark.length === 0 ? undefined : `Not in the file: ${dark.join(', ')}.`,
  ].filter((one) => one !== undefined);
  return (
    <p
      className="flex shrink-0 items-center gap-1.5 border-line border-b bg-warn-soft px-4 py-1.5 text-warn text-xs"
      title={said.join(' ')}
    >
      <Icon name="Unlink" size={13} className="shrink-0" />
      <span className="min-w-0 truncate">{said.join(' ')}</span>
    </p>
  );
}

function Shown({ found }: { readonly found: Found }) {
  const { survey, given } = found;
  const document = useDocumentState((state) => state.document);
  const { choices, file, part } = useStore(sessionStore);
  const table = survey.tables[file];
  const choice = choices.tables[file];
  if (table === undefined || choice === undefined) return null;
  const props: PartProps = { table, choice, standing: standingOf(document, table, choice) };
  const listed = table.dependencies.reduce((sum, one) => sum + one.right.length, 0);
  const dependencies = listed < table.dependencyCount ? table.dependencyCount : table.dependencies.length;
  const tabs: readonly TabItem<Part>[] = [
    { value: 'profile', label: 'Profile', badge: <Count count={table.profiles.length} /> },
    { value: 'dependencies', label: 'Dependencies', badge: <Count count={dependencies} /> },
    { value: 'keys', label: 'Keys', badge: <Count count={table.keyCount} /> },
    { value: 'near', label: 'Near dependencies', badge: <Count count={table.near.length} /> },
    { value: 'links', label: 'Foreign keys', badge: <LinkCount survey={survey} choices={choices} /> },
  ];
  const panel = 'flex min-h-0 flex-col data-[state=inactive]:hidden';
  return (
    <>
      <ReadingBar given={given} tables={survey.tables} file={file} />
      {found.problem === undefined ? null : (
        <p
          role="alert"
          className="flex shrink-0 items-center gap-2 bg-bad-soft px-4 py-1.5 text-bad text-xs [overflow-wrap:anywhere]"
        >
          <Icon name="CircleAlert" size={14} className="shrink-0" /> {found.problem.message} What is shown is from before.
        </p>
      )}
      <LeftOut table={table} />
      <Mapping {...props} />
      <Tabs
        label="What the data says"
        tabs={tabs}
        value={part}
        onValueChange={showPart}
        end={<span className="pr-2 text-ink-2 text-xs tabular-nums">{many(table.rows, 'row')}</span>}
      >
        <TabPanel value="profile" className={panel}>
          <ProfilePart key={file} {...props} />
        </TabPanel>
        <TabPanel value="dependencies" className={panel}>
          <DependenciesPart key={file} {...props} nulls={given.nulls} />
        </TabPanel>
        <TabPanel value="keys" className={panel}>
          <KeysPart key={file} {...props} />
        </TabPanel>
        <TabPanel value="near" className={panel}>
          <NearPart key={file} {...props} />
        </TabPanel>
        <TabPanel value="links" className={panel}>
          <LinksPart survey={survey} choices={choices} />
        </TabPanel>
      </Tabs>
    </>
  );
}

/** From rows of data to dependencies that a person has accepted. */
export function DiscoverDialog() {
  const state = useStore(discoverStore, (store) => store.discover);
  useEffect(followSearch, []);
  const files = state.stage === 'choose' ? [] : state.given.files;
  const kind = files.some((file) => file.source !== undefined) ? 'tables' : 'files';
  const what = files.length === 1 ? files[0]?.name.replace(/^.*[/\\]/, '') : `${files.length} ${kind}`;
  return (
    <Dialog
      open
      onOpenChange={(open) => {
        if (!open) leaveDiscover();
      }}
      title={state.stage === 'choose' ? 'Discover dependencies' : `Dependencies in ${what}`}
      description="Found in rows, so not yet rules: nothing enters the model until you add it."
      size="xl"
      flush
      {...(state.stage === 'found' ? { footer: <Footer survey={state.survey} /> } : {})}
    >
      {state.stage === 'choose' ? <ChooseData problem={state.problem} onto={state.onto} /> : null}
      {state.stage === 'searching' ? (
        <Working done={state.done} what={state.what} label="The search" stop="Cancel the search" onStop={cancelSearch} />
      ) : null}
      {state.stage === 'found' ? <Shown found={state} /> : null}
    </Dialog>
  );
}
