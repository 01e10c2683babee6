import type { Index, IndexElement } from '#model/table-parts.ts';
import type { Id } from '#model/types.ts';
import { treePages } from '../../physical/engine-trees.ts';
import { valueLayout } from '../../physical/row-width.ts';
import { estimateIndex, type IndexColumn } from '../../planner/index-estimate.ts';
import type { ColumnStatistics } from '../../planner/statistics.ts';
import { typeFacts } from '../../rules/type-facts.ts';
import type { TreeSize } from '../cost/access.ts';
import type { PlannedIndex, PlannedPart } from '../cost/planned.ts';
import { readCondition } from '../redundancy/condition.ts';
import type { Engine } from './engines.ts';
import { conditionShare } from './shares.ts';
import { type KnownValues, nameOfElement } from './table.ts';

/** An index that exists or could, by what its table's document says of it. */
export interface IndexLike {
  readonly id: string;
  /** As plans call it. */
  readonly name: string;
  readonly part?: Id;
  readonly elements: readonly IndexElement[];
  readonly include: readonly Id[];
  readonly unique: boolean;
  readonly method?: string;
  readonly where?: string;
  readonly index?: Pick<Index, 'invisible'>;
}

/** An index with its size, and with what of a query it can be used for, whatever the query. */
export interface StoredIndex {
  readonly like: IndexLike;
  readonly planned: PlannedIndex;
}

/** Types of which equal values may look different, so that a B-tree keeps each (`btequalimage`). */
const DIFFERENT = new Set(['numeric', 'real', 'double precision', 'jsonb', 'citext']);
const METHODS = new Set(['hash', 'gin', 'gist', 'brin']);
/** Those of other names that are built and asked like one of these. */
const ALIKE: Readonly<Record<string, NonNullable<PlannedIndex['method']>>> = {
  spgist: 'gist',
  fulltext: 'gin',
  spatial: 'gist',
  bloom: 'gin',
};
/** Entries of an inner page, about. */
const FAN_OUT = 285;
/** Bytes of a row's number or address, where no column leads to it. */
const ADDRESS = 6;

export function methodOf(method: string | undefined): PlannedIndex['method'] {
  if (method === undefined) return undefined;
  const name = method.toLowerCase();
  if (METHODS.has(name)) return name as PlannedIndex['method'];
  return Object.hasOwn(ALIKE, name) ? ALIKE[name] : undefined;
}

/** Levels above the leaves of a tree of so many pages. */
export const heightOf = (pages: number) => Math.max(0, Math.ceil(Math.log(Math.max(1, pages)) / Math.log(FAN_OUT)) - 1);

interface Sized {
  readonly rows: number;
  readonly pages: number;
}

function statisticsOf(values: KnownValues, elements: readonly IndexElement[]): readonly ColumnStatistics[] {
  const expressions = elements.flatMap((element): ColumnStatistics[] => {
    if (element.column !== undefined) return [];
    const text = element.expression ?? '';
    const inside = values.columns.filter(({ name }) => text.toLowerCase().includes(name.toLowerCase()));
    const known = inside.length === 1 ? values.facts(inside[0]?.id) : undefined;
    return known === undefined ? [] : [{ ...known, name: nameOfElement(element) }];
  });
  return [...values.known.columns, ...expressions];
}

/** As PostgreSQL would build it. */
function postgresSize(values: KnownValues, like: IndexLike, share: number): Sized {
  const { known, document } = values;
  const part = (element: IndexElement, key: boolean): IndexColumn => {
    const column = values.column(element.column);
    if (column === undefined) return { name: nameOfElement(element), length: -1, align: 4, key, equalImage: true };
    const { name, isArray } = typeFacts(document, column.type);
    return {
      column: column.name,
      name: column.name,
      ...valueLayout(document, column),
      key,
      equalImage: !isArray && !DIFFERENT.has(name),
    };
  };
  const columns = [...like.elements.map((one) => part(one, true)), ...like.include.map((id) => part({ column: id }, false))];
  const table = { schema: '', name: values.table.name, rows: known.rows, pages: known.pages, visiblePages: known.pages };
  return estimateIndex(
    { ...table, columns: statisticsOf(values, like.elements) },
    { method: methodOf(like.method) ?? 'btree', unique: like.unique, columns, share },
  );
}

