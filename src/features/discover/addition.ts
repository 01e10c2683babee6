import type { Survey, SurveyedTable } from '#engine/discover/survey.ts';
import type { IdSource } from '#lib/ids.ts';
import { recordIn } from '#model/collections.ts';
import type { ColumnType } from '#model/column-types.ts';
import type { CommandCall } from '#model/commands/registry.ts';
import { columnOf, columnsOf } from '#model/derive/columns.ts';
import type { Key } from '#model/table-parts.ts';
import type { Dependency, Document, Id, Table } from '#model/types.ts';
import { acceptedRight, type Choices, dependencyKey, keyOf, type TableChoice } from './choice.ts';
import { matchColumns } from './match.ts';
import { discoveredIn, sourceOf } from './provenance.ts';
import { referencesByName } from './references.ts';

/** What accepting adds to a document. */
export interface Addition {
  readonly calls: readonly CommandCall[];
  /** New tables. */
  readonly made: readonly Id[];
  /** The table of each file, new or not; undefined for one that was only looked at. */
  readonly tables: readonly (Id | undefined)[];
  /** For each file, the column that each of its columns goes to; undefined where the table has none. */
  readonly columns: readonly (readonly (Id | undefined)[])[];
  readonly dependencies: number;
  readonly keys: number;
  readonly foreignKeys: number;
}

/** The table of one file on its way into the document. */
interface Home {
  readonly id: Id;
  readonly table: SurveyedTable;
  readonly choice: TableChoice;
  /** Absent when it is made. */
  readonly existing?: Table;
  /** The column of each column of the data; undefined where the table has none. */
  readonly columns: readonly (Id | undefined)[];
}

function homeOf(document: Document, table: SurveyedTable, choice: TableChoice, ids: IdSource): Home {
  const existing = choice.target === undefined ? undefined : recordIn(document, 'tables', choice.target);
  if (existing !== undefined) {
    const names = table.profiles.map((profile) => profile.name);
    return { id: existing.id, table, choice, existing, columns: matchColumns(document, existing, names) };
  }
  const columns = table.profiles.map((_, at) => ids.next('col', choice.columns[at] ?? 'column'));
  return { id: ids.next('tbl', choice.name), table, choice, columns };
}

/** The columns, when the table has all of them. */
function all(home: Home, places: readonly number[]): readonly Id[] | undefined {
  const found = places.map((place) => home.columns[place]);
  return found.every((id) => id !== undefined) ? found : undefined;
}

function same(one: readonly Id[], other: readonly Id[]): boolean {
  return one.length === other.length && one.every((id) => other.includes(id));
}

/** Whether a table says of itself that no two rows are equal on the columns. */
export function hasKey(table: Table, columns: readonly Id[]): boolean {
  return table.keys.some((key) => same(key.columns, columns));
}

/** Whether a table declares the dependency already, or one that says it too. */
export function hasDependency(table: Table, left: readonly Id[], right: readonly Id[]): boolean {
  return table.dependencies.some(
    (one) => one.multivalued !== true && same(one.determinant, left) && right.every((id) => one.dependent.includes(id)),
  );
}

/** The accepted dependencies of a file that its table can hold and does not have. */
function dependenciesOf(home: Home, ids: IdSource, date: string): Dependency[] {
  const { table, choice, existing } = home;
  const source = { source: sourceOf(table), rows: table.rows };
  const accepted = [
    ...table.dependencies.map(({ left, right }) => ({ left, right, source })),
    ...table.near.map(({ left, right, violating }) => ({ left, right: [right], source: { ...source, violating } })),
  ].filter(({ left, right }) => choice.decisions.get(dependencyKey(left, right)) === 'accepted');
  return accepted.flatMap(({ left, right, source: from }) => {
    const determinant = all(home, left);
    // What is determined holds for each column alone: those the table does not have are left out.
    const dependent = acceptedRight(choice, left, right).flatMap((place) => home.columns[place] ?? []);
    if (determinant === undefined || dependent.length === 0) return [];
    if (existing !== undefined && hasDependency(existing, determinant, dependent)) return [];
    return [{ id: ids.next('dep', 'discovered'), determinant, dependent, ...discoveredIn(from, date) }];
  });
}

