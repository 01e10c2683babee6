import type { ChangeStep } from '#model/change-types.ts';
import { freeName } from '#model/commands/lookup.ts';
import type { Document, Id, Relationship, Table } from '#model/types.ts';
import type { Carried, RowCarrier } from '../../../decompose/types.ts';
import { guards, keptWhere, nothingHomeless, sameBags } from '../../base/decomposition/guards.ts';
import { type KitCarrier, kitCarrier } from '../../base/decomposition/kit-words.ts';
import { type LinkChanges, linkChanges } from '../../base/decomposition/links.ts';
import { rejoining, type Shape, type Shaped, shapeOf } from '../../base/decomposition/shape.ts';
import { missingIn, step, warned } from '../../base/decomposition/steps.ts';
import { listOf } from '../../base/decomposition/words.ts';
import { statementsOf } from '../../base/decomposition/written.ts';
import { lexSql, type Token, tokenName } from '../../base/lex.ts';
import { ident } from '../quote.ts';
import { SQLITE_KIT } from '../write/kit.ts';

/** SQLite has no way to fail but a constraint: its name is the message. */
function refuseIf(query: string, message: string, hint: string): string {
  const said = ident(`${message} ${hint}`.replaceAll(/\s+/g, ' '));
  return [
    `CREATE TEMP TABLE crowfoot_refusal (found INTEGER CONSTRAINT ${said} CHECK (found IS NULL));`,
    `INSERT INTO temp.crowfoot_refusal SELECT 1 WHERE EXISTS (\n  ${query.replaceAll('\n', '\n  ')});`,
    'DROP TABLE temp.crowfoot_refusal;',
  ].join('\n');
}

const SQLITE = kitCarrier(SQLITE_KIT, 3, {
  as: ' AS ',
  same: (left, right) => `${left} IS ${right}`,
  // As a literal a value shows its storage class, and collations do not matter.
  exact: (_column, sql) => `quote(${sql})`,
  rowText: (columns, before) => columns.map(({ name }) => `quote(${before}${ident(name)})`).join(" || ', ' || "),
  refuseIf,
});

/** A table that is rebuilt: its rows come from a query. */
interface Rebuilt {
  /** In which it is as it should be. */
  readonly document: Document;
  readonly table: Table;
  /** Columns that take values. */
  readonly columns: string;
  /** FROM and what follows it; the columns are those above. */
  readonly source: string;
  readonly distinct: boolean;
  /** Statements between the new table's coming and its indexes'. */
  readonly between: readonly string[];
}

function storedColumns(table: Table): string {
  return listOf(
    { ident },
    table.columns.filter(({ generated }) => generated === undefined),
  );
}

/**
 * A check without its own table's name before columns: it would know the table by that name only while it is made under
 * another one, and the rename at the end leaves checks as they are (PRAGMA legacy_alter_table, which keeps views and triggers
 * that name the table). A check sees no other table, so every name before a dot can go. Generated columns may have none
 * (Generated Columns, "2.3 Limitations"), and indexes come after the rename.
 */
function unqualified(check: string): string {
  const { tokens } = lexSql(check, 'sqlite');
  const isDot = (token: Token | undefined) => token?.word === '.';
  let said = '';
  let at = 0;
  for (const [i, token] of tokens.entries()) {
    if (isDot(token) || isDot(tokens[i - 1])) continue;
    let last = i;
    while (isDot(tokens[last + 1]) && tokens[last + 2] !== undefined) last += 2;
    const column = tokens[last];
    if (last === i || column === undefined) continue;
    said += check.slice(at, token.start) + ident(tokenName(column, 'sqlite'));
    at = column.end;
  }
  return said + check.slice(at);
}

/** Steps 4 to 8 of "Making Other Kinds Of Table Schema Changes": the new table, its rows, its name, its indexes and triggers. */
function rebuild({ kit, write }: KitCarrier, { document, table, columns, source, distinct, between }: Rebuilt): string {
  const taken = new Set(
    [...Object.values(document.tables), ...Object.values(document.views)].map(({ name }) => name.toLowerCase()),
  );
  const name = freeName(`new_${table.name}`, (one) => taken.has(one.toLowerCase()));
  const id: Id = `${table.id}:new`;
  // A reference to the table itself keeps its name: the new table takes it.
  const links = Object.values(document.relationships)
    .filter(({ child }) => child === table.id)
    .map((link): [Id, Relationship] => [link.id, { ...link, child: id }]);
  const checks = table.checks.map((check) => ({ ...check, expression: unqualified(check.expression) }));
  const stand: Document = {
    ...document,
    tables: { ...document.tables, [id]: { ...table, id, name, checks } },
    relationships: Object.fromEntries(links),
  };
  const made = statementsOf(stand, [id], write).filter(({ what }) => what === 'create');
  const rest = statementsOf(document, [table.id], write).filter(
    ({ what, collection }) => what === 'index' || collection === 'triggers',
  );
  const own = kit.ident(table.name, 3);
  return [
    ...made.map(({ sql }) => sql),
    `INSERT INTO ${ident(name)} (${columns})\nSELECT ${distinct ? 'DISTINCT ' : ''}${columns}\nFROM ${source};`,
    `DROP TABLE ${own};`,
    `ALTER TABLE ${ident(name)} RENAME TO ${own};`,
    ...between,
    ...rest.map(({ sql }) => sql),
  ].join('\n');
}

