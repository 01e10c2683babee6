import { type ReactNode, useState } from 'react';
import type { Denormalization, Proposal } from '#engine/denormalize/types.ts';
import type { Plan } from '#engine/refactor/types.ts';
import { type Planned, PlanView } from '#features/refactor/index.ts';
import { SqlPreview } from '#features/sql/index.ts';
import type { Result } from '#lib/result.ts';
import type { Dialect } from '#model/types.ts';
import { Icon } from '#ui/Icon.tsx';
import type { IconName } from '#ui/icons.ts';
import { TabPanel, Tabs } from '#ui/Tabs.tsx';
import { costLines, KEPT_BY } from './words.ts';

export type DenormalizationPlan = Denormalization & Plan;

type Tab = 'why' | 'code' | 'reconcile' | 'changes' | 'script';

const TABS = [
  { value: 'why', label: 'Why and at what cost' },
  { value: 'code', label: 'What keeps it' },
  { value: 'reconcile', label: 'Reconcile' },
  { value: 'changes', label: 'What changes' },
  { value: 'script', label: 'Script' },
] as const;

function Block({ icon, title, children }: { readonly icon: IconName; readonly title: string; readonly children: ReactNode }) {
  return (
    <section aria-label={title} className="flex flex-col gap-1.5">
      <h3 className="flex items-center gap-1.5 font-semibold">
        <Icon name={icon} size={14} className="text-ink-3" />
        {title}
      </h3>
      <div className="ml-5 flex max-w-[68ch] flex-col gap-1 leading-[19px] text-ink-2">{children}</div>
    </section>
  );
}

function lines(all: readonly string[]): ReactNode {
  return all.map((one) => <p key={one}>{one}</p>);
}

function Why({ proposal }: { readonly proposal: Proposal }) {
  const { why, cost, invariant, staleness, guesses, keepers } = proposal;
  return (
    <div className="flex flex-col gap-4">
      <Block icon="Info" title="Why">
        {lines(why)}
      </Block>
      <Block icon="Calculator" title="What it costs">
        {lines(costLines(cost))}
        {staleness === undefined ? null : <p>Values may be up to {staleness} old.</p>}
      </Block>
      <Block icon="TriangleAlert" title="What it breaks">
        <p>{invariant.words}</p>
        {invariant.dependency === undefined ? null : (
          <p className="font-mono text-[11.5px] text-ink [overflow-wrap:anywhere]">{invariant.dependency}</p>
        )}
        <p>It is recorded as accepted redundancy: the normal form says so, and it is no problem.</p>
      </Block>
      {keepers.map(({ keeper, refused }) =>
        refused === undefined ? null : (
          <Block key={keeper} icon="CircleAlert" title={`${KEPT_BY[keeper]} cannot keep it here`}>
            <p>{refused}</p>
          </Block>
        ),
      )}
      {guesses.length === 0 ? null : (
        <Block icon="CircleHelp" title="Guesses beneath it">
          {lines(guesses)}
        </Block>
      )}
    </div>
  );
}

function Sql({
  note,
  label,
  text,
  dialect,
}: {
  readonly note: string;
  readonly label: string;
  readonly text: string;
  readonly dialect: Dialect;
}) {
  return (
    <div className="flex h-full min-h-0 flex-col">
      <p className="border-line border-b px-5 py-2 text-xs text-ink-2">{note}</p>
      <div className="min-h-0 flex-1">
        <SqlPreview label={label} text={text} dialect={dialect} />
      </div>
    </div>
  );
}

function scriptText({ change }: Denormalization): string {
  const steps = (way: 'forward' | 'back') => change[way].map(({ phase, note, sql }) => `-- ${phase}: ${note}\n${sql}`).join('\n\n');
  return `${steps('forward')}\n\n-- The way back.\n\n${steps('back')}\n`;
}

export interface ProposalDetailProps {
  readonly proposal: Proposal;
  readonly dialect: Dialect;
  readonly planned: Result<Planned<DenormalizationPlan>> | undefined;
  readonly byTriggers: boolean;
}

/** One proposal: its reasons, its price, its code and what it would change. */
export function ProposalDetail({ proposal, dialect, planned, byTriggers }: ProposalDetailProps) {
  const [tab, setTab] = useState<Tab>('why');
  const plan = planned?.ok === true ? planned.value.plan : undefined;
  const scroll = 'overflow-auto px-5 py-4';
  const waiting = (
    <div className={scroll}>
      <PlanView asked planned={planned} />
    </div>
  );
  const code = plan?.code.trim() ?? '';
  return (
    <Tabs label="Proposal" value={tab} onValueChange={setTab} tabs={TABS} className="min-w-0 bg-surface">
      <TabPanel value="why" className={scroll}>
        <Why proposal={proposal} />
      </TabPanel>
      <TabPanel value="code">
        {plan === undefined ? (
          waiting
        ) : code === '' ? (
          <p className="p-5 text-ink-2">Nothing has to keep it.</p>
        ) : (
          <Sql
            label="What keeps it"
            note={
              byTriggers
                ? 'Triggers of the database, whoever writes.'
                : 'To be run now and then, or after each write, by the application.'
            }
            text={code}
            dialect={dialect}
          />
        )}
      </TabPanel>
      <TabPanel value="reconcile">
        {plan === undefined ? (
          waiting
        ) : plan.reconcile === undefined ? (
          <p className="p-5 text-ink-2">Nothing can disagree: the value is that of its time.</p>
        ) : (
          <Sql
            label="Reconcile query"
            note="Gives exactly the rows that disagree; none when all is well."
            text={plan.reconcile}
            dialect={dialect}
          />
        )}
      </TabPanel>
      <TabPanel value="changes" className={scroll}>
        <PlanView asked planned={planned} />
      </TabPanel>
      <TabPanel value="script">
        {plan === undefined ? (
          waiting
        ) : (
          <Sql
            label="Script"
            note="For a database with rows, and the way back; kept in the document with the change."
            text={scriptText(plan)}
            dialect={dialect}
          />
        )}
      </TabPanel>
    </Tabs>
  );
}
