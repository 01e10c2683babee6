import type { QueryParameter } from '#model/query-types.ts';
import type { OrderTerm, Predicate, TableUse } from '../../workload/facts.ts';
import type { PlannedAlternatives, PlannedIndex, PlannedPart, PlannedUse, Restriction } from '../cost/planned.ts';
import { implies } from '../redundancy/implication.ts';
import { type Restricted, restrictionsOf } from './shares.ts';
import { type StoredIndex, tableTree } from './stored.ts';
import { expressionKey, type KnownValues, nameOfTerm } from './table.ts';

/** A need that no index holds: the row itself. */
const ROW = '*';

/** What the conditions of a query say for sure, as one condition: those of literals, and that a compared column is not NULL. */
function certain(values: KnownValues, predicates: readonly Predicate[]): string {
  const texts = predicates.flatMap((one): string[] => {
    if (one.values.every(({ kind }) => kind === 'literal')) return [`(${one.sql})`];
    const column = values.column(one.term.column);
    const strict =
      one.test === 'equal' || one.test === 'in' || one.test === 'range' || one.test === 'prefix' || one.test === 'pattern';
    return strict && column !== undefined && one.operator !== '<=>' ? [`("${column.name}" IS NOT NULL)`] : [];
  });
  return texts.join(' AND ');
}

