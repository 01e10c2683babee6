import { useMemo } from 'react';
import type { Id } from '#model/types.ts';
import { copyText } from '#state/copy-text.ts';
import { useResults } from '#state/hooks.ts';
import { Button } from '#ui/Button.tsx';
import { EmptyState } from '#ui/EmptyState.tsx';
import { type SpanKind, sqlSpans } from '../logic/sql-spans.ts';

const COLOUR: Record<SpanKind, string> = {
  keyword: 'text-(--sql-keyword)',
  type: 'text-(--sql-type)',
  string: 'text-ok',
  number: 'text-ok',
  comment: 'text-ink-3 italic',
  plain: '',
};

/** SQL in colours. */
export function SqlText({ sql }: { readonly sql: string }) {
  const spans = useMemo(() => {
    let at = 0;
    return sqlSpans(sql).map((span) => {
      const start = at;
      at += span.text.length;
      return { ...span, start };
    });
  }, [sql]);
  return (
    <pre className="whitespace-pre-wrap break-words px-3.5 py-2 font-mono text-[11.5px] leading-[18px]">
      {spans.map((span) => (
        <span key={span.start} className={COLOUR[span.kind]}>
          {span.text}
        </span>
      ))}
    </pre>
  );
}

/** The statements the model writes for one object, to read and copy. */
export function SqlPanel({ record }: { readonly record: Id }) {
  const statements = useResults((state) => state.ddl.statements);
  const sql = useMemo(
    () =>
      statements
        .filter((statement) => statement.record === record)
        .map((statement) => statement.sql)
        .join('\n\n'),
    [statements, record],
  );
  if (sql === '')
    return <EmptyState icon="FileCode" title="No SQL yet" text="The statements appear when the engine has written them." />;
  return (
    <div className="flex min-w-0 flex-col">
      <div className="flex justify-end px-3 pt-2">
        <Button size="sm" variant="ghost" icon="Copy" onClick={() => void copyText(sql, 'The SQL is copied.')}>
          Copy
        </Button>
      </div>
      <SqlText sql={sql} />
    </div>
  );
}
