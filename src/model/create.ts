import { MAIN_DIAGRAM } from './layout-types.ts';
import type { Dialect, Document, Id, Schema, Settings, Table } from './types.ts';

export const PUBLIC_SCHEMA: Schema = { id: 'sch_public', name: 'public', implicit: true };

/** The schema that names without one mean. MySQL's and Oracle's is whatever the connection uses, so it has no name of its own. */
export const DEFAULT_SCHEMA: Readonly<Record<Dialect, string>> = {
  postgresql: 'public',
  mysql: 'default',
  mariadb: 'default',
  sqlite: 'main',
  mssql: 'dbo',
  oracle: 'default',
};

/** Whether the schema that names without one mean is whatever the connection uses. */
export function hasNamelessSchema(dialect: Dialect): boolean {
  return DEFAULT_SCHEMA[dialect] === DEFAULT_SCHEMA.oracle;
}

/** The version that a new document of a dialect is for. */
export const DEFAULT_VERSION: Readonly<Record<Dialect, number>> = {
  postgresql: 18,
  mysql: 8,
  mariadb: 11,
  sqlite: 3,
  mssql: 2022,
  oracle: 23,
};

/** A new document: one implicit schema (`public` in PostgreSQL), one empty diagram. */
export function emptyDocument(name = 'Untitled', version?: number, dialect: Dialect = 'postgresql'): Document {
  const settings: Settings = { id: 'settings', name, dialect, version: version ?? DEFAULT_VERSION[dialect] };
  return {
    settings: { settings },
    schemas: { [PUBLIC_SCHEMA.id]: { ...PUBLIC_SCHEMA, name: DEFAULT_SCHEMA[dialect] } },
    types: {},
    sequences: {},
    tables: {},
    relationships: {},
    views: {},
    routines: {},
    triggers: {},
    verbatim: {},
    waivers: {},
    decisions: {},
    queries: {},
    entities: {},
    associations: {},
    hierarchies: {},
    attributes: {},
    diagrams: { [MAIN_DIAGRAM]: { id: MAIN_DIAGRAM, name: 'Main' } },
    placements: {},
    routes: {},
    areas: {},
    notes: {},
    sources: {},
    changes: {},
  };
}

/** A table with nothing in it yet. */
export function emptyTable(id: Id, schema: Id, name: string): Table {
  return {
    id,
    schema,
    name,
    columns: [],
    keys: [],
    exclusions: [],
    checks: [],
    indexes: [],
    policies: [],
    dependencies: [],
  };
}
