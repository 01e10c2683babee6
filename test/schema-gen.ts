import type { Column } from '#model/column-types.ts';
import { emptyDocument, emptyTable } from '#model/create.ts';
import type { Document, Relationship, Schema, Table } from '#model/types.ts';
import { seeded } from './generated-document.ts';

/**
 * The schemas that the canvas and its layouts are measured on: about 1.5 foreign keys a table, most of them within one of
 * the subject areas (their number grows with the root of the tables), and preferred attachment, so that hubs arise; the
 * first table is the largest hub (119 foreign keys at 1,000 tables, 572 at 5,000). The same size and seed give the same schema.
 */
export interface GeneratedTables {
  readonly tables: readonly GeneratedTable[];
  readonly references: readonly Reference[];
  readonly areas: number;
}

interface GeneratedTable {
  readonly name: string;
  readonly area: number;
  readonly columns: readonly GeneratedColumn[];
}

interface GeneratedColumn {
  readonly name: string;
  readonly type: string;
  readonly nullable: boolean;
}

/** A foreign key: numbers of the tables and of the child's column; parents are meant by their first column. */
interface Reference {
  readonly child: number;
  readonly column: number;
  readonly parent: number;
}

const NOUNS = (
  'account order invoice payment customer product shipment ticket session event device sensor contract employee team ' +
  'project task comment asset ledger entry policy claim patient visit course lesson campaign lead vendor bin batch route ' +
  'stop fare region store'
).split(' ');

const COLUMNS: readonly (readonly [string, string])[] = [
  ['name', 'varchar(120)'],
  ['status', 'varchar(30)'],
  ['amount', 'numeric(12,2)'],
  ['created_at', 'timestamp'],
  ['updated_at', 'timestamp'],
  ['quantity', 'integer'],
  ['is_active', 'boolean'],
  ['notes', 'text'],
  ['code', 'varchar(32)'],
  ['started_on', 'date'],
  ['score', 'integer'],
  ['description', 'text'],
  ['email', 'varchar(200)'],
  ['total', 'numeric(14,4)'],
  ['priority', 'smallint'],
  ['external_ref', 'varchar(64)'],
  ['ended_on', 'date'],
  ['version', 'integer'],
];

/** How many foreign keys the next table has. */
function linksOf(random: () => number): number {
  if (random() < 0.08) return 0;
  if (random() < 0.42) return 1;
  return random() < 0.74 ? 2 : 3;
}

export function generateTables(count: number, seed = 42): GeneratedTables {
  const random = seeded(seed + count);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const areas = Math.max(2, Math.round(Math.sqrt(count) / 1.5));
  const tables: GeneratedTable[] = [];
  const references: Reference[] = [];
  // A table lies in a bag once for being there and once for every foreign key to it: that is the preference.
  const everywhere: number[] = [];
  const within: number[][] = Array.from({ length: areas }, () => []);
  for (let at = 0; at < count; at++) {
    const area = at < areas ? at : Math.floor(random() * areas);
    const name = `${NOUNS[at % NOUNS.length]}_${String(at).padStart(4, '0')}`;
    const columns: GeneratedColumn[] = [{ name: 'id', type: 'bigint', nullable: false }];
    const near = within[area] as number[];
    const parents = new Set<number>();
    for (let left = at === 0 ? 0 : linksOf(random); left > 0; left--) {
      const bag = random() < 0.85 && near.length > 0 ? near : everywhere;
      let parent = random() < 0.06 ? 0 : pick(bag);
      if (random() < 0.02) parent = at;
      if (parents.has(parent)) continue;
      parents.add(parent);
      const self = parent === at;
      const target = self ? 'parent' : (tables[parent] as GeneratedTable).name;
      const nullable = random() < 0.3 || self;
      references.push({ child: at, column: columns.length, parent });
      columns.push({ name: `${target}_id`, type: 'bigint', nullable });
      everywhere.push(parent);
      within[self ? area : (tables[parent] as GeneratedTable).area]?.push(parent);
    }
    const width = 5 + Math.floor(random() * 11);
    for (let next = Math.floor(random() * COLUMNS.length); columns.length < width; next++) {
      const [column, type] = COLUMNS[next % COLUMNS.length] as readonly [string, string];
      columns.push({ name: column, type, nullable: random() < 0.5 });
    }
    tables.push({ name, area, columns });
    everywhere.push(at);
    near.push(at);
  }
  return { tables, references, areas };
}

/** The schema as PostgreSQL's DDL, tables in an order that runs. */
export function schemaDdl({ tables, references }: GeneratedTables): string {
  const statements = tables.map((table, at) => {
    const lines = table.columns.map(({ name, type, nullable }) => `  ${name} ${type}${nullable ? '' : ' NOT NULL'}`);
    lines.push(`  CONSTRAINT ${table.name}_pkey PRIMARY KEY (id)`);
    for (const { child, column, parent } of references) {
      if (child !== at) continue;
      const own = table.columns[column]?.name;
      lines.push(`  CONSTRAINT ${table.name}_${column}_fkey FOREIGN KEY (${own}) REFERENCES ${tables[parent]?.name} (id)`);
    }
    return `CREATE TABLE ${table.name} (\n${lines.join(',\n')}\n);\n`;
  });
  return statements.join('\n');
}

/** The schema as a document without placements. @param schemas each subject area a schema of its own. */
export function schemaDocument(generated: GeneratedTables, { schemas = false } = {}): Document {
  const records: Record<string, Schema> = {};
  const home = (area: number) => (schemas ? `sch_${area}` : 'sch_0');
  for (let area = 0; area < (schemas ? generated.areas : 1); area++) {
    records[`sch_${area}`] = { id: `sch_${area}`, name: schemas ? `area_${area}` : 'public' };
  }
  const tables: Record<string, Table> = {};
  for (const [at, { name, area, columns }] of generated.tables.entries()) {
    const id = `tbl_${at}`;
    tables[id] = {
      ...emptyTable(id, home(area), name),
      columns: columns.map(
        ({ name: column, type, nullable }, place): Column => ({
          id: `${id}_c${place}`,
          name: column,
          type: { kind: 'builtin', name: type },
          nullable,
        }),
      ),
      keys: [{ id: `${id}_k`, kind: 'primary', columns: [`${id}_c0`] }],
    };
  }
  const relationships: Record<string, Relationship> = {};
  for (const [at, { child, column, parent }] of generated.references.entries()) {
    relationships[`rel_${at}`] = {
      id: `rel_${at}`,
      child: `tbl_${child}`,
      parent: `tbl_${parent}`,
      childColumns: [`tbl_${child}_c${column}`],
      parentColumns: [`tbl_${parent}_c0`],
    };
  }
  return { ...emptyDocument('Generated'), schemas: records, tables, relationships };
}
