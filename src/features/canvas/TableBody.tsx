import { memo } from 'react';
import { recordIn } from '#model/collections.ts';
import type { Id } from '#model/types.ts';
import { counted, faceOf } from '#paint/face.ts';
import { useDocumentState, useResults } from '#state/hooks.ts';
import { Pill } from '#ui/Pill.tsx';
import { findingsByRecord, formBadge, type TableFindings } from './badges.ts';
import { BigName, NodeHead } from './NodeHead.tsx';
import { TableRow } from './TableRow.tsx';
import { useReading } from './use-reading.ts';

const SIGN = { error: '●', warning: '▲', info: 'i' } as const;

function Badges({ id, findings }: { readonly id: Id; readonly findings: TableFindings | undefined }) {
  const verdict = useResults((results) => results.normalForms[id]);
  const badge = formBadge(verdict);
  const reading = useReading(id);
  if (reading !== undefined) {
    return (
      <span className="reading" title={reading.says}>
        {reading.mark}
      </span>
    );
  }
  return (
    <>
      {findings === undefined ? null : (
        <Pill
          tone={findings.worst === 'error' ? 'bad' : findings.worst === 'warning' ? 'warn' : 'plain'}
          title={counted(findings.count, 'finding')}
        >
          {SIGN[findings.worst]} {findings.count}
        </Pill>
      )}
      {badge === undefined ? null : (
        <Pill tone={badge.tone} title={badge.title}>
          {badge.text}
        </Pill>
      )}
    </>
  );
}

/** What a table shows inside its frame: title and badges, a row for each column, and what it counts. */
export const TableBody = memo(function TableBody({ id, collapsed }: { readonly id: Id; readonly collapsed: boolean }) {
  const face = useDocumentState(({ document }) => {
    const table = recordIn(document, 'tables', id);
    return table === undefined ? undefined : faceOf(document, table);
  });
  const name = useDocumentState(({ document }) => recordIn(document, 'tables', id)?.name ?? '');
  const findings = useResults((results) => findingsByRecord(results.findings).get(id));
  const reading = useReading(id);
  if (face === undefined) return null;
  return (
    <>
      <NodeHead id={id} name={name}>
        <Badges id={id} findings={findings} />
      </NodeHead>
      {collapsed
        ? null
        : face.rows.map((row) => <TableRow key={row.id} table={id} row={row} finding={findings?.parts.get(row.id)} />)}
      {!collapsed && face.columns === 0 ? <div className="row quiet">No columns yet: press Enter to add one</div> : null}
      {!collapsed && face.more > 0 ? <div className="row quiet">{face.more} more</div> : null}
      {!collapsed && face.footer !== undefined ? (
        <div className="foot" title={face.footer}>
          {face.footer}
        </div>
      ) : null}
      <BigName name={name} sign={reading?.mark} />
    </>
  );
});
