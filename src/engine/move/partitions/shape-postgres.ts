import type { Document, Sql, Table } from '#model/types.ts';
import { lexSql } from '../../dialects/base/lex.ts';
import { expressionOf } from '../sql/parse.ts';
import { type Edge, edgeOf } from './edges.ts';
import type { Part, Shape, Unshaped } from './shape.ts';

/** What stands in the outermost brackets, one text each. */
function bracketsOf(sql: Sql): string[] {
  const found: string[] = [];
  let depth = 0;
  let from = 0;
  for (const { text, kind, start, end } of lexSql(sql, 'postgresql').tokens) {
    if (kind !== 'symbol') continue;
    if (text === '(' && depth++ === 0) from = start;
    if (text === ')' && --depth === 0) found.push(sql.slice(from, end));
  }
  return found;
}

function edgesIn(text: string): readonly Edge[] | undefined {
  const read = expressionOf(text, 'postgresql');
  if ('problem' in read) return undefined;
  const items = read.value.is === 'row' ? read.value.items : [read.value];
  const edges = items.flatMap((one) => edgeOf(one) ?? []);
  return edges.length === items.length ? edges : undefined;
}

function partOf(name: string, bound: Sql): Part | undefined {
  if (/^default$/i.test(bound.trim())) return { name, is: 'default' };
  const hash = /\bmodulus\s+(\d+)\s*,\s*remainder\s+(\d+)/i.exec(bound);
  if (hash !== null) return { name, is: 'hash', modulus: Number(hash[1]), remainder: Number(hash[2]) };
  const [first, second] = bracketsOf(bound).map(edgesIn);
  if (first === undefined) return undefined;
  if (/^for\s+values\s+in\b/i.test(bound)) return { name, is: 'list', values: first };
  return second === undefined ? undefined : { name, is: 'range', from: first, to: second };
}

/** The tables that are partitions of a table of PostgreSQL, those of the first level. */
export function partitionTables(document: Document, table: Table): readonly Table[] {
  return Object.values(document.tables).filter(({ partitionOf }) => partitionOf?.parent === table.id);
}

/** How a table of PostgreSQL is cut by the tables that are its partitions. */
export function postgresShape(document: Document, table: Table): Shape | Unshaped {
  const { strategy, elements } = table.partitioning ?? { strategy: 'range', elements: [] };
  const columns = elements.flatMap(({ column }) => column ?? []);
  if (columns.length !== elements.length || columns.length === 0)
    return { problem: 'It is partitioned by an expression, which no primary or unique key could include.' };
  const parts: Part[] = [];
  for (const { name, partitionOf } of partitionTables(document, table)) {
    const part = partOf(name, partitionOf?.bound ?? '');
    if (part === undefined) return { problem: `The bound ${partitionOf?.bound ?? ''} has no certain value.` };
    parts.push(part);
  }
  if (parts.length === 0) return { problem: 'It has no partitions yet.' };
  const notes = strategy === 'hash' ? ['Rows are spread by a function of its own: which partition a row is in differs.'] : [];
  return { strategy: strategy === 'key' ? 'hash' : strategy, columns, parts, notes };
}
