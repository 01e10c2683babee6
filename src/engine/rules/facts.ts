import type { Column } from '#model/column-types.ts';
import type { Policy } from '#model/table-parts.ts';
import type { Document, Id, Table } from '#model/types.ts';
import { foldCase, lex } from '../dialects/postgres/lex.ts';
import { memoByIdentity } from '../memo.ts';
import { isAuditTimestamp } from './words.ts';

/** What a table tells the rest of the model. */
export interface TableFact {
  readonly id: Id;
  readonly name: string;
  readonly schema: Id;
  /** The only column of its primary key. */
  readonly key?: Column;
  readonly isPartition: boolean;
  /** Has policies that row-level security enforces, and the words in them. */
  readonly policies: readonly { readonly policy: Policy; readonly words: ReadonlySet<string> }[];
  readonly rowSecurity: boolean;
  readonly hasAuditTimestamps: boolean;
}

/**
 * What rules on one table need to know of the others. While nothing in it changes it stays the same object, so that an
 * edit elsewhere makes no rule look again.
 */
export interface Facts {
  readonly tables: readonly TableFact[];
  readonly byId: ReadonlyMap<Id, TableFact>;
  /** Tables by their name in lower case. */
  readonly byName: ReadonlyMap<string, readonly TableFact[]>;
  /** Lower-case names of functions of this model that are not declared IMMUTABLE. */
  readonly mutableFunctions: ReadonlySet<string>;
}

function wordsOf(policy: Policy): ReadonlySet<string> {
  const text = `${policy.using ?? ''} ${policy.withCheck ?? ''}`;
  return new Set(lex(text).flatMap((token) => (token.kind === 'word' || token.kind === 'quoted' ? [token.text] : [])));
}

/** One fact a table record; the key column of an inherited table is looked up in it alone. */
const factOf = memoByIdentity((table: Table): TableFact => {
  const primary = table.keys.find((key) => key.kind === 'primary');
  const only = primary?.columns.length === 1 ? primary.columns[0] : undefined;
  const key = table.columns.find((column) => column.id === only);
  return {
    id: table.id,
    name: table.name,
    schema: table.schema,
    ...(key === undefined ? {} : { key }),
    isPartition: table.partitionOf !== undefined,
    policies: table.rowSecurity === undefined ? [] : table.policies.map((policy) => ({ policy, words: wordsOf(policy) })),
    rowSecurity: table.rowSecurity !== undefined,
    hasAuditTimestamps: table.columns.some((column) => isAuditTimestamp(column.name)),
  };
});

function sameFact(a: TableFact, b: TableFact): boolean {
  return (
    a === b ||
    (a.id === b.id &&
      a.name === b.name &&
      a.schema === b.schema &&
      a.key === b.key &&
      a.isPartition === b.isPartition &&
      a.rowSecurity === b.rowSecurity &&
      a.hasAuditTimestamps === b.hasAuditTimestamps &&
      a.policies.length === b.policies.length &&
      a.policies.every((one, at) => one.policy === b.policies[at]?.policy))
  );
}

/** The facts of a document: `before` again when they are equal to it. */
export function factsOf(document: Document, before?: Facts): Facts {
  const tables = Object.values(document.tables).map(factOf);
  const mutable = mutableFunctions(document.routines);
  if (
    before !== undefined &&
    before.mutableFunctions === mutable &&
    before.tables.length === tables.length &&
    before.tables.every((one, at) => sameFact(one, tables[at] as TableFact))
  ) {
    return before;
  }
  const byName = new Map<string, TableFact[]>();
  for (const fact of tables) {
    const name = fact.name.toLowerCase();
    const list = byName.get(name);
    if (list === undefined) byName.set(name, [fact]);
    else list.push(fact);
  }
  return { tables, byId: new Map(tables.map((one) => [one.id, one])), byName, mutableFunctions: mutable };
}

/** The volatility words stand outside of the body: quoted and dollar-quoted text does not count. */
const mutableFunctions = memoByIdentity((routines: Document['routines']): ReadonlySet<string> => {
  const mutable = new Set<string>();
  const immutable = new Set<string>();
  for (const routine of Object.values(routines)) {
    if (routine.kind !== 'function') continue;
    const isImmutable = lex(routine.definition).some((token) => token.kind === 'word' && token.text === 'immutable');
    (isImmutable ? immutable : mutable).add(foldCase(routine.name));
  }
  // An overload that is immutable may be the one that is meant.
  for (const name of immutable) mutable.delete(name);
  return mutable;
});
