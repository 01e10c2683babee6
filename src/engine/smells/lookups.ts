import type { Column } from '#model/column-types.ts';
import { linksOf } from '#model/derive/links.ts';
import type { Document, Table } from '#model/types.ts';
import { isBookkeeping, snake } from '../rules/words.ts';
import { perTable } from './per-table.ts';
import { type KnownValue, knownValues, linesOfUses, type Uses } from './uses.ts';

/** A table that holds the codes of many kinds, told apart by a column. */
export interface LookupOfAll {
  readonly type: Column;
  readonly code: Column;
  /** Kinds that are known. */
  readonly kinds: readonly KnownValue[];
  readonly evidence: readonly string[];
}

const TABLE =
  /(^|_)(lookups?|lookup_(values?|codes?|items?)|codes?_(values?|table|list)|codes|ref(erence)?_(data|codes?|values?)|(generic|system|common|domain|general)_(codes?|values?|lookups?)|list_of_values|lov|pick_?lists?(_(values?|items?))?|enum(eration)?_values?|dictionary_(items?|values?|entries)|code_?master|misc_codes?)$/;
const TYPE =
  /^((code|lookup|ref|reference|list|domain|enum|dictionary|dict|picklist|value)_?(type|kind|category|group|class|domain|set|name)|type|kind|category|domain|code_set|codeset|group_code|type_code|lookup_type|list_name)$/;
const CODE = /^((code|lookup|ref|reference|list|enum|item|dict)_?(code|value|key|id)|code|value|key|abbreviation|short_name|name)$/;
const LABEL = /(^|_)(name|label|description|descr|desc|text|meaning|title|display|caption|display_name|long_name|value)$/;
/** A table of codes alone: more columns than these belong to one kind of thing. */
const WIDEST = 9;

const candidate = perTable((_: Document, table: Table) => {
  if (table.partitionOf !== undefined || table.columns.length > WIDEST) return undefined;
  const named = TABLE.test(snake(table.name));
  const type = table.columns.find((column) => TYPE.test(snake(column.name)));
  if (type === undefined) return undefined;
  const code = table.columns.find((column) => column !== type && CODE.test(snake(column.name)));
  if (code === undefined) return undefined;
  const label = table.columns.find((column) => column !== type && column !== code && LABEL.test(snake(column.name)));
  const sets = [
    ...table.keys.map(({ columns }) => columns),
    ...table.indexes
      .filter(({ unique, where }) => unique === true && where === undefined)
      .map(({ elements }) => elements.flatMap((one) => one.column ?? [])),
  ];
  const keyed = sets.some((columns) => columns.length === 2 && columns.includes(type.id) && columns.includes(code.id));
  return named || (keyed && label !== undefined) ? { type, code, label, named, keyed } : undefined;
});

/** A table in which all kinds of codes stand; undefined when it is not, or when nothing but a guess says so. */
export function lookupOfAll(document: Document, table: Table, uses: Uses): LookupOfAll | undefined {
  const found = candidate(document, table);
  if (found === undefined) return undefined;
  const { type, code, label, named, keyed } = found;
  const links = linksOf(document);
  const outgoing = (links.byChild.get(table.id) ?? []).filter(({ parent }) => parent !== table.id);
  // A code that belongs to something else is a part of it.
  if (outgoing.some(({ childColumns }) => !childColumns.includes(type.id))) return undefined;
  const used = uses.of(table).get(type.id) ?? [];
  const kinds = knownValues(document, type, used);
  const children = new Set((links.byParent.get(table.id) ?? []).map(({ child }) => child).filter((id) => id !== table.id));
  const columns = table.columns.filter(({ name }) => !isBookkeeping(name));
  // Without a name that says so, several kinds must be told apart somewhere.
  if (!named && kinds.length < 2) return undefined;
  if (named && !keyed && kinds.length < 2 && children.size < 2) return undefined;
  const compared = linesOfUses(used.filter(({ kind }) => kind === 'equals'));
  return {
    type,
    code,
    kinds,
    evidence: [
      `${type.name} says which kind, ${code.name} is the code${label === undefined ? '' : `, ${label.name} what it means`}`,
      ...(keyed ? [`a code is unique within its ${type.name} only`] : []),
      ...(kinds.length === 0
        ? []
        : [
            `${kinds.length} kinds are known: ${kinds
              .slice(0, 8)
              .map(({ value }) => value)
              .join(', ')}`,
          ]),
      ...(children.size === 0 ? [] : [`${children.size} tables refer to it, whatever the kind`]),
      ...(compared.length > 0 ? compared : [`${columns.length} columns: ${columns.map(({ name }) => name).join(', ')}`]),
    ],
  };
}
