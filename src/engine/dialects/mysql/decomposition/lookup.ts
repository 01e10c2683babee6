import type { Document, Id, Relationship, Table } from '#model/types.ts';
import { ident, literal } from '../quote.ts';

function schemaText(document: Document, { schema }: Table): string {
  const found = document.schemas[schema];
  return found === undefined || found.implicit === true ? 'DATABASE()' : literal(found.name);
}

const namesOf = (table: Table, ids: readonly Id[]) => ids.map((id) => table.columns.find((one) => one.id === id)?.name ?? id);

/** Runs what stands in the variable (statements that can be: MySQL 8.4 Reference Manual, 15.5 Prepared Statements). */
const RUN = ['PREPARE crowfoot_step FROM @crowfoot_sql;', 'EXECUTE crowfoot_step;', 'DEALLOCATE PREPARE crowfoot_step;'] as const;

/** Takes a foreign key away whose name only the server knows. @param table the SQL name of the table that holds it. */
export function droppedByLookup(document: Document, link: Relationship, table: string): string[] {
  const child = document.tables[link.child] as Table;
  const parent = document.tables[link.parent] as Table;
  const columns = namesOf(child, link.childColumns).join('\n');
  return [
    [
      `SET @crowfoot_sql = (SELECT CONCAT(${literal(`ALTER TABLE ${table} DROP FOREIGN KEY \``)}, REPLACE(k.CONSTRAINT_NAME, '\`', '\`\`'), '\`')`,
      '  FROM information_schema.KEY_COLUMN_USAGE AS k',
      `  WHERE k.TABLE_SCHEMA = ${schemaText(document, child)} AND k.TABLE_NAME = ${literal(child.name)}`,
      `    AND k.REFERENCED_TABLE_NAME = ${literal(parent.name)}`,
      '  GROUP BY k.CONSTRAINT_NAME',
      `  HAVING GROUP_CONCAT(k.COLUMN_NAME ORDER BY k.ORDINAL_POSITION SEPARATOR '\\n') = ${literal(columns).replaceAll('\n', '\\n')}`,
      '  LIMIT 1);',
    ].join('\n'),
    ...RUN,
  ];
}

/** Drops an index where the server has it: MySQL has no IF EXISTS for it. @param table the SQL name of `child`. */
export function indexDroppedIfThere(document: Document, child: Table, table: string, index: string): string[] {
  return [
    [
      `SET @crowfoot_sql = (SELECT IF(COUNT(*) > 0, ${literal(`ALTER TABLE ${table} DROP INDEX ${ident(index)}`)}, 'DO 0')`,
      '  FROM information_schema.STATISTICS AS s',
      `  WHERE s.TABLE_SCHEMA = ${schemaText(document, child)} AND s.TABLE_NAME = ${literal(child.name)} AND s.INDEX_NAME = ${literal(index)});`,
    ].join('\n'),
    ...RUN,
  ];
}
