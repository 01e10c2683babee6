import { MAIN_DIAGRAM } from './layout-types.ts';
import type { Document, Id, Schema, Settings, Table } from './types.ts';

export const PUBLIC_SCHEMA: Schema = { id: 'sch_public', name: 'public', implicit: true };

/** A new document: one implicit schema `public`, one empty diagram. */
export function emptyDocument(name = 'Untitled', version = 18): Document {
  const settings: Settings = { id: 'settings', name, dialect: 'postgresql', version };
  return {
    settings: { settings },
    schemas: { [PUBLIC_SCHEMA.id]: PUBLIC_SCHEMA },
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
    entities: {},
    associations: {},
    hierarchies: {},
    attributes: {},
    diagrams: { [MAIN_DIAGRAM]: { id: MAIN_DIAGRAM, name: 'Main' } },
    placements: {},
    routes: {},
    areas: {},
    notes: {},
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
