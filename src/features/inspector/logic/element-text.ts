import type { NamedColumn } from '#engine/normalize/dependency-text.ts';
import { readName, skipSpace, typedName } from '#lib/identifiers.ts';
import { err, ok, type Result } from '#lib/result.ts';
import type { IndexElement } from '#model/table-parts.ts';
import type { Id } from '#model/types.ts';

/** What an index element indexes, as typed: a column's name, or an expression with operator class and collation apart. */
export function elementText(element: IndexElement, nameOf: (id: Id) => string | undefined): string {
  if (element.column !== undefined) return typedName(nameOf(element.column) ?? '?');
  if (element.columnName !== undefined) return typedName(element.columnName);
  return element.expression ?? '';
}

/** The optional words behind an element: `COLLATE "C"`, an operator class. */
function readTail(text: string, from: number): { readonly collation?: string; readonly operatorClass?: string } | undefined {
  const tail = text.slice(from).trim();
  if (tail === '') return {};
  const found =
    /^(?:collate\s+(?<collation>(?:"[^"]+"|[\w$]+)(?:\.(?:"[^"]+"|[\w$]+))?))?\s*(?<operator>[a-z_][\w$]*(?:\.[a-z_][\w$]*)?(?:\s*\([^()]*\))?)?$/i.exec(
      tail,
    );
  if (found === null) return undefined;
  const { collation, operator } = found.groups ?? {};
  return { ...(collation === undefined ? {} : { collation }), ...(operator === undefined ? {} : { operatorClass: operator }) };
}

/**
 * Reads what was typed as an index element: the name of a column, perhaps with an operator class
 * (`title gin_trgm_ops`, `path collate "C"`), else an expression such as `lower(email)`.
 * @param loose any plain name is a column's: the elements of a view's index.
 */
export function readElement(text: string, columns: readonly NamedColumn[], loose: boolean): Result<Partial<IndexElement>> {
  const sql = text.trim();
  if (sql === '') return err('element-empty', 'An element is a column or an expression.');
  const name = readName(sql, 0);
  if (name !== undefined) {
    const tail = readTail(sql, skipSpace(sql, name.end));
    const column = columns.find((one) => one.name === name.name) ?? columns.find((one) => one.name === name.typed);
    if (tail !== undefined && column !== undefined) return ok({ column: column.id, ...tail });
    if (tail !== undefined && loose) return ok({ columnName: name.name, ...tail });
    if (tail !== undefined && Object.keys(tail).length === 0) {
      return err(
        'element-name',
        `There is no column ${name.typed}. An expression has parentheses or operators, such as lower(${name.typed}).`,
      );
    }
  }
  return ok({ expression: sql });
}
