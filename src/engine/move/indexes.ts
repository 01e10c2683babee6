import type { Column } from '#model/column-types.ts';
import type { Index, IndexElement } from '#model/table-parts.ts';
import type { Id, Ref } from '#model/types.ts';
import { quotedName } from '../dialects/base/quote.ts';
import { stripped } from './drop.ts';
import type { Holding } from './holdings.ts';
import { columnElement, expressionElement } from './index-elements.ts';
import { partial } from './index-predicates.ts';
import { type IndexWork, isMysql, loseIndex } from './index-work.ts';
import { type TableWork, tellInclude } from './keys.ts';
import { tableNames, translate } from './scope.ts';

export interface MovedIndexes {
  readonly indexes: readonly Index[];
  /** Generated columns that stand for expressions the target indexes only so. */
  readonly columns: readonly Column[];
}

const METHOD_REASON: Readonly<Record<string, string>> = {
  hash: 'A B-tree finds equal values too.',
  brin: 'A B-tree does the same, in more space.',
};

/** The method in the target: `keep`, as a plain B-tree, or not at all. */
function method(work: IndexWork, index: Index): 'plain' | 'keep' | 'none' {
  const { ledger, table } = work;
  const name = index.method?.toLowerCase();
  if (name === undefined || name === 'btree' || ledger.related) return ledger.related ? 'keep' : 'plain';
  const at: Ref = { record: table.id, part: index.id };
  const row = { id: `index:${name}`, group: 'index' as const, what: `${name} index`, from: name };
  if (name === 'hash' && ledger.to === 'postgresql') return 'keep';
  if (METHOD_REASON[name] !== undefined || name === 'bitmap') {
    ledger.tell(
      { ...row, to: 'B-tree', verdict: 'approximate', reason: METHOD_REASON[name] ?? 'The target chooses by a B-tree.' },
      at,
    );
    return 'plain';
  }
  if (name === 'fulltext' && ledger.to === 'postgresql') {
    ledger.tell(
      {
        ...row,
        to: "gin (to_tsvector('simple', ...))",
        verdict: 'approximate',
        reason: 'Queries change from MATCH ... AGAINST to @@ and to_tsquery; choose a language in place of `simple`.',
      },
      at,
    );
    return 'keep';
  }
  loseIndex(work, index, { ...row, reason: `${ledger.label} has no ${name} indexes of its own.` });
  return 'none';
}

function fulltext(work: IndexWork, index: Index): Index {
  const parts = index.elements.flatMap(({ column }) => {
    const name = column === undefined ? undefined : work.fates.columns.get(work.table.id)?.get(column)?.name;
    return name === undefined ? [] : [`coalesce(${quotedName(name, 'postgresql')}, '')`];
  });
  const { unique: _, elements: __, method: ___, ...rest } = index;
  return { ...rest, method: 'gin', elements: [{ expression: `to_tsvector('simple'::regconfig, ${parts.join(" || ' ' || ")})` }] };
}