/** Other tables whose foreign keys change: a constraint of theirs is part of their definition. */
function rebuildOthers(document: Document, changed: readonly Relationship[], except: Id): string[] {
  const children = new Set(changed.map(({ child }) => child).filter((id) => id !== except));
  return [...children].map((id) => {
    const table = document.tables[id] as Table;
    const columns = storedColumns(table);
    return rebuild(SQLITE, { document, table, columns, source: ident(table.name), distinct: false, between: [] });
  });
}

function fill(shape: Shape, part: Shaped, now: Table): string {
  const columns = part.columns.filter(({ name }) => now.columns.find((one) => one.name === name)?.generated === undefined);
  const kept = keptWhere(SQLITE.words, part);
  const list = listOf({ ident }, columns);
  return `INSERT INTO ${part.name} (${list})\nSELECT DISTINCT ${list}\nFROM ${shape.table}${kept === '' ? '' : `\nWHERE ${kept}`};`;
}

/** Step 10: rows without the row that they refer to. */
function checked(tables: readonly string[]): string[] {
  return [...new Set(tables)].map((table) => {
    const asked = `'${table.replaceAll("'", "''")}'`;
    return refuseIf(
      `SELECT 1 FROM pragma_foreign_key_check(${asked})`,
      `Rows of ${table} refer to rows that are not there.`,
      `Look at PRAGMA foreign_key_check(${asked}).`,
    );
  });
}

function namesOf(document: Document, ids: readonly Id[]): string[] {
  return ids.flatMap((id) => document.tables[id]?.name ?? []);
}

const CHECKED = 'Looks for rows whose reference leads nowhere.';

function forward(carried: Carried, shape: Shape, { old, fresh }: LinkChanges, broken: readonly string[]): ChangeStep[] {
  const { after, table } = carried;
  const now = after.tables[table.id] as Table;
  const ids = shape.fresh.map(({ id }) => id);
  const free = missingIn(table.indexes, now.indexes).flatMap(({ name }) =>
    name === undefined ? [] : `DROP INDEX ${ident(name)};`,
  );
  const changed = [...old, ...fresh];
  const rest = rebuild(SQLITE, {
    document: after,
    table: now,
    columns: storedColumns(now),
    source: shape.table,
    distinct: shape.repeats,
    between: [],
  });
  return [
    ...step('guard', 'Stops when rows contradict the dependencies: nothing has been changed by then.', guards(shape, SQLITE.words)),
    ...step('expand', 'Lets go of the names of indexes that the new tables take over.', free),
    ...step(
      'expand',
      'Makes the new tables.',
      statementsOf(after, ids, SQLITE.write).map(({ sql }) => sql),
    ),
    ...step(
      'fill',
      'Copies each fact once.',
      shape.fresh.toReversed().map((part) => fill(shape, part, after.tables[part.id] as Table)),
    ),
    ...step('verify', 'Proves that the tables give back the old rows, each as often as it was there.', [
      sameBags(shape, table.name, SQLITE.words),
    ]),
    ...step(
      'contract',
      `Rebuilds ${table.name} without what the new tables hold, as no statement changes its constraints.${warned(broken)}`,
      [rest, ...rebuildOthers(after, changed, table.id)],
    ),
    ...step('validate', CHECKED, checked(namesOf(after, [table.id, ...ids, ...changed.map(({ child }) => child)]))),
  ];
}

function back(carried: Carried, shape: Shape, { old, fresh }: LinkChanges): ChangeStep[] {
  const { before, table } = carried;
  const changed = [...old, ...fresh];
  const again = rebuild(SQLITE, {
    document: before,
    table,
    columns: storedColumns(table),
    source: `(${rejoining(shape, SQLITE.words).query})`,
    distinct: false,
    between: shape.fresh.map(({ name }) => `DROP TABLE ${name};`),
  });
  return [
    ...step(
      'guard',
      `Stops when a new table has rows that no row of ${table.name} can hold.`,
      nothingHomeless(shape, table.name, SQLITE.words),
    ),
    ...step('contract', `Rebuilds ${table.name} with the columns and their facts, and takes the other tables away.`, [
      again,
      ...rebuildOthers(before, changed, table.id),
    ]),
    ...step('validate', CHECKED, checked(namesOf(before, [table.id, ...changed.map(({ child }) => child)]))),
  ];
}

/** The SQL of a decomposition for SQLite: in one transaction, with foreign keys switched off around it. */
export const sqliteRows: RowCarrier = (carried, broken) => {
  const shape = shapeOf(carried, SQLITE.words);
  const links = linkChanges(carried.before, carried.after);
  return {
    forward: forward(carried, shape, links, broken),
    back: back(carried, shape, links),
    rejoining: rejoining(shape, SQLITE.words),
  };
};
