import { recordIn } from '#model/collections.ts';
import { diagramsInOrder } from '#model/derive/diagrams.ts';
import { placementId } from '#model/layout-types.ts';
import type { Document, Table } from '#model/types.ts';

export interface TableGroup {
  readonly title: string;
  readonly tables: readonly Table[];
}

/** The area of the first diagram on which the table's corner lies, the smallest where there are several. */
function areaName(document: Document, table: Table): string | undefined {
  const diagram = diagramsInOrder(document)[0]?.id ?? '';
  const place = recordIn(document, 'placements', placementId(diagram, table.id));
  if (place === undefined) return undefined;
  const holds = Object.values(document.areas).filter(
    ({ diagram: on, x, y, width, height }) =>
      on === diagram && place.x >= x && place.y >= y && place.x < x + width && place.y < y + height,
  );
  const [smallest] = holds.sort((a, b) => a.width * a.height - b.width * b.height);
  return smallest?.name === '' ? undefined : smallest?.name;
}

/** Tables that people put together: by their first tag, or else by the area they stand in. A table is in one group. */
export function tableGroups(document: Document, tables: readonly Table[]): readonly TableGroup[] {
  const groups = new Map<string, Table[]>();
  for (const table of tables) {
    const title = table.tags?.[0] ?? areaName(document, table);
    if (title === undefined) continue;
    const group = groups.get(title);
    if (group === undefined) groups.set(title, [table]);
    else group.push(table);
  }
  return [...groups].map(([title, members]) => ({ title, tables: members }));
}
