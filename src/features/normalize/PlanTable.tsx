import type { ProposedTable } from '#engine/decompose/types.ts';
import type { Id } from '#model/types.ts';
import { Icon } from '#ui/Icon.tsx';
import { Segments } from '#ui/Segments.tsx';
import { TextField } from '#ui/TextField.tsx';
import { NormalFormMark } from './NormalFormMark.tsx';
import type { Chosen } from './use-choice.ts';
import { listed } from './words.ts';

const POLICIES = {
  keep: { label: 'Keep', title: 'The row keeps its NULL and refers to nothing' },
  'own row': { label: 'Own row', title: 'NULL counts as a value and has a row of its own' },
  refuse: { label: 'Refuse', title: 'There are none, and from now on there can be none' },
} as const;

interface PlanTableProps {
  readonly chosen: Chosen;
  readonly at: number;
  /** Whether names and policies can be set: in the plan that is chosen. */
  readonly open: boolean;
}

function Columns({ one, chosen, at }: { readonly one: ProposedTable; readonly chosen: Chosen; readonly at: number }) {
  const { nameOf, names, plan } = chosen;
  const parents = (id: Id) => plan.proposal.links.filter((link) => link.child === at && link.columns.includes(id));
  return (
    <ul className="flex flex-col">
      {one.columns.map((id) => {
        const key = one.key.includes(id);
        const unique = one.unique.some((columns) => columns.includes(id));
        const to = parents(id).map((link) => names[link.parent] ?? '');
        const said = [key ? 'key' : '', unique ? 'unique' : '', ...to.map((name) => `refers to ${name}`)].filter(
          (word) => word !== '',
        );
        return (
          <li key={id} className="flex min-h-5 min-w-0 items-center gap-1.5 text-[11.5px]">
            <span className="grid w-3.5 shrink-0 place-items-center">
              {key ? <Icon name="KeyRound" size={11} className="text-warn" /> : null}
            </span>
            <span title={nameOf(id)} className={`min-w-0 truncate font-mono ${key ? 'font-semibold' : ''}`}>
              {nameOf(id)}
            </span>
            {said.length === 0 ? null : <span className="sr-only">({said.join(', ')})</span>}
            <span aria-hidden className="ml-auto flex min-w-0 gap-1.5">
              {unique && !key ? <span className="text-ink-3">unique</span> : null}
              {to.length === 0 ? null : <span className="min-w-0 truncate text-accent">→ {to.join(', ')}</span>}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

/** What becomes of rows whose left side holds a NULL. */
function Nulls({ one, chosen, at }: { readonly one: ProposedTable; readonly chosen: Chosen; readonly at: number }) {
  const { settled, nameOf, onNulls } = chosen;
  const names = listed(one.nullable.map(nameOf));
  const policy = settled.nulls?.[at];
  return (
    <div className="mt-1.5 flex flex-col gap-1 border-line border-t pt-1.5 text-xs">
      <span className={policy === undefined ? 'text-warn' : 'text-ink-2'}>
        {names} may be NULL{policy === undefined ? ': choose what becomes of such rows' : ''}
      </span>
      <Segments
        label={`Rows whose ${names} is NULL`}
        value={policy ?? ''}
        segments={one.policies.map((value) => ({ value, ...POLICIES[value] }))}
        onValueChange={(value) => {
          const next = one.policies.find((other) => other === value);
          if (next !== undefined) onNulls(at, next);
        }}
      />
      {policy === undefined ? null : <span className="text-ink-3">{POLICIES[policy].title}.</span>}
      {one.noKeep === undefined ? null : <span className="text-ink-3">Not to be kept: {one.noKeep}.</span>}
    </div>
  );
}

/** One table of a plan: its name, normal form, columns, keys and what it refers to. */
export function PlanTable({ chosen, at, open }: PlanTableProps) {
  const { plan, names, problems, fourth } = chosen;
  const one = plan.proposal.tables[at];
  const facts = plan.tables[at];
  if (one === undefined || facts === undefined) return null;
  return (
    <li className="rounded-lg border border-line bg-surface px-2.5 py-2 shadow-card">
      <div className="mb-1 flex items-start gap-2">
        {open && !one.remainder ? (
          <TextField
            label={`Name of the table with the key ${listed(one.key.map(chosen.nameOf))}`}
            hideLabel
            mono
            boxClassName="flex-1"
            value={chosen.typed[at] ?? one.name}
            error={problems[at]}
            onChange={(name) => chosen.onName(at, name)}
          />
        ) : (
          <span className="min-w-0 flex-1 truncate font-mono text-xs leading-7 font-semibold" title={names[at]}>
            {names[at]}
          </span>
        )}
        <span className="flex h-7 items-center gap-1">
          {one.remainder ? <span className="text-[10.5px] text-ink-3">stays</span> : null}
          <NormalFormMark facts={facts} fourth={fourth} />
        </span>
      </div>
      <Columns one={one} chosen={chosen} at={at} />
      {one.unenforced.map((key) => (
        <p key={key.join()} className="mt-1 text-[11px] text-ink-3">
          {listed(key.map(chosen.nameOf))} is a key too, but may be NULL: nothing enforces it.
        </p>
      ))}
      {open && one.nullable.length > 0 ? <Nulls one={one} chosen={chosen} at={at} /> : null}
    </li>
  );
}
