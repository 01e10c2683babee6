import { useMemo } from 'react';
import type { Finding } from '#engine/finding.ts';
import { LOOK, RuleCard } from '#features/problems/index.ts';
import { lineAndColumn } from '#lib/json-text.ts';
import { copyText } from '#state/copy-text.ts';
import { applyFix } from '#state/fixes.ts';
import { useDocumentState } from '#state/hooks.ts';
import { notify } from '#state/notices.ts';
import { Button } from '#ui/Button.tsx';
import { cx } from '#ui/cx.ts';
import { Icon } from '#ui/Icon.tsx';
import { Pill } from '#ui/Pill.tsx';
import { diffWords, type Piece } from './diff-words.ts';

function replace(finding: Finding): void {
  const [fix] = finding.fixes;
  if (fix === undefined) return;
  const done = applyFix(fix);
  if (done.ok) notify({ tone: 'ok', text: 'The query is replaced; undo brings the old text back.' });
  else notify({ tone: 'bad', text: done.problem.message });
}

interface SideProps {
  readonly title: string;
  readonly pieces: readonly Piece[];
  readonly tone: 'gone' | 'new';
}

function Side({ title, pieces, tone }: SideProps) {
  let at = 0;
  return (
    <figure aria-label={title} className="min-w-0 overflow-hidden rounded-md border border-line">
      <figcaption className="border-line border-b bg-sunken px-2.5 py-1 text-xs font-medium text-ink-2">{title}</figcaption>
      <pre
        className="max-h-56 overflow-auto p-2.5 font-mono text-xs leading-5 -outline-offset-2 whitespace-pre-wrap [overflow-wrap:anywhere]"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: long texts are scrolled by keyboard too
        tabIndex={0}
      >
        {pieces.map(({ text, same }) => {
          const key = at;
          at += text.length;
          if (same) return <span key={key}>{text}</span>;
          return tone === 'gone' ? (
            <del key={key} className="rounded-[3px] bg-bad-soft text-bad no-underline">
              {text}
            </del>
          ) : (
            <ins key={key} className="rounded-[3px] bg-ok-soft text-ok no-underline">
              {text}
            </ins>
          );
        })}
      </pre>
    </figure>
  );
}

interface RewriteProps {
  readonly sql: string;
  readonly finding: Finding;
}

/** The query as it is and as it could be, and on what that rests. */
function Rewrite({ sql, finding }: RewriteProps) {
  const readOnly = useDocumentState((state) => state.readOnly);
  const { rewrite } = finding;
  const diff = useMemo(() => diffWords(sql, rewrite?.sql ?? sql), [sql, rewrite]);
  if (rewrite === undefined) return null;
  return (
    <div className="@container flex flex-col gap-2">
      <div className="grid gap-2 @2xl:grid-cols-2">
        <Side title="As it is" pieces={diff.before} tone="gone" />
        <Side title="Rewritten" pieces={diff.after} tone="new" />
      </div>
      <div className="flex flex-wrap items-start gap-x-2 gap-y-1.5">
        <Pill tone={rewrite.equal ? 'ok' : 'warn'} className="mt-0.5">
          {rewrite.equal ? 'Same results' : 'Not the same in every case'}
        </Pill>
        <ul className="min-w-0 flex-1 text-xs leading-[18px] text-ink-2">
          {rewrite.conditions.map((one) => (
            <li key={one} className="[overflow-wrap:anywhere]">
              {one}
            </li>
          ))}
        </ul>
        <Button size="sm" icon="Copy" variant="ghost" onClick={() => void copyText(rewrite.sql, 'The rewritten query is copied.')}>
          Copy
        </Button>
        <Button
          size="sm"
          icon="Wand2"
          variant="primary"
          disabled={readOnly !== undefined}
          title={readOnly}
          onClick={() => replace(finding)}
        >
          Replace the query
        </Button>
      </div>
    </div>
  );
}

/** One piece of advice on a query: what, why, what to do, and the text that could stand in its place. */
export function RewriteCard({ sql, finding }: RewriteProps) {
  const { icon, tone, word } = LOOK[finding.severity];
  const { what, why, todo } = finding.message;
  const place = lineAndColumn(sql, finding.text?.start ?? 0);
  return (
    <article aria-label={what} className="flex flex-col gap-2 rounded-lg border border-line px-3.5 py-3">
      <h4 className="flex items-start gap-2 font-medium">
        <Icon name={icon} size={15} label={word} className={cx('mt-[2.5px]', tone)} />
        <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">{what}</span>
        <span className="shrink-0 text-[11px] leading-5 font-normal text-ink-3 tabular-nums">
          line {place.line}, column {place.column}
        </span>
      </h4>
      <div className="flex flex-col gap-1 pl-[23px] text-xs leading-[18px]">
        <p className="text-ink-2">{why}</p>
        <p className="whitespace-pre-line [overflow-wrap:anywhere]">{todo}</p>
        {finding.evidence === undefined ? null : (
          <ul className="list-disc pl-4 text-ink-2 marker:text-ink-3">
            {finding.evidence.map((one) => (
              <li key={one} className="[overflow-wrap:anywhere]">
                {one}
              </li>
            ))}
          </ul>
        )}
        <p className="text-ink-3">
          Rule <RuleCard id={finding.rule} />
        </p>
      </div>
      <Rewrite sql={sql} finding={finding} />
    </article>
  );
}
