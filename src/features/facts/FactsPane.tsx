import { useMemo } from 'react';
import { useDocumentState } from '#state/hooks.ts';

/** How many rows each table is said to have. */
export function FactsPane() {
  const tables = useDocumentState((state) => state.document.tables);
  const sorted = useMemo(() => Object.values(tables).sort((a, b) => a.name.localeCompare(b.name)), [tables]);
  return (
    <table className="m-4 w-96 border-collapse text-left">
      <thead>
        <tr>
          <th scope="col">Table</th>
          <th scope="col">Rows</th>
        </tr>
      </thead>
      <tbody>
        {sorted.map(({ id, name, facts }) => (
          <tr key={id} className="border-line border-t">
            <td>{name}</td>
            <td className="tabular-nums">{facts?.rows?.toLocaleString('en') ?? 'not known'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
