import type { AdvisedPart, IndexCard } from '#engine/indexes/advise/advice.ts';
import type { Role } from '#engine/indexes/candidates/candidate.ts';
import { cx } from '#ui/cx.ts';
import { ROLES } from './words.ts';

const TONES: Readonly<Record<Role, string>> = {
  E: 'bg-accent-soft text-accent',
  S: 'bg-ok-soft text-ok',
  R: 'bg-warn-soft text-warn',
  I: 'bg-sunken text-ink-2',
};

/** The letter of a role in its colour, with what it means. */
export function RoleMark({ role }: { readonly role: Role }) {
  return (
    <span
      title={`${ROLES[role].word}: ${ROLES[role].says}`}
      className={cx('inline-grid size-4 shrink-0 place-items-center rounded text-[10px] leading-none font-bold', TONES[role])}
    >
      <span aria-hidden="true">{role}</span>
      <span className="sr-only">{ROLES[role].word}</span>
    </span>
  );
}

function Chip({ part }: { readonly part: AdvisedPart }) {
  const { text, role, desc } = part;
  const name = desc === true ? `${text} ↓` : text;
  const read = `${role === undefined ? '' : `${ROLES[role].word}: `}${text}${desc === true ? ', descending' : ''}`;
  return (
    <span
      title={role === undefined ? text : `${text}: ${ROLES[role].word.toLowerCase()}, ${ROLES[role].says}`}
      className={cx(
        'inline-flex max-w-full items-center gap-1 rounded px-1 font-mono text-[11px] leading-4.5',
        role === undefined ? 'border border-line-strong border-dashed text-ink-3' : TONES[role],
      )}
    >
      {role === undefined ? null : (
        <span aria-hidden="true" className="font-sans text-[10px] font-bold">
          {role}
        </span>
      )}
      <span aria-hidden="true" className="truncate">
        {name}
      </span>
      <span className="sr-only">{read}</span>
    </span>
  );
}

export interface PartChipsProps {
  readonly index: Pick<IndexCard, 'parts' | 'where' | 'method'>;
}

/** The parts of an index in their order, each coloured by what it is there for; how it is kept, and which rows it holds. */
export function PartChips({ index: { parts, where, method } }: PartChipsProps) {
  return (
    <span className="flex min-w-0 flex-wrap items-baseline gap-1">
      {method === undefined ? null : <span className="text-[11px] text-ink-3 uppercase">{method}</span>}
      {parts.map((part, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: parts have an order and nothing else; the same text may come twice
        <Chip key={at} part={part} />
      ))}
      {where === undefined ? null : (
        <span className="min-w-0 truncate text-[11px] text-ink-2" title={`Holds only rows with ${where}`}>
          where <span className="font-mono">{where}</span>
        </span>
      )}
    </span>
  );
}