/** Keys that a GIN index is asked for: trigrams of a pattern, words of a search, elements. */
function searchesOf({ test, values }: Predicate): number {
  const [value] = values;
  const text = value?.kind === 'literal' ? value.sql.replaceAll(/[%_']/g, '') : undefined;
  if (test === 'pattern') return Math.max(1, text === undefined ? 5 : text.length - 2);
  return Math.max(1, text === undefined ? 2 : text.split(/[\s,&|:{}[\]]+/).filter((word) => word !== '').length);
}

/** Whether an index of another method decides a condition (PostgreSQL manual, 11.2, 65; MySQL, "Full-Text Search Functions"). */
function decides({ like, planned }: StoredIndex, one: Restricted): boolean {
  const [predicate] = one.of;
  if (predicate === undefined) return false;
  const at = planned.key.findIndex(({ term }) => term === one.term);
  const element = like.elements[at];
  if (element === undefined) return false;
  const { test, operator } = predicate;
  const { method } = planned;
  const operators = element.operatorClass ?? '';
  if (method === 'brin') return test === 'equal' || test === 'range' || test === 'in';
  if (method === 'gist') {
    return (
      test === 'contains' ||
      (/gist_trgm_ops/.test(operators) ? test === 'pattern' || test === 'prefix' : test === 'equal' || test === 'range')
    );
  }
  if (/trgm_ops/.test(operators)) return test === 'pattern' || test === 'prefix' || test === 'contains';
  // `value = ANY (column)` is not what GIN finds; the query has to say `column @> ARRAY[value]`.
  if (test !== 'contains' || operator === '= ANY') return false;
  return !/path_ops/.test(operators) || !operator.startsWith('?');
}

/** An index that holds texts without regard to case finds what a LIKE without regard to case begins with (SQLite). */
function asPrefix(restrictions: readonly Restricted[], { like, planned }: StoredIndex): PlannedIndex {
  const serving = planned.key.findIndex((part, at) => {
    const isNocase = like.elements[at]?.collation?.toUpperCase() === 'NOCASE';
    return isNocase && restrictions.some((one) => one.term === part.term && one.of[0]?.operator === 'ILIKE');
  });
  if (serving !== 0) return planned;
  const found = restrictions.flatMap((one, at) => {
    const [predicate] = one.of;
    const [value] = predicate?.values ?? [];
    const begins = value?.kind === 'literal' && /^'[^%_']/.test(value.sql);
    return one.term === planned.key[0]?.term && predicate?.operator === 'ILIKE' && begins ? [at] : [];
  });
  return found.length === 0 ? planned : { ...planned, method: 'gist', serves: found };
}

interface Asked {
  readonly values: KnownValues;
  readonly use: TableUse;
  readonly predicates: readonly Predicate[];
  readonly restrictions: readonly Restricted[];
}

/** An index as this use may use it; undefined when it may not. */
function usable(asked: Asked, stored: StoredIndex): PlannedIndex | undefined {
  const { values, use, predicates, restrictions } = asked;
  const { like } = stored;
  if (like.index?.invisible === true) return undefined;
  let { planned } = stored;
  if (like.where !== undefined) {
    const { where } = like;
    const given = certain(values, predicates);
    if (given === '' || !implies(given, where, values.kindOf)) return undefined;
    const implied = restrictions.flatMap((one, at) => (one.of.every(({ sql }) => implies(where, sql, values.kindOf)) ? [at] : []));
    planned = { ...planned, implied };
  }
  const { method } = planned;
  if (method === undefined) return asPrefix(restrictions, { like, planned });
  if (method === 'hash') return planned;
  const serves = restrictions.flatMap((one, at) => (decides({ like, planned }, one) ? [at] : []));
  const [nearest] = use.order;
  const isNearest = method === 'gist' && nearest?.distance !== undefined && planned.key[0]?.term === nameOfTerm(nearest.term);
  if (serves.length === 0 && !isNearest) return undefined;
  const searches = serves.reduce((sum, at) => sum + searchesOf(restrictions[at]?.of[0] as Predicate), 0);
  return { ...planned, serves, searches, ...(isNearest ? { nearest: true as const } : {}) };
}

/** `(a, b) > (x, y)`: a range of the first term. */
function keysetRestrictions({ keysets }: TableUse): readonly Restricted[] {
  return keysets.flatMap(({ terms, operator }): Restricted[] => {
    const [first] = terms;
    if (first === undefined) return [];
    return [{ term: nameOfTerm(first), test: 'range', share: 1 / 3, text: `(...) ${operator} (...)`, of: [] }];
  });
}

function alternativesOf(values: KnownValues, use: TableUse, parameters: readonly QueryParameter[]): readonly PlannedAlternatives[] {
  return use.alternatives.map(({ arms }) => {
    const restrictions = arms.map((arm): readonly Restriction[] => restrictionsOf(values, arm, parameters));
    const none = restrictions.reduce((rest, arm) => rest * (1 - arm.reduce((all, { share }) => all * share, 1)), 1);
    return { arms: restrictions, share: 1 - none };
  });
}

/** The order a use asks for as key parts, without what has one value anyway. */
export function orderParts(order: readonly OrderTerm[], fixed: ReadonlySet<string>): readonly PlannedPart[] {
  return order.flatMap(({ term, desc, nulls, distance }): PlannedPart[] => {
    const name = nameOfTerm(term);
    if (fixed.has(name)) return [];
    return [
      {
        term: distance === undefined ? name : `${name} ${distance}`,
        ...(desc ? { desc: true } : {}),
        ...(nulls === undefined ? {} : { nulls }),
      },
    ];
  });
}

/** Terms that have one value in every row that is found. */
export function fixedTerms(use: PlannedUse): ReadonlySet<string> {
  return new Set(use.restrictions.filter(({ test }) => test === 'equal').map(({ term }) => term));
}

/** One appearance of a table as the planner of costs takes it. */
export function plannedUse(
  values: KnownValues,
  use: TableUse,
  indexes: readonly StoredIndex[],
  parameters: readonly QueryParameter[],
  schema: string,
): PlannedUse {
  const { known, table, organisation } = values;
  // What is compared with rows of other tables is known when these are joined.
  const predicates = use.predicates.filter((one) => one.filterOnly !== true && !one.values.some(({ kind }) => kind === 'row'));
  const restrictions = [...restrictionsOf(values, predicates, parameters), ...keysetRestrictions(use)];
  const written = use.write !== undefined && use.write.kind !== 'insert';
  const width = use.columns.reduce((sum, id) => sum + (values.facts(id)?.averageWidth ?? 8), 0);
  const asked = { values, use, predicates, restrictions };
  const distinct: Record<string, number> = {};
  const correlation: Record<string, number> = {};
  for (const { id } of known.columns) {
    distinct[id] = values.distinct({ column: id, columns: [id] });
    correlation[id] = values.correlation(id);
  }
  for (const { like } of indexes) {
    for (const { expression, column } of like.elements) {
      if (column !== undefined || expression === undefined) continue;
      const inside = values.columns.filter(({ name }) => expression.toLowerCase().includes(name.toLowerCase())).map(({ id }) => id);
      distinct[expressionKey(expression)] = values.distinct({ columns: inside });
    }
  }
  return {
    heap: { rows: Math.max(1, known.rows), pages: Math.max(1, known.pages), visible: 1 },
    width: Math.max(8, Math.round(width)),
    restrictions,
    alternatives: alternativesOf(values, use, parameters),
    needs: written ? [ROW] : use.columns,
    indexes: indexes.flatMap((stored) => usable(asked, stored) ?? []),
    correlation,
    distinct,
    relation: table.name,
    schema,
    alias: use.name,
    ...(organisation.walks ? { clustered: tableTree(values) } : {}),
  };
}
