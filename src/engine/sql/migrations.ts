import { recordIn } from '#model/collections.ts';
import type { Document, Id } from '#model/types.ts';
import { type Step as MigrationStep, migrationSteps } from '../dialects/base/write/migrations.ts';
import { writePostgres } from '../dialects/postgres/write/document.ts';
import { dropOf } from '../dialects/postgres/write/drop.ts';
import { mentionsIn } from '../dialects/postgres/write/mentions.ts';
import { orderOf } from '../dialects/postgres/write/order.ts';
import { barePartitions } from '../dialects/postgres/write/partition-parts.ts';
import { kitOf } from '../dialects/writers.ts';
import { liveIndexScripts } from './live-indexes.ts';
import { STATEMENT_GAP, type WrittenStatement } from './written.ts';

/** SQL text by file name. */
export type MigrationFiles = Readonly<Record<string, string>>;

type Step = '001_initial_schema' | '002_add_indexes' | '003_add_partitions';

const STEPS: readonly Step[] = ['001_initial_schema', '002_add_indexes', '003_add_partitions'];

/** Partitions, and every object that cannot be created before them. */
function lateObjects(document: Document): ReadonlySet<Id> {
  const late = new Set<Id>();
  const order = orderOf(document);
  for (const { id } of order.nodes) {
    const partition = recordIn(document, 'tables', id)?.partitionOf !== undefined;
    if (partition || order.needs(id).some((need) => late.has(need))) late.add(id);
  }
  return late;
}

/** Whether an index holds rows apart: a foreign key, an upsert or the replica identity may rest on it. */
function bearsKey(document: Document, statement: WrittenStatement): boolean {
  const on = recordIn(document, 'tables', statement.record) ?? recordIn(document, 'views', statement.record);
  return on?.indexes.find((index) => index.id === statement.part)?.unique === true;
}

function stepOf(document: Document, late: ReadonlySet<Id>, lateNames: ReadonlySet<string>, statement: WrittenStatement): Step {
  const { collection, record, part } = statement;
  if (late.has(record)) return '003_add_partitions';
  if (collection === 'relationships') {
    const link = recordIn(document, 'relationships', record);
    return link !== undefined && (late.has(link.parent) || late.has(link.child)) ? '003_add_partitions' : '001_initial_schema';
  }
  if (collection === 'triggers') {
    const on = recordIn(document, 'triggers', record)?.on;
    return on !== undefined && late.has(on) ? '003_add_partitions' : '001_initial_schema';
  }
  if (collection === 'verbatim') {
    const verbatim = recordIn(document, 'verbatim', record);
    const names = verbatim === undefined || verbatim.place === 'first' ? [] : mentionsIn(verbatim.sql).names;
    const about = verbatim?.about !== undefined && late.has(verbatim.about);
    return about || names.some((name) => lateNames.has(name)) ? '003_add_partitions' : '001_initial_schema';
  }
  const on = recordIn(document, 'tables', record) ?? recordIn(document, 'views', record);
  const ofIndex = part !== undefined && on?.indexes.some((index) => index.id === part) === true;
  return ofIndex && !bearsKey(document, statement) ? '002_add_indexes' : '001_initial_schema';
}

function fileText(statements: readonly string[], empty: string): string {
  return statements.length === 0 ? `-- ${empty}\n` : `${statements.join(STATEMENT_GAP)}\n`;
}

function filesOf(steps: readonly MigrationStep[]): MigrationFiles {
  return Object.fromEntries(
    STEPS.flatMap((step, at) => [
      [`${step}.sql`, fileText(steps[at]?.up ?? [], 'Nothing to add in this step.')],
      [`${step}.down.sql`, fileText(steps[at]?.down ?? [], 'Nothing to take back in this step.')],
    ]),
  );
}

export interface MigrationOptions {
  readonly version: number;
  /** The step of the indexes is written for a system that runs: all else of the model is taken to be there. */
  readonly liveIndexes?: boolean;
}

/**
 * The model as three migrations, each with its way back: `001_initial_schema` has everything that tables are and every
 * unique index, with PARTITION BY; `002_add_indexes` the other indexes; `003_add_partitions` the partitions and what
 * rests on them (of dialects whose tables list their partitions, nothing). Run in this order they lead to the schema that {@link writeDocument} writes; the downs, run in reverse
 * order, lead back to nothing.
 */
export function writeMigrations(document: Document, options: MigrationOptions): MigrationFiles {
  const files = plainMigrations(document, options);
  if (options.liveIndexes !== true) return files;
  const { up, down } = liveIndexScripts(document, options.version);
  return { ...files, '002_add_indexes.sql': up, '002_add_indexes.down.sql': down };
}

function plainMigrations(document: Document, options: MigrationOptions): MigrationFiles {
  const kit = kitOf(document.settings['settings']?.dialect ?? 'postgresql');
  if (kit !== undefined) {
    const { tables, indexes } = migrationSteps(document, kit, options.version);
    return filesOf([tables, indexes, { up: [], down: [] }]);
  }
  const bare = barePartitions(document);
  const late = lateObjects(bare.document);
  const lateNames = new Set([...late].flatMap((id) => recordIn(bare.document, 'tables', id)?.name ?? []));
  const { statements } = writePostgres(bare.document, options.version, undefined, late);
  const up = new Map<Step, string[]>(STEPS.map((step) => [step, []]));
  const down = new Map<Step, string[]>(STEPS.map((step) => [step, []]));
  for (const statement of statements) {
    const step = stepOf(bare.document, late, lateNames, statement);
    up.get(step)?.push(statement.sql);
    if (statement.what === 'create' && statement.collection === 'tables') {
      up.get(step)?.push(...(bare.renames.get(statement.record) ?? []));
    }
    const drop = dropOf(bare.document, options.version, statement);
    if (drop !== undefined) down.get(step)?.unshift(drop);
  }
  return filesOf(STEPS.map((step) => ({ up: up.get(step) ?? [], down: down.get(step) ?? [] })));
}
