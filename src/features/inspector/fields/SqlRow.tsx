import { type ReactNode, useEffect, useId, useState } from 'react';
import { checkExpression, type ExpressionKind } from '#state/expressions.ts';
import { cx } from '#ui/cx.ts';
import { FieldRow, noteId } from './FieldRow.tsx';
import { INPUT, MONO } from './styles.ts';
import { type Commit, useField } from './use-field.ts';

export interface SqlRowProps {
  readonly label: string;
  readonly value: string | undefined;
  readonly onCommit: Commit;
  /** What it should be; `fragment` is a piece of a clause, which no parser reads by itself. */
  readonly kind?: ExpressionKind | 'fragment';
  readonly placeholder?: string;
  readonly hint?: ReactNode;
  readonly stacked?: boolean;
  /** Lines it shows at least. */
  readonly rows?: number;
}

/** What the parser says about a committed text; it asks again when the text changes. */
function useSqlProblem(sql: string, kind: ExpressionKind | 'fragment'): string | undefined {
  const [said, setSaid] = useState<{ readonly sql: string; readonly message: string } | undefined>();
  useEffect(() => {
    if (kind === 'fragment') return;
    let current = true;
    void checkExpression(sql, kind).then((problem) => {
      if (current) setSaid(problem === undefined ? undefined : { sql, message: problem.message });
    });
    return () => {
      current = false;
    };
  }, [sql, kind]);
  return said?.sql === sql ? said.message : undefined;
}

/**
 * SQL of the model: a predicate, an expression, a query. What does not parse is kept, so that nothing typed is lost, and
 * the parser's words stand under it.
 */
export function SqlRow({ label, value, onCommit, kind = 'expression', placeholder, hint, stacked, rows = 1 }: SqlRowProps) {
  const id = useId();
  const field = useField(value ?? '', onCommit, true);
  const syntax = useSqlProblem(value ?? '', kind);
  const problem = field.problem ?? syntax;
  return (
    <FieldRow label={label} id={id} problem={problem} hint={hint} stacked={stacked === true}>
      <textarea
        id={id}
        className={cx(INPUT, MONO, 'field-sizing-content max-h-96 min-h-7 resize-none py-1.5 leading-4')}
        rows={rows}
        value={field.text}
        placeholder={placeholder}
        spellCheck={false}
        autoComplete="off"
        aria-invalid={problem !== undefined}
        aria-describedby={problem !== undefined || hint !== undefined ? noteId(id) : undefined}
        onChange={(event) => field.change(event.target.value)}
        onBlur={() => field.commit()}
        onKeyDown={field.onKeyDown}
      />
    </FieldRow>
  );
}