function keysOf(home: Home, ids: IdSource): Key[] {
  const { table, choice, existing } = home;
  return table.keys.flatMap(({ columns: places }): Key[] => {
    const name = keyOf(places);
    const columns = all(home, places);
    const primary = existing === undefined && choice.primary === name;
    if (columns === undefined || columns.length === 0) return [];
    if (!primary && choice.decisions.get(name) !== 'accepted') return [];
    if (existing !== undefined && hasKey(existing, columns)) return [];
    return [{ id: ids.next('key', primary ? 'primary' : 'unique'), kind: primary ? 'primary' : 'unique', columns }];
  });
}

interface Link {
  readonly child: Home;
  readonly parent: Home;
  readonly childColumns: readonly Id[];
  readonly parentColumns: readonly Id[];
  readonly childPlaces: readonly number[];
}

function linksOf(survey: Survey, choices: Choices, homes: readonly (Home | undefined)[]): Link[] {
  return survey.foreignKeys.flatMap(({ inclusion }, at): Link[] => {
    if (choices.foreignKeys.get(at) !== 'accepted') return [];
    const child = homes[inclusion.child];
    const parent = homes[inclusion.parent];
    if (child === undefined || parent === undefined) return [];
    const childColumns = all(child, inclusion.childColumns);
    const parentColumns = all(parent, inclusion.parentColumns);
    if (childColumns === undefined || parentColumns === undefined) return [];
    return [{ child, parent, childColumns, parentColumns, childPlaces: inclusion.childColumns }];
  });
}

interface Reference {
  readonly child: Home;
  readonly parent: Table;
  readonly childColumns: readonly Id[];
  readonly parentColumns: readonly Id[];
  readonly childPlaces: readonly number[];
}

/** Accepted references to tables whose rows are not known. */
function acceptedReferences(
  document: Document,
  survey: Survey,
  choices: Choices,
  homes: readonly (Home | undefined)[],
): Reference[] {
  if (choices.references === undefined || choices.references.size === 0) return [];
  return referencesByName(document, survey, choices).flatMap((one): Reference[] => {
    if (choices.references?.get(one.key) !== 'accepted') return [];
    const child = homes[one.child];
    const parent = recordIn(document, 'tables', one.parent);
    const childColumns = child === undefined ? undefined : all(child, one.childColumns);
    if (child === undefined || parent === undefined || childColumns === undefined) return [];
    return [{ child, parent, childColumns, parentColumns: one.parentColumns, childPlaces: one.childColumns }];
  });
}

/** The type of a column of a home: the document's for a table that is there, the proposed one else. */
function typeOf(document: Document, home: Home, id: Id): ColumnType | undefined {
  if (home.existing !== undefined) return columnOf(document, home.existing, id)?.type;
  const place = home.columns.indexOf(id);
  return home.choice.edits?.get(place)?.type ?? home.table.proposal.columns[place]?.type;
}

interface Parts {
  readonly dependencies: readonly Dependency[];
  readonly keys: readonly Key[];
}

/** What the columns of a home refer to. */
interface Outgoing {
  readonly links: readonly Link[];
  readonly references: readonly Reference[];
}

/** What refers to a column has its type, whatever its own values would do with. */
function referredType(document: Document, home: Home, at: number, { links, references }: Outgoing): ColumnType | undefined {
  const link = links.find((one) => one.child === home && one.parent !== home && one.childPlaces.includes(at));
  const id = link?.parentColumns[link.childPlaces.indexOf(at)];
  if (link !== undefined && id !== undefined) return typeOf(document, link.parent, id);
  const reference = references.find((one) => one.child === home && one.childPlaces.includes(at));
  const column = reference?.parentColumns[reference.childPlaces.indexOf(at)];
  return reference === undefined || column === undefined ? undefined : columnOf(document, reference.parent, column)?.type;
}