function widthOf(values: KnownValues, element: IndexElement): number {
  const known = values.facts(element.column);
  const statistics = known ?? statisticsOf(values, [element]).find((one) => one.name === nameOfElement(element));
  const bytes = (statistics?.averageWidth ?? 16) * (1 - (statistics?.nullFraction ?? 0));
  return element.length === undefined ? bytes : Math.min(bytes, element.length);
}

/** As an engine with entries of its own builds it. */
function engineSize(
  values: KnownValues,
  like: IndexLike,
  share: number,
  engine: Engine & { tree: NonNullable<Engine['tree']> },
): Sized {
  const rows = values.known.rows * share;
  const method = methodOf(like.method);
  // Words of texts: about what PostgreSQL keeps of them.
  if (method === 'gin' || method === 'gist') return postgresSize(values, like, share);
  const { pointer, walks } = values.organisation;
  const held = new Set([...like.include, ...like.elements.flatMap((one) => one.column ?? [])]);
  const parts = [...like.elements, ...[...like.include, ...pointer.filter((id) => !held.has(id))].map((column) => ({ column }))];
  const bytes = parts.reduce((sum, part) => sum + widthOf(values, part), pointer.length === 0 && walks ? ADDRESS : 0);
  return { rows, pages: treePages(rows, bytes, parts.length, engine.tree).pages };
}

/** The table as a tree: what is above its rows. */
export function tableTree({ known }: KnownValues): TreeSize {
  return { rows: known.rows, pages: Math.max(1, Math.ceil(known.pages / FAN_OUT)), height: heightOf(known.pages) + 1 };
}

function partsOf(values: KnownValues, { elements }: IndexLike, engine: Engine): readonly PlannedPart[] {
  return elements.map((element): PlannedPart => {
    const column = values.column(element.column);
    const { operatorClass } = element;
    const byBytes = operatorClass !== undefined && /pattern_ops/.test(operatorClass);
    const prefixes = byBytes || engine.likeByOrder(element.collation ?? column?.collation);
    return {
      term: nameOfElement(element),
      ...(element.order === 'desc' ? { desc: true } : {}),
      ...(element.nulls === undefined ? {} : { nulls: element.nulls }),
      ...(element.length === undefined ? {} : { cut: true as const }),
      ...(prefixes ? { prefixes: true as const } : {}),
      ...(byBytes || (element.collation !== undefined && element.collation !== column?.collation)
        ? { otherOrder: true as const }
        : {}),
    };
  });
}

/** Sizes an index and says what it finds. */
export function storedIndex(values: KnownValues, like: IndexLike, engine: Engine): StoredIndex {
  const share = like.where === undefined ? 1 : conditionShare(values, readCondition(like.where));
  const { organisation } = values;
  const clustered = like.part !== undefined && like.part === organisation.part;
  const method = methodOf(like.method);
  const pointer = clustered ? [] : organisation.pointer;
  const size =
    engine.tree === undefined
      ? postgresSize(values, like, share)
      : engineSize(values, like, share, { ...engine, tree: engine.tree });
  const tree = clustered ? tableTree(values) : { ...size, height: heightOf(size.pages) };
  const key = partsOf(values, like, engine);
  const held = new Set([...like.include, ...key.map(({ term }) => term)]);
  // Entries with equal keys lie in the order of what they point to rows by, and are found by it.
  const further = method === undefined ? pointer.filter((id) => !held.has(id)).map((term) => ({ term })) : [];
  return {
    like,
    planned: {
      id: like.id,
      name: like.name,
      tree,
      key: [...key, ...further],
      include: [...like.include, ...pointer],
      ...(like.unique ? { uniqueBy: key.length } : {}),
      ...(clustered ? { clustered: true as const } : {}),
      ...(method === undefined ? {} : { method }),
    },
  };
}
