import { useId, useState } from 'react';
import { completeDependency, type DependencyProblem, readDependency } from '#engine/normalize/dependency-text.ts';
import { columnsOf } from '#model/derive/columns.ts';
import type { Dependency, Document, Table } from '#model/types.ts';
import { noteId } from '../fields/FieldRow.tsx';
import { SuggestInput } from '../fields/SuggestInput.tsx';

export interface DependencyInputProps {
  readonly document: Document;
  readonly table: Table;
  readonly initial?: string;
  /** Its text where somebody else holds it. */
  readonly held?: readonly [string, (text: string) => void];
  readonly label: string;
  /** Takes it; yields why not. */
  readonly onTaken: (dependency: Omit<Dependency, 'id'>) => string | undefined;
  readonly onClose?: () => void;
  readonly inputRef?: (input: HTMLInputElement | null) => void;
}

/** The line that a dependency is typed into; what is wrong is underlined by position in the words below. */
export function DependencyInput(props: DependencyInputProps) {
  const { document, table, initial = '', label, held, onTaken, onClose, inputRef } = props;
  const id = useId();
  const own = useState(initial);
  const [text, setText] = held ?? own;
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
        {...(inputRef === undefined ? {} : { inputRef })}
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