function tableCalls(document: Document, home: Home, parts: Parts, outgoing: Outgoing): CommandCall[] {
  if (home.existing !== undefined) {
    const table = home.existing.id;
    return [
      ...parts.keys.map((part): CommandCall => ({ name: 'addKey', args: { table, part } })),
      ...parts.dependencies.map((part): CommandCall => ({ name: 'addDependency', args: { table, part } })),
    ];
  }
  const primary = parts.keys.find((key) => key.kind === 'primary')?.columns ?? [];
  const columns = home.table.proposal.columns.map((column, at) => {
    const id = home.columns[at] as Id;
    const referred = referredType(document, home, at, outgoing);
    const { type = referred ?? column.type, nullable = column.nullable } = home.choice.edits?.get(at) ?? {};
    return { id, name: home.choice.columns[at] ?? column.name, type, nullable: nullable && !primary.includes(id) };
  });
  const table = { id: home.id, name: home.choice.name, columns, keys: parts.keys, dependencies: parts.dependencies };
  return [{ name: 'addTable', args: { table } }];
}

/** A foreign key needs a key to refer to: where the parent says none of these columns, it becomes unique. */
function withReferenced(home: Home, keys: readonly Key[], links: readonly Link[], ids: IdSource): readonly Key[] {
  const wanted = links.filter((link) => link.parent === home).map((link) => link.parentColumns);
  const missing = wanted.filter(
    (columns, at) =>
      !keys.some((key) => same(key.columns, columns)) &&
      !(home.existing !== undefined && hasKey(home.existing, columns)) &&
      wanted.findIndex((one) => same(one, columns)) === at,
  );
  return [...keys, ...missing.map((columns): Key => ({ id: ids.next('key', 'unique'), kind: 'unique', columns }))];
}

/**
 * Turns what was accepted into commands: new tables with their keys and dependencies, or parts of tables that are there.
 * @param date ISO date of the acceptance, kept with the dependencies
 */
export function additionOf(document: Document, survey: Survey, choices: Choices, ids: IdSource, date: string): Addition {
  const homes = survey.tables.map((table, at) => {
    const choice = choices.tables[at];
    return choice === undefined || choice.left === true ? undefined : homeOf(document, table, choice, ids);
  });
  const there = homes.filter((home) => home !== undefined);
  const links = linksOf(survey, choices, homes);
  const references = acceptedReferences(document, survey, choices, homes);
  const calls: CommandCall[] = [];
  const count = { dependencies: 0, keys: 0 };
  for (const home of there) {
    const dependencies = dependenciesOf(home, ids, date);
    const keys = withReferenced(home, keysOf(home, ids), links, ids);
    count.dependencies += dependencies.length;
    count.keys += keys.length;
    calls.push(...tableCalls(document, home, { dependencies, keys }, { links, references }));
  }
  for (const { child, parent, childColumns, parentColumns } of [...links, ...references]) {
    const relationship = { id: ids.next('rel', 'discovered'), child: child.id, parent: parent.id, childColumns, parentColumns };
    calls.push({ name: 'addRelationship', args: { relationship } });
  }
  return {
    calls,
    made: there.filter((home) => home.existing === undefined).map((home) => home.id),
    tables: homes.map((home) => home?.id),
    columns: homes.map((home) => home?.columns ?? []),
    ...count,
    foreignKeys: links.length + references.length,
  };
}

/** Why a new table cannot be made so; undefined when it can. */
export function nameTrouble(names: readonly string[]): string | undefined {
  if (names.some((name) => name.trim() === '')) return 'A column has no name.';
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  return twice === undefined ? undefined : `Two columns are called ${twice}.`;
}

/** Columns of the data that a table does not have. */
export function unmapped(document: Document, table: SurveyedTable, target: Table): readonly string[] {
  const names = table.profiles.map((profile) => profile.name);
  const found = matchColumns(document, target, names);
  return names.filter((_, at) => found[at] === undefined);
}

/** Columns of a table that the data says nothing of. */
export function unseen(document: Document, table: SurveyedTable, target: Table): readonly string[] {
  const found = new Set(
    matchColumns(
      document,
      target,
      table.profiles.map((profile) => profile.name),
    ),
  );
  return columnsOf(document, target)
    .filter((column) => !found.has(column.id))
    .map((column) => column.name);
}
