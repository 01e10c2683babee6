import type { Column } from '#model/column-types.ts';
import { singular } from '#model/derive/foreign-key-columns.ts';
import { linksOf } from '#model/derive/links.ts';
import type { Document, Id, Table } from '#model/types.ts';
import { accessesOf, plainColumns } from '../rules/index-facts.ts';
import { typeFacts, typeFamily } from '../rules/type-facts.ts';
import { snake } from '../rules/words.ts';
import { isTextual } from './kinds.ts';
import { perTable } from './per-table.ts';
import { type KnownValue, knownValues, type Uses } from './uses.ts';

/** A column that names a table and one that holds a key of it. */
export interface PolymorphicPair {
  readonly type: Column;
  readonly id: Column;
  readonly values: readonly KnownValue[];
  /** The tables that the values name, where every value names one with a comparable key. */
  readonly targets?: readonly { readonly value: string; readonly table: Id }[];
  readonly evidence: readonly string[];
}

/** Stems that stand for "whatever it is"; `event_type, event_id` is more likely an event's own type and id. */
const ROLE =
  /(^|_)(target|item|subject|object|resource|record|entity|parent|owner|model|source|reference|ref|related|linked|context|content|actor|origin|destination)$|[a-z]{3}able$/;

/** The pair is looked up together, as the two parts of one reference are. */
function indexedTogether(table: Table, type: Id, id: Id): boolean {
  return accessesOf(table).some((access) => {
    const columns = plainColumns(access);
    const first = columns?.indexOf(type) ?? -1;
    const second = columns?.indexOf(id) ?? -1;
    return first >= 0 && second >= 0 && Math.abs(first - second) === 1;
  });
}

interface Candidate {
  readonly type: Column;
  readonly id: Column;
  readonly role: boolean;
  readonly indexed: boolean;
}

const candidates = perTable((document: Document, table: Table): readonly Candidate[] =>
  table.columns.flatMap((column): Candidate[] => {
    const stem = /^(.+)_(?:type|kind|class|table|table_name|model)$/.exec(snake(column.name))?.[1];
    if (stem === undefined) return [];
    const facts = typeFacts(document, column.type);
    const names = isTextual(document, column.type) || column.type.kind === 'custom' || facts.name === 'enum';
    if (facts.isArray || !names) return [];
    const role = ROLE.test(stem);
    const named = (names: readonly string[]) =>
      table.columns.find((other) => other !== column && names.includes(snake(other.name)));
    const whole = named([`${stem}_id`, `${stem}_key`, `${stem}_uuid`]);
    // `resource_type, resource`: a name is a key too, where both are looked up together.
    const short = role ? named([stem]) : undefined;
    const id = whole ?? (short !== undefined && indexedTogether(table, column.id, short.id) ? short : undefined);
    return id === undefined ? [] : [{ type: column, id, role, indexed: indexedTogether(table, column.id, id.id) }];
  }),
);

/** The table that a value names: `post`, `Post`, `posts`, `App\Models\BlogPost`. */
function targetOf(document: Document, value: string, id: Column): Id | undefined {
  const last = value.split(/\\|::|\.|\//).at(-1) ?? value;
  const wanted = singular(snake(last));
  const found = Object.values(document.tables).filter((table) => {
    const name = snake(table.name);
    return singular(name) === wanted || name === wanted;
  });
  const [only] = found;
  if (only === undefined || found.length > 1) return undefined;
  const key = only.keys.find(({ kind }) => kind === 'primary');
  const column = key?.columns.length === 1 ? only.columns.find((one) => one.id === key.columns[0]) : undefined;
  if (column === undefined) return undefined;
  const family = (one: Column) => typeFamily(typeFacts(document, one.type));
  // A text id may hold a number; a number holds no text.
  return family(column) === family(id) || family(id) === 'text' ? only.id : undefined;
}

/** Pairs such as `item_type, item_id` without a foreign key. */
export function polymorphicPairs(document: Document, table: Table, uses: Uses): readonly PolymorphicPair[] {
  const found = candidates(document, table);
  if (found.length === 0) return [];
  const outgoing = linksOf(document).byChild.get(table.id) ?? [];
  return found.flatMap(({ type, id, role, indexed }): PolymorphicPair[] => {
    if (outgoing.some((one) => one.childColumns.includes(id.id))) return [];
    const values = knownValues(document, type, uses.of(table).get(type.id) ?? []);
    const targets = values.flatMap(({ value }) => {
      const target = targetOf(document, value, id);
      return target === undefined || target === table.id ? [] : [{ value, table: target }];
    });
    const named = new Set(targets.map((one) => one.table));
    if (!role && !indexed && named.size < 2) return [];
    const exact = values.length >= 2 && named.size === values.length;
    return [
      {
        type,
        id,
        values,
        ...(exact ? { targets } : {}),
        evidence: [
          `${type.name} names a table, ${id.name} holds its key; no foreign key is on ${id.name}`,
          ...(indexed ? [`an index or key holds ${type.name} and ${id.name} together`] : []),
          ...values.slice(0, 8).map(({ value, place }) => {
            const target = targets.find((one) => one.value === value)?.table;
            return `“${value}” by ${place}${target === undefined ? '' : `: table ${document.tables[target]?.name}`}`;
          }),
        ],
      },
    ];
  });
}
