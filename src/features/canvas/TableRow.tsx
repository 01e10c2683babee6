import type { Id } from '#model/types.ts';
import type { FaceRow } from '#paint/face.ts';
import { MARK_PATHS } from '#paint/marks.ts';
import { useView } from '#state/hooks.ts';

export interface TableRowProps {
  readonly table: Id;
  readonly row: FaceRow;
  /** The worst finding about this column. */
  readonly finding: string | undefined;
  /** Stands below an empty area of the key. */
  readonly gap: boolean;
}

/** One column as a row of its table's node. It is edited in the row lifted above it. */
export function TableRow({ table, row, finding, gap }: TableRowProps) {
  const selected = useView((view) => view.selection.some((ref) => ref.record === table && ref.part === row.id));
  const path = MARK_PATHS[row.mark];
  // Most rows have no mark: they need no element to keep its place.
  const bare = row.sign === undefined && path === '';
  return (
    <div
      className="row"
      data-mark={row.mark}
      data-null={row.nullable}
      data-selected={selected}
      data-finding={finding}
      data-gap={gap}
      data-bare={bare}
    >
      {bare ? null : row.sign === undefined ? (
        <svg viewBox="0 0 16 16" data-mark={row.mark} aria-hidden="true">
          <path d={path} />
        </svg>
      ) : (
        <span className="sign" aria-hidden="true">
          {row.sign}
        </span>
      )}
      <span className="name" title={`${row.name}: ${row.says}`}>
        {row.name}
      </span>
      {row.type === '' ? null : (
        <span className="type" title={row.type}>
          {row.type}
        </span>
      )}
      {row.after === undefined ? null : <span className="after">{row.after}</span>}
    </div>
  );
}
