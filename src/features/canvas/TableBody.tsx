import { memo, useSyncExternalStore } from 'react';
import { formBadge } from '#engine/normalize/verdict-text.ts';
import { recordIn } from '#model/collections.ts';
import { chenOf, NODE } from '#model/derive/geometry.ts';
import type { Id } from '#model/types.ts';
import { counted, type Face, faceOf } from '#paint/face.ts';
import { useResults } from '#state/hooks.ts';
import { Pill } from '#ui/Pill.tsx';
import { findingsByRecord, type TableFindings } from './badges.ts';
import { ChenBody } from './ChenBody.tsx';
import { BigName, NodeHead } from './NodeHead.tsx';
import { stage } from './stage.ts';
import { TableRow } from './TableRow.tsx';
import { useReading } from './use-reading.ts';
import { useSeen } from './use-seen.ts';

const onView = (changed: () => void) => stage.on('view', changed);
const showsRows = () => stage.showsRows;

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

/** A line between the areas of key and other attributes (IDEF1X). */
function KeyLine({ rows }: { readonly rows: number }) {
  return <div className="keyline" style={{ top: NODE.header + (rows === 0 ? NODE.row / 2 : rows * NODE.row) }} />;
}

function Rows({ id, face, findings }: { readonly id: Id; readonly face: Face; readonly findings: TableFindings | undefined }) {
  return (
    <>
      {face.keyRows === undefined ? null : <KeyLine rows={face.keyRows} />}
      {face.rows.map((row, at) => (
        <TableRow key={row.id} table={id} row={row} finding={findings?.parts.get(row.id)} gap={at === 0 && face.keyRows === 0} />
      ))}
      {face.columns === 0 && face.look.level !== 'conceptual' ? (
        <div className="row quiet">No columns yet: press Enter to add one</div>
      ) : null}
      {face.more > 0 ? <div className="row quiet">{face.more} more</div> : null}
      {face.footer === undefined ? null : (
        <div className="foot" title={face.footer}>
          {face.footer}
        </div>
      )}
    </>
  );
}

/** What a table shows inside its frame: title and badges, a row for each column, and what it counts. */
export const TableBody = memo(function TableBody({ id, collapsed }: { readonly id: Id; readonly collapsed: boolean }) {
  const face = useSeen((document) => {
    const table = recordIn(document, 'tables', id);
    return table === undefined ? undefined : faceOf(document, table);
  });
  const figure = useSeen((document) => {
    const table = recordIn(document, 'tables', id);
    return table === undefined ? undefined : chenOf(document, table);
  });
  const name = useSeen((document) => recordIn(document, 'tables', id)?.name ?? '');
  const findings = useResults((results) => findingsByRecord(results.findings).get(id));
  const reading = useReading(id);
  // Where rows cannot be read they are not there at all: names stand alone.
  const shown = useSyncExternalStore(onView, showsRows);
  if (face === undefined) return null;
  // An idea has no normal form, and findings are about tables; what a lens reads stays.
  const badges = face.look.level !== 'conceptual' || reading !== undefined ? <Badges id={id} findings={findings} /> : null;
  if (figure !== undefined) {
    return (
      <ChenBody id={id} name={name} figure={figure} collapsed={collapsed}>
        {badges}
      </ChenBody>
    );
  }
  return (
    <>
      <div className="frame" data-dependent={face.dependent} />
      <NodeHead id={id} name={name}>
        {badges}
      </NodeHead>
      {collapsed || !shown ? null : <Rows id={id} face={face} findings={findings} />}
      <BigName name={name} sign={reading?.mark} />
    </>
  );
});
