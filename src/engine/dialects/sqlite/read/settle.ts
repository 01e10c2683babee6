import type { DdlColumn, DdlConstraint, DdlForeignKey, DdlKey, DdlTable } from '../../base/read/ddl.ts';
import { nameKey } from '../../base/traits.ts';
import { unquotedType } from '../types.ts';
import type { ColumnFact, ForeignKeyFact, KeyFact, TableFacts } from './catalog.ts';

/**
 * SQLite's catalog says what a table is; the text that made it says what no PRAGMA tells: checks, names of constraints,
 * expressions, deferral, collations. Where both speak of the same, the catalog is right.
 */

const key = (name: string) => nameKey(name, 'sqlite');
const list = (names: readonly string[]) => names.map(key).join('\0');

function plainDefault(sql: string | undefined): string | undefined {
  const inner = sql?.startsWith('(') === true && sql.endsWith(')') ? sql.slice(1, -1).trim() : sql;
  // A sign may stand apart from its number.
  return inner?.replace(/^([+-])\s+/, '$1');
}

function settleColumn(column: DdlColumn | undefined, fact: ColumnFact): DdlColumn {
  const given = column ?? { start: 0, end: 0, name: fact.name, type: { name: fact.type } };
  const sameType = key(unquotedType(given.type.name)) === key(fact.type);
  const sameNull = (given.nullable === false) === fact.notNull;
  const { default: said, ...rest } = given;
  const sameDefault = plainDefault(said?.sql) === plainDefault(fact.default);
  const dflt = sameDefault
    ? said
    : fact.default === undefined
      ? undefined
      : { kind: 'expression' as const, sql: `(${fact.default})` };
  return {
    ...rest,
    ...(dflt === undefined ? {} : { default: dflt }),
    name: fact.name,
    ...(sameType ? {} : { type: { name: fact.type } }),
    ...(sameNull ? {} : { nullable: !fact.notNull }),
  };
}

function sameKey(one: DdlKey, fact: KeyFact): boolean {
  return one.kind === fact.kind && list(one.elements.map(({ column }) => column ?? '')) === list(fact.columns);
}

function sameForeignKey(one: DdlForeignKey, fact: ForeignKeyFact): boolean {
  return (
    list(one.columns) === list(fact.columns) &&
    key(one.parent.name) === key(fact.parent) &&
    list(one.parentColumns) === list(fact.parentColumns) &&
    one.onDelete === fact.onDelete &&
    one.onUpdate === fact.onUpdate
  );
}

/** Constraints of the text that the catalog does not know, and those of the catalog that the text did not give. */
function settleConstraints(
  constraints: readonly DdlConstraint[],
  { keys, foreignKeys }: TableFacts,
): { known: Set<DdlConstraint>; missing: DdlConstraint[] } {
  const known = new Set<DdlConstraint>();
  const openKeys = [...keys];
  const openLinks = [...foreignKeys];
  for (const one of constraints) {
    if (one.kind === 'foreign') {
      const at = openLinks.findIndex((fact) => sameForeignKey(one, fact));
      if (at >= 0) openLinks.splice(at, 1);
      if (at >= 0) known.add(one);
    } else if (one.kind === 'primary' || one.kind === 'unique') {
      const at = openKeys.findIndex((fact) => sameKey(one, fact));
      if (at >= 0) openKeys.splice(at, 1);
      // SQLite makes one index of two keys over the same columns.
      if (at >= 0 || keys.some((fact) => list(fact.columns) === list(one.elements.map(({ column }) => column ?? ''))))
        known.add(one);
    } else known.add(one);
  }
  const missing: DdlConstraint[] = [
    ...openKeys.map(({ kind, columns }): DdlKey => ({ start: 0, end: 0, kind, elements: columns.map((column) => ({ column })) })),
    ...openLinks.map(
      ({ parent, ...rest }): DdlForeignKey => ({ start: 0, end: 0, kind: 'foreign', parent: { name: parent }, ...rest }),
    ),
  ];
  return { known, missing };
}

/** A table as its text says it, put right by the catalog. Nothing changes where they agree. */
export function settleTable(table: DdlTable, facts: TableFacts): DdlTable {
  const columns = facts.columns.map((fact) =>
    settleColumn(
      table.columns.find((one) => key(one.name) === key(fact.name)),
      fact,
    ),
  );
  const all = [...columns.flatMap((column) => column.constraints ?? []), ...table.constraints];
  const { known, missing } = settleConstraints(all, facts);
  return {
    ...table,
    columns: columns.map(({ constraints, ...rest }) => {
      const kept = constraints?.filter((one) => known.has(one)) ?? [];
      return kept.length === 0 ? rest : { ...rest, constraints: kept };
    }),
    constraints: [...table.constraints.filter((one) => known.has(one)), ...missing],
  };
}
