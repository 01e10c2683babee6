import { useEffect, useState } from 'react';
import type { Rule } from '#engine/rules/define.ts';
import { Popover } from '#ui/Popover.tsx';
import { Spinner } from '#ui/Spinner.tsx';

const PARTS = [
  ['what', 'What it looks at'],
  ['why', 'Why it matters'],
  ['todo', 'What to do'],
] as const;

function Explanation({ id }: { readonly id: string }) {
  const [rule, setRule] = useState<Rule>();
  useEffect(() => {
    let current = true;
    // The rules are a chunk of their own: the engine's worker has them, the page needs them only to be read.
    import('#engine/rules/registry.ts').then(({ ruleById }) => {
      if (current) setRule(ruleById(id));
    });
    return () => {
      current = false;
    };
  }, [id]);
  if (rule === undefined) return <Spinner label="Loading the rule" size={16} />;
  const bad = rule.examples.bad[0];
  const good = rule.examples.good[0];
  return (
    <div className="flex w-[420px] max-w-full flex-col gap-2.5">
      <header>
        <h3 className="font-semibold">{rule.title}</h3>
        <p className="font-mono text-[11px] text-ink-3">
          {rule.id} · {rule.category}
        </p>
      </header>
      {PARTS.map(([part, title]) => (
        <section key={part}>
          <h4 className="text-xs font-medium text-ink-2">{title}</h4>
          <p>{rule.docs[part]}</p>
        </section>
      ))}
      {bad === undefined ? null : <Example title="Reported" note={bad.note} ddl={bad.ddl} />}
      {good === undefined ? null : <Example title="Not reported" note={good.note} ddl={good.ddl} />}
      <p className="text-xs text-ink-3">{rule.sources.join(' · ')}</p>
    </div>
  );
}

function Example({ title, note, ddl }: { readonly title: string; readonly note: string | undefined; readonly ddl: string }) {
  return (
    <section>
      <h4 className="text-xs font-medium text-ink-2">{title}</h4>
      {note === undefined ? null : <p className="text-xs text-ink-2">{note}</p>}
      <pre className="mt-1 overflow-x-auto rounded-md bg-sunken p-2 font-mono text-[11.5px] leading-[18px] whitespace-pre-wrap">
        {ddl}
      </pre>
    </section>
  );
}

/** A rule's name, which opens its page: what it looks at, why, what to do, examples and sources. */
export function RuleCard({ id }: { readonly id: string }) {
  return (
    <Popover
      label={`About the rule ${id}`}
      side="top"
      trigger={
        <button
          type="button"
          className="rounded font-mono text-[11.5px] text-accent underline decoration-accent/40 underline-offset-2 hover:decoration-accent"
        >
          {id}
        </button>
      }
    >
      <Explanation id={id} />
    </Popover>
  );
}
