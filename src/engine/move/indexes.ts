import type { Column } from '#model/column-types.ts';
import type { Index, IndexElement } from '#model/table-parts.ts';
import type { Id, Ref } from '#model/types.ts';
import { quotedName } from '../dialects/base/quote.ts';
import { stripped } from './drop.ts';
import type { Holding } from './holdings.ts';
import { type TableWork, tellInclude } from './keys.ts';
import type { Ledger } from './ledger.ts';
import type { MoveOption } from './plan-types.ts';
import { tableNames, translate } from './scope.ts';
import type { Kind } from './sql/functions.ts';
import { kindOf } from './sql/kinds.ts';

export interface MovedIndexes {
  readonly indexes: readonly Index[];
  /** Generated columns that stand for expressions the target indexes only so. */
  readonly columns: readonly Column[];
}

interface IndexWork extends TableWork {
  readonly holding: (column: Id) => Holding | undefined;
  readonly added: Column[];
}

const isMysql = (ledger: Ledger) => ledger.to === 'mysql' || ledger.to === 'mariadb';

function loseIndex(work: IndexWork, index: Index, row: { id: string; what: string; from: string; reason: string }): undefined {
  const { ledger, table } = work;
  ledger.lose(
    { ...row, group: 'index' },
    {
      object: `index ${index.name ?? ''} on ${ledger.object(table)}`.replace('  ', ' '),
      at: { record: table.id, part: index.id },
      reason: row.reason,
    },
  );
  return undefined;
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

/** Characters that every row format of InnoDB can index. */
const PREFIX = 191;

function isLarge(typeName: string): boolean {
  return /^(?:tiny|medium|long)?(?:text|blob)$|^json$|^geometry|^clob$|^nclob$|^xml|^bytea$/.test(typeName);
}

/** A column of the index as the target can index it; undefined: it cannot. */
function columnElement(
  work: IndexWork,
  index: Index,
  element: IndexElement,
  types: ReadonlyMap<Id, Column>,
): IndexElement | undefined {
  const { ledger, table } = work;
  const at: Ref = { record: table.id, part: index.id };
  const object = `index ${index.name ?? ''} on ${ledger.object(table)}`;
  const { collation, operatorClass, nulls, statistics: _, length, ...rest } = element;
  if (ledger.related) return element;
  if (collation !== undefined) stripped(ledger, { collation }, ['collation'], object, at);
  if (operatorClass !== undefined)
    ledger.lose(
      {
        id: 'index:operator-class',
        group: 'index',
        what: 'operator class',
        from: operatorClass,
        reason: 'Only PostgreSQL has operator classes: the index serves the ordinary comparisons.',
      },
      { object, at, sql: operatorClass },
    );
  if (nulls !== undefined)
    ledger.lose(
      {
        id: 'index:nulls',
        group: 'index',
        what: 'place of NULLs in an index',
        from: `NULLS ${nulls.toUpperCase()}`,
        reason: `${ledger.label} has one order of NULLs.`,
      },
      { object, at },
    );
  const type = element.column === undefined ? undefined : types.get(element.column)?.type;
  const name = type?.kind === 'builtin' ? type.name.toLowerCase() : '';
  if (length !== undefined && !isMysql(ledger)) {
    ledger.tell(
      {
        id: 'index:prefix',
        group: 'index',
        what: 'prefix length of an index',
        from: `(${length})`,
        to: 'the whole column',
        verdict: index.unique === true ? 'approximate' : 'faithful',
        reason:
          index.unique === true
            ? 'Whole values are compared now: what differs only after the prefix is no longer refused.'
            : 'The whole value is in the index.',
      },
      at,
    );
  }
  if (isLarge(name) && (isMysql(ledger) || ledger.to === 'oracle' || ledger.to === 'mssql')) {
    if (!isMysql(ledger) || name === 'json' || name.startsWith('geometry')) return undefined;
    ledger.tell(
      {
        id: 'index:needs-prefix',
        group: 'index',
        what: 'index of a long text',
        from: 'the whole column',
        to: `its first ${PREFIX}`,
        verdict: 'approximate',
        reason: 'MySQL indexes a beginning of long values.',
      },
      at,
    );
    return { ...rest, length: PREFIX };
  }
  if (
    ledger.to === 'postgresql' &&
    /^(?:json|xml|point|polygon|line|lseg|path|circle|box)$/.test(name) &&
    index.method === undefined
  )
    return undefined;
  return rest;
}

/** An expression where the target indexes columns only: a generated column that holds it. */
function generatedElement(work: IndexWork, index: Index, sql: string, position: number, kind?: Kind): IndexElement {
  const { ledger, naming, table } = work;
  const id = `col_${index.id.replace(/^idx_/, '')}_x${position}`;
  const name = naming.form(`${index.name ?? work.name}_${position + 1}`);
  const plain = {
    integer: 'bigint',
    boolean: ledger.to === 'mssql' ? 'bit' : 'tinyint',
    number: ledger.to === 'mssql' ? 'float' : 'double',
    date: 'date',
    time: ledger.to === 'mssql' ? 'datetime2' : 'datetime',
  }[kind as string];
  const type: Column['type'] =
    plain === undefined
      ? { kind: 'builtin', name: ledger.to === 'mssql' ? 'nvarchar' : 'varchar', args: ['255'] }
      : { kind: 'builtin', name: plain };
  work.added.push({
    id,
    name,
    type,
    nullable: true,
    generated: { expression: sql, stored: false },
  });
  ledger.tell(
    {
      id: 'index:expression',
      group: 'index',
      what: 'expression in an index',
      from: 'expression',
      to: 'generated column',
      verdict: 'approximate',
      reason: `${ledger.label} indexes columns: a generated one holds the expression. Queries that use the expression need the column.`,
    },
    { record: table.id, part: index.id },
  );
  return { column: id };
}

function expressionElement(
  work: IndexWork,
  index: Index,
  element: IndexElement & { expression: string },
  position: number,
): IndexElement | { readonly problem: string } {
  const { ledger, table, fates } = work;
  if (ledger.related && ledger.to === 'mysql') return element;
  const at: Ref = { record: table.id, part: index.id };
  const said = ledger.related
    ? { sql: element.expression }
    : translate(ledger, tableNames(ledger, fates, table), element.expression, at, 'value');
  if ('problem' in said) return said;
  const order = element.order === undefined ? {} : { order: element.order };
  if (isMysql(ledger) || ledger.to === 'mssql')
    return { ...generatedElement(work, index, said.sql, position, 'kind' in said ? said.kind : undefined), ...order };
  ledger.tell(
    {
      id: 'index:expression',
      group: 'index',
      what: 'expression in an index',
      from: 'expression',
      to: 'expression',
      verdict: 'faithful',
      reason: "The same expression in the target's words.",
    },
    at,
  );
  return { expression: said.sql, ...order };
}

const PARTIAL: readonly MoveOption[] = [
  {
    id: 'case',
    label: 'generated column',
    reason: 'The index holds CASE WHEN condition THEN value END, so that rows outside the condition never collide.',
  },
  { id: 'plain', label: 'ordinary index', reason: 'Not unique: the rule must be kept by the application.' },
];

/** A predicate where the target has none: whole, or unique by an expression that is NULL elsewhere. */
function partial(
  work: IndexWork,
  index: Index,
  elements: readonly IndexElement[],
  where: string,
): { elements: readonly IndexElement[]; unique: boolean } {
  const { ledger, table, fates } = work;
  const at: Ref = { record: table.id, part: index.id };
  const row = { group: 'index' as const, what: 'partial index', from: 'WHERE' };
  if (index.unique !== true) {
    ledger.tell(
      {
        ...row,
        id: 'index:partial',
        to: 'whole index',
        verdict: 'approximate',
        reason: `${ledger.label} has no partial indexes: this one holds all rows. The same queries find their rows, in more space.`,
      },
      at,
    );
    return { elements, unique: false };
  }
  const chosen = ledger.choose('index:partial-unique', PARTIAL);
  const last = elements.findLast((one) => one.column !== undefined);
  const name = last?.column === undefined ? undefined : fates.columns.get(table.id)?.get(last.column)?.name;
  if (chosen === 'plain' || last?.column === undefined || name === undefined) {
    loseIndex(work, index, {
      id: 'index:partial-unique',
      what: 'uniqueness of a part of the rows',
      from: 'UNIQUE ... WHERE',
      reason: 'The index stays, but is not unique.',
    });
    return { elements, unique: false };
  }
  ledger.tell(
    {
      ...row,
      id: 'index:partial-unique',
      what: 'uniqueness of a part of the rows',
      from: 'UNIQUE ... WHERE',
      to: 'CASE WHEN ... THEN ... END',
      verdict: 'approximate',
      reason: 'Rows outside the condition are NULL in the key, and NULLs never collide.',
      options: PARTIAL,
      chosen,
    },
    at,
  );
  const sql = `CASE WHEN ${where} THEN ${quotedName(name, ledger.to)} END`;
  const common = work.holding(last.column)?.common;
  const position = elements.indexOf(last);
  if (ledger.to === 'oracle') return { elements: elements.map((one) => (one === last ? { expression: sql } : one)), unique: true };
  const made = generatedElement(work, index, sql, position);
  const added = work.added.at(-1);
  const original = table.columns.find(({ id }) => id === last.column);
  if (added !== undefined && original !== undefined && common !== undefined && kindOf(common) !== 'text') {
    const typed = work.types.get(last.column);
    if (typed !== undefined) work.added[work.added.length - 1] = { ...added, type: typed.type };
  }
  return { elements: elements.map((one) => (one === last ? made : one)), unique: true };
}

interface IndexWork {
  /** The table's columns in the target, by id. */
  readonly types: ReadonlyMap<Id, Column>;
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
