import type { Consequence } from '#engine/refactor/consequences.ts';
import type { Result } from '#lib/result.ts';
import { Icon } from '#ui/Icon.tsx';
import { Spinner } from '#ui/Spinner.tsx';
import { StatementDiff } from '#ui/StatementDiff.tsx';
import type { Planned } from './use-plan.ts';

const GROUPS = [
  { kind: 'breaks', title: 'Breaks: edit these afterwards', icon: 'TriangleAlert', tone: 'text-bad' },
  { kind: 'goes', title: 'Ends with it', icon: 'Trash2', tone: 'text-warn' },
  { kind: 'meaning', title: 'What it means for the data', icon: 'Info', tone: 'text-accent' },
  { kind: 'stays', title: 'Stays', icon: 'Lock', tone: 'text-ink-3' },
] as const;

function Group({ group, all }: { readonly group: (typeof GROUPS)[number]; readonly all: readonly Consequence[] }) {
  const some = all.filter((one) => one.kind === group.kind);
  if (some.length === 0) return null;
  return (
    <section aria-label={group.title} className="flex flex-col gap-1">
      <h4 className="flex items-center gap-1.5 text-xs font-semibold">
        <Icon name={group.icon} size={14} className={group.tone} />
        {group.title}
      </h4>
      <ul className="ml-5 flex list-disc flex-col gap-0.5 text-xs leading-[18px] text-ink-2 marker:text-ink-3">
        {some.map((one) => (
          <li key={`${one.text}/${one.ref?.record ?? ''}/${one.ref?.part ?? ''}`} className="break-words">
            {one.text}
          </li>
        ))}
      </ul>
    </section>
  );
}

const SHOWN = 60;

/** What would change: consequences in words, then every touched statement, old and new. */
export function PlanView({ asked, planned }: { readonly asked: boolean; readonly planned: Result<Planned> | undefined }) {
  if (!asked) return <p className="py-6 text-center text-xs text-ink-3">Choose on the left what should change.</p>;
  if (planned === undefined) {
    return (
      <div className="grid h-24 place-items-center">
        <Spinner label="Working out what changes" size={18} />
      </div>
    );
  }
  if (!planned.ok) {
    return (
      <p role="alert" className="flex items-start gap-2 rounded-md bg-bad-soft px-3 py-2 text-bad">
        <Icon name="CircleAlert" size={16} className="mt-0.5 shrink-0" />
        {planned.problem.message}
      </p>
    );
  }
  const { plan, preview } = planned.value;
  const rest = preview.statements.length - SHOWN;
  return (
    <div className="flex flex-col gap-3">
      {GROUPS.map((group) => (
        <Group key={group.kind} group={group} all={plan.consequences} />
      ))}
      {preview.statements.length === 0 ? <p className="text-xs text-ink-3">No statement of the DDL changes.</p> : null}
      {preview.statements.slice(0, SHOWN).map((statement) => (
        <StatementDiff key={statement.key} kind={statement.kind} what={statement.what} lines={statement.lines} />
      ))}
      {rest > 0 ? <p className="text-xs text-ink-3">and {rest} more statements</p> : null}
    </div>
  );
}
