import { useState } from 'react';
import { dependencyText } from '#engine/normalize/dependency-text.ts';
import { retyped } from '#engine/normalize/provenance.ts';
import type { Verdict } from '#engine/normalize/verdict.ts';
import { columnOf, columnsOf } from '#model/derive/columns.ts';
import type { Dependency, Exemption, Id } from '#model/types.ts';
import { askDecomposition } from '#state/decomposition.ts';
import { requestDeletion } from '#state/deletion.ts';
import { useResults } from '#state/hooks.ts';
import { Button } from '#ui/Button.tsx';
import { IconButton } from '#ui/IconButton.tsx';
import { Pill } from '#ui/Pill.tsx';
import { addPart, setPart } from '../edit.ts';
import { Nothing, Section } from '../fields/Section.tsx';
import { exemptionLines } from '../logic/exemption.ts';
import { inferredKeys } from '../logic/inferred.ts';
import { keyCountWords, verdictWords } from '../logic/proof-words.ts';
import { DependencyInput } from './DependencyInput.tsx';
import { ExemptionMark } from './ExemptionForm.tsx';
import type { TabProps } from './KeysTab.tsx';
import { NormalFormPill } from './NormalFormPill.tsx';
import { Violations } from './Violations.tsx';

function Chip({ children }: { readonly children: string }) {
  return (
    <span className="inline-flex min-h-[22px] min-w-0 items-center break-words rounded-[5px] border border-line bg-sunken px-1.5 font-mono text-[11.5px] leading-4">
      {children}
    </span>
  );
}

/** Why a dependency is left alone, in full: who reads the design later has to see it. */
function Exempt({ exempt }: { readonly exempt: Exemption }) {
  const lines = exemptionLines(exempt);
  return (
    <p className="pb-1 pl-2 text-[11.5px] leading-4 text-ink-2 [overflow-wrap:anywhere]">
      <span className="text-ink">{exempt.reason}</span> {lines}
    </p>
  );
}

function Declared({ dependency, ...props }: TabProps & { readonly dependency: Dependency }) {
  const { document, table } = props;
  const [editing, setEditing] = useState(false);
  const columns = columnsOf(document, table);
  const text = dependencyText(dependency, columns);
  const [left, right] = text.split(/ ->>? /);
  if (editing) {
    return (
      <li>
        <DependencyInput
          {...props}
          label={`Dependency ${text}`}
          initial={text}
          onTaken={(next) => setPart(table.id, 'dependencies', dependency.id, retyped(dependency, next))}
          onClose={() => setEditing(false)}
        />
      </li>
    );
  }
  return (
    <li className="flex min-w-0 flex-col">
      <div className="group relative flex min-h-7 min-w-0 items-center gap-1.5">
        <button
          type="button"
          className="flex min-w-0 flex-wrap items-center gap-1.5 rounded-[5px] text-left"
          aria-label={`${text}: edit`}
          title="Click edits it; Del removes it"
          onClick={() => setEditing(true)}
          onKeyDown={(event) => event.key === 'Delete' && requestDeletion([{ record: table.id, part: dependency.id }])}
        >
          <Chip>{left ?? ''}</Chip>
          <span aria-hidden>{dependency.multivalued === true ? '↠' : '→'}</span>
          <Chip>{right ?? ''}</Chip>
        </button>
        <span className="ml-auto flex shrink-0 items-center">
          <ExemptionMark table={table.id} dependency={dependency} text={text} />
          <IconButton
            icon="Trash2"
            size="sm"
            tone="bad"
            label={`Delete ${text}`}
            className="absolute right-0 bg-surface opacity-0 focus-visible:opacity-100 group-hover:opacity-100"
            onClick={() => requestDeletion([{ record: table.id, part: dependency.id }])}
          />
        </span>
      </div>
      {dependency.exempt === undefined ? null : <Exempt exempt={dependency.exempt} />}
    </li>
  );
}

/** Whether the forms above Boyce-Codd's hold, and why: worth saying where that one is proved. */
function Above({ verdict }: { readonly verdict: Verdict }) {
  const { beyond, byAssumption, highest } = verdict;
  if (beyond === undefined || byAssumption || highest !== 'BCNF') return null;
  return [
    { form: '4NF', ...beyond.fourth },
    { form: '5NF', ...beyond.fifth },
  ].map(({ form, holds, words }) => (
    <p key={form} className="text-xs leading-[18px] text-ink-2">
      <span className="font-medium text-ink">{holds === undefined ? `${form} undecided` : holds ? form : `Not ${form}`}</span>{' '}
      {words}
    </p>
  ));
}

/** Functional dependencies, candidate keys, and the normal form with its proof. */
export function DependenciesTab(props: TabProps) {
  const { document, table } = props;
  const verdict = useResults((state) => (Object.hasOwn(state.normalForms, table.id) ? state.normalForms[table.id] : undefined));
  const name = (id: Id) => columnOf(document, table, id)?.name ?? '?';
  const inferred = inferredKeys(document, table);
  return (
    <>
      <Section title="Functional dependencies">
        <ul className="flex min-w-0 flex-col gap-0.5">
          {inferred.map((one) => (
            <li key={one.columns.join()} className="flex min-h-7 min-w-0 items-center gap-1.5">
              <Chip>{one.columns.map(name).join(', ')}</Chip>
              <span aria-hidden>→</span>
              <span className="text-xs text-ink-2">every column</span>
              <Pill tone="assume" className="ml-auto">
                from the {one.from}
                {one.pairs === undefined ? '' : `, 1:1 with ${one.pairs}`}
              </Pill>
            </li>
          ))}
          {table.dependencies.map((dependency) => (
            <Declared key={dependency.id} {...props} dependency={dependency} />
          ))}
        </ul>
        <DependencyInput
          {...props}
          label="New dependency"
          onTaken={(dependency) =>
            addPart(table.id, 'dependencies', dependency) === undefined ? 'It could not be added.' : undefined
          }
        />
        <Nothing>Which columns fix the value of others, whatever the rows? Enter adds.</Nothing>
      </Section>
      {verdict === undefined ? (
        <Section title="Normal form">
          <Nothing>Not worked out yet.</Nothing>
        </Section>
      ) : (
        <>
          <Section title="Normal form" end={<NormalFormPill verdict={verdict} />}>
            <p className="text-xs leading-[18px] text-ink-2">{verdictWords(verdict)}</p>
            <Above verdict={verdict} />
            {table.dependencies.length === 0 ? null : (
              <Button size="sm" icon="Columns3" className="self-start" onClick={() => askDecomposition(table.id)}>
                Decompose …
              </Button>
            )}
          </Section>
          <Violations document={document} table={table} verdict={verdict} />
          <Section title="Candidate keys">
            <div className="flex min-w-0 flex-wrap items-center gap-1.5">
              {verdict.candidateKeys.map((key) => (
                <Chip key={key.join()}>{key.map(name).join(', ') || '(no column)'}</Chip>
              ))}
              <span className="text-xs text-ink-2">{keyCountWords(verdict)}</span>
            </div>
          </Section>
        </>
      )}
    </>
  );
}
