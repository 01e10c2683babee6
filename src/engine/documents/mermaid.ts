import { recordIn } from '#model/collections.ts';
import { columnsOf } from '#model/derive/columns.ts';
import { endsOf } from '#model/derive/ends.ts';
import { typeName } from '#model/derive/type-name.ts';
import type { Document, Id, Relationship, Table } from '#model/types.ts';
import { mermaidText } from '../exchange/common/escape.ts';
import { attributeName, attributeType, keyMarks, LEFT_END, RIGHT_END } from '../exchange/mermaid/words.ts';
import { qualifiedName } from './words.ts';

/** Limits under which GitHub draws a diagram: characters of text and number of edges. */
export const MERMAID_LIMITS = { characters: 50_000, edges: 500 } as const;

/** Margin below the limits, as GitHub counts what it wraps around the text too. */
const SAFE = { characters: 45_000, edges: 400 } as const;

function entity(document: Document, table: Table, detail: 'all' | 'keys' | 'names'): string {
  const name = mermaidText(qualifiedName(document, table));
  if (detail === 'names') return `  ${name}`;
  const rows = columnsOf(document, table).flatMap((column) => {
    const marks = keyMarks(document, table, column.id);
    if (detail === 'keys' && marks.length === 0) return [];
    const said = marks.length === 0 ? '' : ` ${marks.join(', ')}`;
    return [`    ${attributeType(typeName(document, column.type))} ${attributeName(column.name)}${said}`];
  });
  return rows.length === 0 ? `  ${name}` : `  ${name} {\n${rows.join('\n')}\n  }`;
}

function edge(document: Document, relationship: Relationship): string {
  const parent = recordIn(document, 'tables', relationship.parent);
  const child = recordIn(document, 'tables', relationship.child);
  if (parent === undefined || child === undefined) return '';
  const ends = endsOf(document, relationship);
  const line = `${LEFT_END[ends.parent]}${ends.identifying ? '--' : '..'}${RIGHT_END[ends.child]}`;
  const columns = relationship.childColumns.flatMap((id) => columnsOf(document, child).find((one) => one.id === id)?.name ?? []);
  return `  ${mermaidText(qualifiedName(document, parent))} ${line} ${mermaidText(qualifiedName(document, child))} : ${mermaidText(columns.join(', ') || 'relates')}`;
}

/** One diagram's text, with as much detail as fits. Undefined when not even the names fit. */
function draw(document: Document, tables: readonly Table[]): string | undefined {
  const inside = new Set(tables.map((table) => table.id));
  const relationships = Object.values(document.relationships).filter((one) => inside.has(one.child) || inside.has(one.parent));
  const visible = relationships.filter((one) => recordIn(document, 'tables', one.child)?.partitionOf === undefined);
  if (visible.length > SAFE.edges && tables.length > 1) return undefined;
  const edges = visible.slice(0, SAFE.edges).map((one) => edge(document, one));
  for (const detail of ['all', 'keys', 'names'] as const) {
    const text = [
      'erDiagram',
      ...tables.map((table) => entity(document, table, detail)),
      ...edges.filter((one) => one !== ''),
    ].join('\n');
    if (text.length <= SAFE.characters) return text;
  }
  return undefined;
}

export interface MermaidDiagram {
  readonly title: string;
  readonly code: string;
}

/** Diagrams of these tables: one, or as many halves as the limits ask for. */
function split(document: Document, title: string, tables: readonly Table[]): readonly MermaidDiagram[] {
  const code = draw(document, tables);
  if (code !== undefined) return [{ title, code }];
  if (tables.length <= 1) return [];
  const middle = Math.ceil(tables.length / 2);
  const parts = [...split(document, title, tables.slice(0, middle)), ...split(document, title, tables.slice(middle))];
  return parts;
}

/** Numbers the parts of a split diagram. */
function numbered(diagrams: readonly MermaidDiagram[]): readonly MermaidDiagram[] {
  return diagrams.length === 1
    ? diagrams
    : diagrams.map(({ title, code }, at) => ({ title: `${title} (${at + 1} of ${diagrams.length})`, code }));
}

function areaOf(document: Document, diagram: Id, table: Id): Id | undefined {
  const place = recordIn(document, 'placements', `${diagram}/${table}`);
  if (place === undefined) return undefined;
  const holds = Object.values(document.areas)
    .filter((area) => area.diagram === diagram)
    .filter((area) => place.x >= area.x && place.y >= area.y && place.x < area.x + area.width && place.y < area.y + area.height)
    .sort((a, b) => a.width * a.height - b.width * b.height);
  return holds[0]?.id;
}

/**
 * Entity-relationship diagrams for Markdown: one for each area of the diagram, the rest by schema; each within the limits
 * of {@link MERMAID_LIMITS}, with fewer columns or in several parts where all of it would not fit.
 * Source: Mermaid's documentation of entity relationship diagrams.
 */
export function mermaidDiagrams(document: Document, diagram: Id, tables: readonly Table[]): readonly MermaidDiagram[] {
  const groups = new Map<string, { title: string; tables: Table[] }>();
  for (const table of tables) {
    const area = areaOf(document, diagram, table.id);
    const key = area ?? table.schema;
    const title =
      area === undefined
        ? `Schema ${recordIn(document, 'schemas', table.schema)?.name ?? ''}`
        : (recordIn(document, 'areas', area)?.name ?? 'Area');
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { title, tables: [table] });
    else group.tables.push(table);
  }
  return [...groups.values()].flatMap((group) => numbered(split(document, group.title, group.tables)));
}
