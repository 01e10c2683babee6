import type { Result } from '#lib/result.ts';
import { Icon } from '#ui/Icon.tsx';
import { Spinner } from '#ui/Spinner.tsx';
import { StatementDiff } from '#ui/StatementDiff.tsx';
import type { Resolution } from './use-resolution.ts';

const GROUPS = [
  { of: 'comes', title: 'Comes', icon: 'Plus', tone: 'text-ok' },
  { of: 'goes', title: 'Goes', icon: 'Trash2', tone: 'text-warn' },
  { of: 'concept', title: 'Stays in the concept', icon: 'Layers', tone: 'text-accent' },
] as const;

const SHOWN = 40;

/** What would come, go and stay, in words; then every statement of the DDL that it touches. */
export function ResolutionView({ resolution }: { readonly resolution: Result<Resolution> | undefined }) {
  if (resolution === undefined) {
    return (
      <div className="grid h-24 place-items-center">
        <Spinner label="Working out what changes" size={18} />
      </div>
    );
  }
  if (!resolution.ok) {
    return (
      <p role="alert" className="flex items-start gap-2 rounded-md bg-bad-soft px-3 py-2 text-bad">
        <Icon name="CircleAlert" size={16} className="mt-0.5 shrink-0" />
        {resolution.problem.message}
      </p>
    );
  }
  const { summary, preview } = resolution.value;
  return (
    <div className="flex flex-col gap-3">
      {GROUPS.map(({ of, title, icon, tone }) =>
        summary[of].length === 0 ? null : (
          <section key={of} aria-label={title} className="flex flex-col gap-1">
            <h4 className="flex items-center gap-1.5 text-xs font-semibold">
              <Icon name={icon} size={14} className={tone} />
              {title}
            </h4>
            <ul className="ml-5 flex list-disc flex-col gap-0.5 text-xs leading-[18px] text-ink-2 marker:text-ink-3">
              {summary[of].map((text) => (
                <li key={text} className="break-words">
                  {text}
                </li>
              ))}
            </ul>
          </section>
        ),
      )}
      {preview.statements.length === 0 ? <p className="text-xs text-ink-3">No statement of the DDL changes.</p> : null}
      {preview.statements.slice(0, SHOWN).map((statement) => (
        <StatementDiff key={statement.key} kind={statement.kind} lines={statement.lines} />
      ))}
    </div>
  );
}
