import { useMemo, useRef, useState } from 'react';
import type { QueryFacts, QueryFinding } from '#engine/workload/facts.ts';
import { QueryRewrites } from '#features/rewrites/index.ts';
import { type FieldMark, SqlField, type SqlFieldHandle } from '#features/sql/index.ts';
import { lineAndColumn } from '#lib/json-text.ts';
import type { WorkloadQuery } from '#model/query-types.ts';
import { useDocumentState } from '#state/hooks.ts';
import { openLab } from '#state/query-lab.ts';
import { showPath } from '#state/query-path.ts';
import { openDialog } from '#state/view.ts';
import { cx } from '#ui/cx.ts';
import { Icon } from '#ui/Icon.tsx';
import { IconButton } from '#ui/IconButton.tsx';
import { TextField } from '#ui/TextField.tsx';
import { setQuery } from './edit.ts';
import { Parameters } from './Parameters.tsx';
import { QueryFigures } from './QueryFigures.tsx';
import { QueryUses } from './QueryUses.tsx';
import { useDraftFacts } from './use-draft-facts.ts';

const NO_FINDINGS: readonly QueryFinding[] = [];

const LOOK = {
  error: { icon: 'CircleAlert', tone: 'text-bad' },
  warning: { icon: 'TriangleAlert', tone: 'text-warn' },
  info: { icon: 'Info', tone: 'text-ink-3' },
} as const;

interface FindingsProps {
  readonly sql: string;
  readonly findings: readonly QueryFinding[];
  readonly onGo: (offset: number) => void;
}

/** What is wrong, each with its place; pressing one puts the caret there. */
function Findings({ sql, findings, onGo }: FindingsProps) {
  if (findings.length === 0) return null;
  return (
    <ul aria-label="Problems of the query" className="flex flex-col border-line border-t">
      {findings.map((one) => {
        const { line, column } = lineAndColumn(sql, one.at.start);
        const { icon, tone } = LOOK[one.severity];
        return (
          <li key={`${one.code}:${one.at.start}:${one.message}`} className="border-line border-b last:border-b-0">
            <button
              type="button"
              className="flex w-full items-start gap-2 px-3 py-1 text-left text-xs leading-5 hover:bg-sunken"
              onClick={() => onGo(one.at.start)}
            >
              <Icon name={icon} size={14} className={cx('mt-[3px]', tone)} label={one.severity} />
              <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">{one.message}</span>
              <span className="shrink-0 text-ink-3 tabular-nums">
                line {line}, column {column}
              </span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}

export interface QueryDetailProps {
  readonly query: WorkloadQuery;
  readonly facts: QueryFacts | undefined;
  readonly onRemove: () => void;
}

/** One query: its text with what is wrong underlined, what is known of it, and what it asks of each table. */
export function QueryDetail({ query, facts, onRemove }: QueryDetailProps) {
  const document = useDocumentState((state) => state.document);
  const dialect = document.settings['settings']?.dialect ?? 'postgresql';
  const [draft, setDraft] = useState<string>();
  const field = useRef<SqlFieldHandle>(null);
  const shown = useDraftFacts(query, facts, draft);
  const findings = shown?.findings ?? NO_FINDINGS;
  const marks = useMemo(() => findings.map(({ at, severity, message }): FieldMark => ({ ...at, severity, message })), [findings]);
  const lines = Math.min(14, Math.max(6, (draft ?? query.sql).split('\n').length + 1));
  return (
    <section aria-label={`Query ${query.name}`} className="flex min-w-0 flex-1 flex-col">
      <div className="flex items-center gap-1.5 border-line border-b py-2 pr-3 pl-4">
        <TextField
          label="Name of the query"
          hideLabel
          boxClassName="min-w-0 flex-1"
          className="font-semibold"
          value={query.name}
          onCommit={(name) => setQuery(query.id, { name: name.trim() })}
        />
        <IconButton
          icon="Workflow"
          label="Show on the canvas"
          disabled={facts === undefined || facts.uses.length === 0}
          onClick={() => showPath(query.id)}
        />
        <IconButton
          icon="ListTree"
          label="Plan in the query lab"
          disabled={facts === undefined || facts.uses.length === 0}
          onClick={() => {
            openDialog(undefined);
            openLab(query.id);
          }}
        />
        <IconButton icon="Trash2" label="Remove the query" tone="bad" onClick={onRemove} />
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="border-line border-b">
          <div style={{ height: lines * 19 + 14 }}>
            <SqlField
              ref={field}
              label="SQL of the query"
              text={query.sql}
              dialect={dialect}
              marks={marks}
              onDraft={setDraft}
              onCommit={(sql) => setQuery(query.id, { sql })}
            />
          </div>
          {draft === undefined || draft === query.sql ? null : (
            <p className="border-line border-t px-3 py-1 text-xs text-ink-2">Ctrl Enter takes the text, Escape takes it back.</p>
          )}
          <Findings sql={draft ?? query.sql} findings={findings} onGo={(offset) => field.current?.goTo(offset)} />
        </div>
        <div className="flex flex-col gap-4 p-4">
          <QueryFigures key={query.id} query={query} />
          <Parameters key={`${query.id} parameters`} query={query} names={shown?.parameters ?? []} />
          <QueryRewrites query={query.id} />
          {shown === undefined ? null : <QueryUses document={document} facts={shown} />}
        </div>
      </div>
    </section>
  );
}
