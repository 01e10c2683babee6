import { nameScore } from '#engine/discover/foreign-keys.ts';
import type { ValueKind } from '#engine/discover/profile/kind.ts';
import type { Survey } from '#engine/discover/survey.ts';
import { recordIn } from '#model/collections.ts';
import type { ColumnType } from '#model/column-types.ts';
import { columnOf } from '#model/derive/columns.ts';
import type { Document, Id, Table } from '#model/types.ts';
import type { Choices } from './choice.ts';
import { matchColumns } from './match.ts';

/** Columns of a file that are named like the key of a table that is there and whose rows nobody gave. */
export interface NamedReference {
  readonly key: string;
  /** The file, and its columns in the order of the key's. */
  readonly child: number;
  readonly childColumns: readonly number[];
  readonly parent: Id;
  readonly parentColumns: readonly Id[];
  /** From 0 to 1: how much the names say. */
  readonly score: number;
}

type Family = 'number' | 'text' | 'date' | 'other';

/** What kind of values a type holds, as far as its name says it in any dialect. */
function familyOf(type: ColumnType): Family | undefined {
  if (type.kind === 'custom' || type.dims !== undefined) return undefined;
  const name = type.name.toLowerCase();
  if (/interval|range/.test(name)) return 'other';
  if (/int|serial|numeric|decimal|number|real|double|float|money/.test(name)) return 'number';
  if (/char|text|clob|string/.test(name)) return 'text';
  if (/date|time/.test(name)) return 'date';
  return /uuid|uniqueidentifier|raw|bin|bytea|json|bool|bit/.test(name) ? 'other' : undefined;
}

const FAMILIES: Readonly<Record<ValueKind, Family>> = {
  boolean: 'other',
  integer: 'number',
  decimal: 'number',
  float: 'number',
  date: 'date',
  time: 'date',
  timestamp: 'date',
  timestamptz: 'date',
  uuid: 'other',
  json: 'other',
  text: 'text',
};

/** Codes of digits look like numbers and are kept as text. */
function fits(kind: ValueKind | undefined, type: ColumnType): boolean {
  const family = familyOf(type);
  return kind === undefined || family === undefined || family === 'text' || family === FAMILIES[kind];
}

/** Names that say less are those of any two columns. */
const LEAST = 0.85;
const MOST = 200;

interface Child {
  readonly at: number;
  readonly survey: Survey;
  /** The columns in the table that the file goes to. */
  readonly own: readonly (Id | undefined)[];
  readonly target: Table | undefined;
}

function referencesTo(document: Document, parent: Table, { at, survey, own, target }: Child): NamedReference[] {
  const profiles = survey.tables[at]?.profiles ?? [];
  return parent.keys.flatMap((key): NamedReference[] => {
    const found = key.columns.map((id) => {
      const column = columnOf(document, parent, id);
      if (column === undefined) return undefined;
      const scored = profiles.map((profile, place) => ({
        place,
        score: fits(profile.kind, column.type) ? nameScore(profile.name, column.name, parent.name) : 0,
      }));
      return scored.sort((a, b) => b.score - a.score)[0];
    });
    if (!found.every((one) => one !== undefined && one.score >= LEAST)) return [];
    const childColumns = found.flatMap((one) => one?.place ?? []);
    if (new Set(childColumns).size < childColumns.length) return [];
    const ids = childColumns.map((place) => own[place]);
    // A column is no reference to itself, nor one that is there already.
    if (target?.id === parent.id && ids.some((id, i) => id === key.columns[i])) return [];
    const there = Object.values(document.relationships).some(
      (one) => one.child === target?.id && one.parent === parent.id && one.childColumns.every((id) => ids.includes(id)),
    );
    if (there) return [];
    const score = Math.min(...found.map((one) => one?.score ?? 0));
    return [
      {
        key: `${at}:${childColumns.join()}>${parent.id}:${key.columns.join()}`,
        child: at,
        childColumns,
        parent: parent.id,
        parentColumns: key.columns,
        score,
      },
    ];
  });
}

/**
 * References of files to tables of the document by name and type alone, for tables whose rows are not among the files: where
 * they are, the values decide. The surest first.
 */
export function referencesByName(document: Document, survey: Survey, choices: Choices): readonly NamedReference[] {
  const known = new Set(choices.tables.flatMap(({ target }) => target ?? []));
  const parents = Object.values(document.tables).filter((table) => table.partitionOf === undefined && !known.has(table.id));
  return survey.tables
    .flatMap(({ profiles }, at) => {
      const choice = choices.tables[at];
      if (choice?.left === true) return [];
      const target = choice?.target === undefined ? undefined : recordIn(document, 'tables', choice.target);
      const names = profiles.map((profile) => profile.name);
      const own = target === undefined ? names.map(() => undefined) : matchColumns(document, target, names);
      return parents.flatMap((parent) => referencesTo(document, parent, { at, survey, own, target }));
    })
    .sort((a, b) => b.score - a.score)
    .slice(0, MOST);
}
