import { useId, useState } from 'react';
import { completeDependency, type DependencyProblem, dependencyText, readDependency } from '#engine/normalize/dependency-text.ts';
import { retyped } from '#engine/normalize/provenance.ts';
import type { Verdict } from '#engine/normalize/verdict.ts';
import { columnOf, columnsOf } from '#model/derive/columns.ts';
import type { Dependency, Id } from '#model/types.ts';
import { askDecomposition } from '#state/decomposition.ts';
import { requestDeletion } from '#state/deletion.ts';
import { useResults } from '#state/hooks.ts';
import { Button } from '#ui/Button.tsx';
import { IconButton } from '#ui/IconButton.tsx';
import { Pill } from '#ui/Pill.tsx';
import { addPart, setPart } from '../edit.ts';
import { noteId } from '../fields/FieldRow.tsx';
import { Nothing, Section } from '../fields/Section.tsx';
import { SuggestInput } from '../fields/SuggestInput.tsx';
import { inferredKeys } from '../logic/inferred.ts';
import { keyCountWords, proofOf, verdictWords } from '../logic/proof-words.ts';
import { ExemptionMark } from './ExemptionForm.tsx';
import type { TabProps } from './KeysTab.tsx';
import { NormalFormPill } from './NormalFormPill.tsx';

function Chip({ children }: { readonly children: string }) {
  return (
    <span className="inline-flex min-h-[22px] min-w-0 items-center break-words rounded-[5px] border border-line bg-sunken px-1.5 font-mono text-[11.5px] leading-4">
      {children}
    </span>
  );
}

interface InputProps extends TabProps {
  readonly initial?: string;
  readonly label: string;
  readonly onTaken: (dependency: Omit<Dependency, 'id'>) => string | undefined;
  readonly onClose?: () => void;
}

/** The line that a dependency is typed into; what is wrong is underlined by position in the words below. */
function DependencyInput({ document, table, initial = '', label, onTaken, onClose }: InputProps) {
  const id = useId();
  const [text, setText] = useState(initial);
  const [problem, setProblem] = useState<DependencyProblem | undefined>();
  const columns = columnsOf(document, table);
  const commit = (typed: string) => {
    if (typed.trim() === '') return onClose?.();
    const read = readDependency(typed, columns);
    if (!read.ok) return setProblem(read.problem);
    const why = onTaken(read.dependency);
    if (why !== undefined) return setProblem({ message: why, start: 0, end: typed.length });
    setText('');
    setProblem(undefined);
    onClose?.();
  };
  const correct = (found: DependencyProblem) => {
    if (found.suggestion === undefined) return;
    setText(text.slice(0, found.start) + found.suggestion + text.slice(found.end));
    setProblem(undefined);
  };
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <SuggestInput
        id={id}
        label={label}
        text={text}
        mono
        placeholder="zip -> city, state"
        invalid={problem !== undefined}
        describedBy={problem === undefined ? undefined : noteId(id)}
        suggest={(typed, caret) => {
          const found = completeDependency(typed, caret, columns);
          return { ...found, options: found.options.map((name) => ({ text: name })) };
        }}
        onChange={(next) => {
          setText(next);
          setProblem(undefined);
        }}
        onCommit={commit}
        {...(onClose === undefined ? {} : { onCancel: onClose })}
      />
      {problem === undefined ? null : (
        <div id={noteId(id)} role="alert" className="flex flex-col gap-0.5 text-[11.5px] leading-4 text-bad">
          <code className="break-words font-mono">
            {text.slice(0, problem.start)}
            <mark className="bg-bad-soft text-bad underline decoration-wavy">{text.slice(problem.start, problem.end) || '␣'}</mark>
            {text.slice(problem.end)}
          </code>
          <span>
            {problem.message}{' '}
            {problem.suggestion === undefined ? null : (
              <button type="button" className="rounded text-accent underline" onClick={() => correct(problem)}>
                Put {problem.suggestion}
              </button>
            )}
          </span>
        </div>
      )}
    </div>
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
    <li className="group relative flex min-h-7 min-w-0 items-center gap-1.5">
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
    </li>
  );
}

function Proofs({ verdict, name }: { readonly verdict: Verdict; readonly name: (id: Id) => string }) {
  return verdict.violations.map((violation) => {
    const accepted = violation.accepted === true;
    const proof = proofOf(verdict, violation, name);
    return (
      <Section key={`${violation.form}/${violation.determinant.join()}/${violation.dependent.join()}`} title={proof.title}>
        <div className="rounded-[7px] border border-line bg-sunken px-2.5 py-2 text-xs leading-[19px]">
          <p className="break-words font-mono text-[11.5px]">{proof.closure}</p>
          {proof.because.map((line) => (
            <p key={line}>{line}</p>
          ))}
        </div>
        <p className="text-xs leading-[18px] text-ink-2">
          {accepted ? 'This redundancy is accepted: it is no problem.' : proof.todo}
        </p>
      </Section>
    );
  });
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
            {table.dependencies.length === 0 ? null : (
              <Button size="sm" icon="Columns3" className="self-start" onClick={() => askDecomposition(table.id)}>
                Decompose …
              </Button>
            )}
          </Section>
          <Proofs verdict={verdict} name={name} />
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
