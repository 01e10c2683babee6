import { columnsOf } from '#model/derive/columns.ts';
import type { CustomType, Dialect, Document, EnumType, Id, Table } from '#model/types.ts';
import { canonical } from './canonical.ts';
import { type Holdings, holdingsOf, spot } from './holdings.ts';
import { Ledger } from './ledger.ts';
import { moveLinks } from './links.ts';
import { withinLimits } from './mysql-limits.ts';
import { Naming } from './names.ts';
import { loseProcedures, moveSequences, moveViews, type ObjectsWork } from './objects.ts';
import { movePartitions } from './partitions/move.ts';
import type { MoveChoices, MovePlan } from './plan-types.ts';
import { prepared } from './prepare.ts';
import { type MovedSchemas, moveSchemas } from './schemas.ts';
import type { ColumnFate, Fates } from './scope.ts';
import { moveTable } from './tables.ts';
import { touchTriggers } from './touch.ts';

function fatesOf(
  ledger: Ledger,
  naming: Naming,
  source: Document,
  schemas: MovedSchemas,
  holdings: Holdings,
  used: ReadonlySet<Id>,
): Fates {
  const columns = new Map<Id, Map<Id, ColumnFate>>();
  const names = new Map<Id, string>();
  const rename = (one: { readonly id: Id; readonly name: string; readonly schema: Id }) => {
    const name = naming.give('relation', one.name, schemas.of(one.schema), one.id, schemas.prefix(one.schema));
    names.set(one.id, name);
    if (name !== one.name) ledger.renamed.push({ at: { record: one.id }, from: one.name, to: name });
  };
  for (const table of Object.values(source.tables)) {
    rename(table);
    const all = columnsOf(source, table);
    const given = naming.columns({ ...table, columns: all });
    const fates = new Map<Id, ColumnFate>();
    for (const column of all) {
      const holding = holdings.get(spot(table.id, column.id));
      const name = given.get(column.id) ?? column.name;
      if (holding !== undefined) fates.set(column.id, { name, holds: holding.common, was: holding.was });
      if (name !== column.name) ledger.renamed.push({ at: { record: table.id, part: column.id }, from: column.name, to: name });
    }
    columns.set(table.id, fates);
  }
  for (const view of Object.values(source.views)) rename(view);
  for (const sequence of Object.values(source.sequences)) if (!used.has(sequence.id)) rename(sequence);
  return { columns, names };
}

function referencedOf(source: Document): Map<Id, Set<string>> {
  const found = new Map<Id, Set<string>>();
  for (const { parent, parentColumns } of Object.values(source.relationships)) {
    const lists = found.get(parent) ?? new Set();
    lists.add(parentColumns.join());
    found.set(parent, lists);
  }
  return found;
}

/** Types of the source's own that no column of the target needs. */
function ownTypes(ledger: Ledger): void {
  if (ledger.related) return;
  for (const type of Object.values(ledger.source.types)) {
    const at = { record: type.id };
    const object = ledger.object(type);
    if (type.kind === 'enum' || type.kind === 'domain') {
      ledger.tell(
        {
          id: `object:${type.kind}`,
          group: 'object',
          what: `${type.kind} type`,
          from: `CREATE ${type.kind === 'enum' ? 'TYPE ... AS ENUM' : 'DOMAIN'}`,
          to: 'the columns that use it',
          verdict: 'approximate',
          reason: 'Each column says the type itself: a later change is one for each column.',
        },
        at,
      );
      continue;
    }
    ledger.lose(
      {
        id: `object:${type.kind}`,
        group: 'object',
        what: `${type.kind === 'written' ? 'user-defined' : type.kind} type`,
        from: 'CREATE TYPE',
        reason: `${ledger.label} has no such type: columns of it keep their values in another form.`,
      },
      { object, at, ...(type.kind === 'written' ? { sql: type.definition } : {}) },
    );
  }
}