function isConstant(expression: string | undefined): boolean {
  return expression !== undefined && /^\(*(?:\d+|'[^']*')\)*$/.test(expression.trim());
}

/** All elements in the target; undefined: one cannot be indexed there, which is told. */
function elementsOf(work: IndexWork, given: Index): readonly IndexElement[] | undefined {
  const elements: IndexElement[] = [];
  for (const [position, element] of given.elements.entries()) {
    if (given.elements.length > 1 && isConstant(element.expression)) {
      const reason = 'Oracle leaves rows out whose key is all NULL, which the constant prevents; others hold every row.';
      work.ledger.tell(
        {
          id: 'index:constant',
          group: 'index',
          what: 'constant in an index',
          from: element.expression ?? '',
          to: 'nothing',
          verdict: 'faithful',
          reason,
        },
        { record: work.table.id, part: given.id },
      );
      continue;
    }
    const moved =
      element.expression === undefined
        ? columnElement(work, given, element, work.types)
        : expressionElement(work, given, { ...element, expression: element.expression }, position);
    if (moved === undefined || 'problem' in moved) {
      const shapeless = moved === undefined;
      return loseIndex(work, given, {
        id: shapeless ? 'index:type' : 'index:expression',
        what: shapeless ? 'index of a long or shapeless value' : 'expression in an index',
        from: element.expression ?? 'index',
        reason: shapeless ? `${work.ledger.label} cannot index values of this type.` : moved.problem,
      });
    }
    elements.push(moved);
  }
  return elements;
}

/** The index with its predicate in the target's words, or in another form; undefined: it cannot stand without it. */
function withPredicate(work: IndexWork, given: Index, base: Index, where: string): Index | undefined {
  const { ledger, table, fates } = work;
  const at: Ref = { record: table.id, part: given.id };
  const said = translate(ledger, tableNames(ledger, fates, table), where, at, 'condition');
  if ('problem' in said) {
    if (given.unique === true)
      return loseIndex(work, given, {
        id: 'index:partial-unique',
        what: 'uniqueness of a part of the rows',
        from: 'UNIQUE ... WHERE',
        reason: said.problem,
      });
    ledger.lose(
      {
        id: 'index:predicate',
        group: 'index',
        what: 'predicate of an index',
        from: 'WHERE',
        reason: `${said.problem} The index holds all rows.`,
      },
      { object: `index ${given.name ?? ''} on ${ledger.object(table)}`, at, sql: where },
    );
    return base;
  }
  // SQL Server compares columns with constants there, and joins by AND only.
  const simple = ledger.to === 'mssql' && !/\b(?:OR|LIKE|CASE|BETWEEN)\b|NOT \(|\w\(/.test(said.sql);
  if (ledger.to === 'postgresql' || ledger.to === 'sqlite' || simple) {
    ledger.tell(
      {
        id: 'index:partial',
        group: 'index',
        what: 'partial index',
        from: 'WHERE',
        to: 'WHERE',
        verdict: 'faithful',
        reason: "The same condition in the target's words.",
      },
      at,
    );
    return { ...base, where: said.sql };
  }
  const { unique: _, ...plain } = base;
  const made = partial(work, given, base.elements, said.sql);
  return { ...plain, elements: made.elements, ...(made.unique ? { unique: true } : {}) };
}

function moveIndex(work: IndexWork, given: Index): Index | undefined {
  const { ledger, naming, table } = work;
  const way = method(work, given);
  if (way === 'none') return undefined;
  const at: Ref = { record: table.id, part: given.id };
  const object = `index ${given.name ?? ''} on ${ledger.object(table)}`;
  const searched = given.method?.toLowerCase() === 'fulltext' && way === 'keep' && !ledger.related;
  const elements = searched ? given.elements : elementsOf(work, given);
  if (elements === undefined) return undefined;
  const columns = given.elements.map(({ column }) => table.columns.find(({ id }) => id === column)?.name ?? 'expr');
  const hint = given.name ?? `${work.name}_${columns.join('_')}_idx`;
  const unnamed = given.name === undefined && isMysql(ledger);
  const name = unnamed ? {} : { name: naming.give('index', hint, work.schema, table.id, work.name) };
  if (searched) return { ...fulltext(work, given), ...name };
  if (ledger.related) return { ...given, ...name, elements };
  const own = [
    'parameters',
    'tablespace',
    'residue',
    'clustered',
    ...(ledger.to === 'postgresql' ? [] : (['comment', 'attachedTo'] as const)),
  ] as const;
  const kept = stripped(ledger, given, isMysql(ledger) ? own.filter((one) => one !== 'comment') : own, object, at) as Index;
  const {
    method: _m,
    elements: _e,
    include,
    where,
    nullsNotDistinct,
    name: _n,
    only: _o,
    replicaIdentity: _r,
    invisible,
    ...rest
  } = kept;
  const includes = include !== undefined && (ledger.to === 'postgresql' || ledger.to === 'mssql');
  if (include !== undefined && !includes) tellInclude(work, given.id, object);
  if (nullsNotDistinct === true && ledger.to !== 'mssql')
    ledger.lose(
      {
        id: 'constraint:nulls',
        group: 'constraint',
        what: 'NULL in a unique key',
        from: 'NULLS NOT DISTINCT',
        reason: `${ledger.label} lets any number of rows be NULL in a unique index.`,
      },
      { object, at },
    );
  if (invisible === true && ledger.to !== 'oracle') stripped(ledger, { invisible }, ['invisible'], object, at);
  const base: Index = {
    ...rest,
    ...name,
    elements,
    ...(includes ? { include } : {}),
    ...(way === 'keep' ? { method: given.method ?? 'hash' } : {}),
    ...(invisible === true && ledger.to === 'oracle' ? { invisible } : {}),
  };
  return where === undefined ? base : withPredicate(work, given, base, where);
}

/** Oracle keeps a key by an index that is there already: elsewhere the key makes its own, and that one would be a second. */
function isOfKey({ ledger, table }: TableWork, index: Index): boolean {
  if (ledger.from !== 'oracle' || index.method !== undefined) return false;
  const columns = index.elements.map(({ column, order }) => (order === undefined ? column : undefined)).join();
  if (!table.keys.some((key) => key.columns.join() === columns)) return false;
  ledger.tell(
    {
      id: 'index:of-key',
      group: 'index',
      what: 'index that a key uses',
      from: 'INDEX',
      to: 'the index of the key',
      verdict: 'faithful',
      reason: 'The key makes an index of the same columns itself.',
    },
    { record: table.id, part: index.id },
  );
  return true;
}

/** Indexes of a table in the target. @param columns the table's, as they are there. */
export function moveIndexes(
  work: TableWork,
  holding: (column: Id) => Holding | undefined,
  columns: readonly Column[],
): MovedIndexes {
  const added: Column[] = [];
  const own: IndexWork = { ...work, holding, added, types: new Map(columns.map((column) => [column.id, column])) };
  const seen = new Set<string>();
  const indexes = work.table.indexes.flatMap((index) => {
    if (isOfKey(work, index)) return [];
    const moved = moveIndex(own, index);
    if (moved === undefined) return [];
    // Oracle refuses a second index of the same columns; so does SQLite's reader of names elsewhere not.
    const key = JSON.stringify(moved.elements);
    if (work.ledger.to === 'oracle' && seen.has(key))
      return (
        loseIndex(own, index, {
          id: 'index:twice',
          what: 'second index of the same columns',
          from: 'INDEX',
          reason: 'Oracle refuses two indexes of the same columns; the first one does the work.',
        }) ?? []
      );
    seen.add(key);
    return [moved];
  });
  return { indexes, columns: added };
}