function assembled(ledger: Ledger, source: Document, parts: Partial<Document>): Document {
  const settings = source.settings['settings'] ?? { id: 'settings', name: 'Untitled', dialect: ledger.from, version: 0 };
  const made: Document = {
    ...source,
    ...parts,
    settings: { settings: { ...settings, dialect: ledger.to, version: ledger.version } },
    sources: {},
  };
  const live = new Set<Id>(
    [
      made.schemas,
      made.types,
      made.sequences,
      made.tables,
      made.relationships,
      made.views,
      made.routines,
      made.triggers,
      made.verbatim,
    ].flatMap((records) => Object.keys(records)),
  );
  const gone = new Set<Id>(
    [source.types, source.sequences, source.relationships, source.views, source.routines, source.triggers, source.verbatim].flatMap(
      (records) => Object.keys(records).filter((id) => !live.has(id)),
    ),
  );
  const here = <T>(records: Readonly<Record<Id, T>>, of: (one: T) => Id) =>
    Object.fromEntries(Object.entries(records).filter(([, one]) => !gone.has(of(one))));
  return {
    ...made,
    placements: here(made.placements, (one) => one.object),
    routes: here(made.routes, (one) => one.relationship),
    waivers: here(made.waivers, (one) => one.at.record),
    decisions: Object.fromEntries(
      Object.entries(made.decisions).map(([id, one]) => [
        id,
        one.about === undefined ? one : { ...one, about: one.about.filter((about) => !gone.has(about)) },
      ]),
    ),
    relationships: Object.fromEntries(
      Object.entries(made.relationships).map(([id, one]) => [
        id,
        one.realisedBy === undefined ? one : { ...one, realisedBy: one.realisedBy.filter((by) => !gone.has(by)) },
      ]),
    ),
    associations: Object.fromEntries(
      Object.entries(made.associations).map(([id, one]) => [
        id,
        one.realisedBy === undefined ? one : { ...one, realisedBy: one.realisedBy.filter((by) => !gone.has(by)) },
      ]),
    ),
  };
}

function untouched(document: Document, ledger: Ledger): MovePlan {
  const settings = document.settings['settings'];
  const same = settings === undefined || settings.version === ledger.version;
  const moved: Document =
    same || settings === undefined ? document : { ...document, settings: { settings: { ...settings, version: ledger.version } } };
  return {
    document: moved,
    source: document,
    from: ledger.from,
    to: ledger.to,
    version: ledger.version,
    mappings: [],
    losses: [],
    renamed: [],
  };
}

function movedTables(
  ledger: Ledger,
  naming: Naming,
  source: Document,
  schemas: MovedSchemas,
  holdings: Holdings,
  fates: Fates,
): { tables: Record<Id, Table>; types: Record<Id, CustomType> } {
  const tables: Record<Id, Table> = {};
  const enums: EnumType[] = [];
  const work = { ledger, naming, fates, holdings, referenced: referencedOf(source), schemaOf: (schema: Id) => schemas.of(schema) };
  for (const table of Object.values(source.tables)) {
    const made = moveTable(work, table);
    tables[table.id] = canonical(ledger, withinLimits(ledger, made.table));
    enums.push(...made.enums);
  }
  const types: Record<Id, CustomType> = Object.fromEntries(enums.map((one) => [one.id, one]));
  return { tables, types };
}

/**
 * What a document becomes in another dialect: its records in the target's types, names and expressions under the ids they
 * had, a row for each type and feature that it uses, and everything that the target does not get. Pure: the same document,
 * target and choices give the same plan. To its own dialect a document moves as it is.
 * @param version major version of the target. @param choices forms chosen by the ids of mappings; others are the default.
 */
export function planMove(document: Document, to: Dialect, version: number, choices: MoveChoices = {}): MovePlan {
  const ledger = new Ledger(document, to, version, choices);
  if (ledger.from === to) return untouched(document, ledger);
  const source = prepared(ledger);
  const naming = new Naming(ledger);
  const schemas = moveSchemas(ledger, naming);
  const holdings = holdingsOf(ledger, source);
  const used = new Set([...holdings.values()].flatMap(({ sequence }) => sequence ?? []));
  const fates = fatesOf(ledger, naming, source, schemas, holdings, used);
  const { tables, types } = movedTables(ledger, naming, source, schemas, holdings, fates);
  ownTypes(ledger);
  const relationships = moveLinks({ ledger, naming, fates, source, tables });
  const objects: ObjectsWork = {
    ledger,
    naming,
    fates,
    source,
    schemaOf: (schema) => schemas.of(schema),
    schemaName: (schema) => {
      const found = schemas.schemas[schemas.of(schema)];
      return found === undefined || found.implicit === true ? undefined : found.name;
    },
  };
  const views = moveViews(objects);
  const sequences = moveSequences(objects, used);
  const kept = loseProcedures(objects);
  const partitioned = movePartitions({ ledger, naming, fates, tables, relationships });
  const touched = touchTriggers(objects, tables);
  const moved = assembled(ledger, source, {
    schemas: schemas.schemas,
    types: ledger.related ? { ...source.types, ...types } : types,
    sequences,
    tables: partitioned,
    relationships,
    views,
    routines: { ...kept.routines, ...touched.routines },
    triggers: { ...kept.triggers, ...touched.triggers },
    verbatim: kept.verbatim,
  });
  return {
    document: moved,
    source: document,
    from: ledger.from,
    to,
    version,
    mappings: ledger.mappings(),
    losses: ledger.losses,
    renamed: ledger.renamed,
  };
}
