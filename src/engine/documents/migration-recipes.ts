import type { MovePlan } from '#engine/move/plan-types.ts';
import type { Column } from '#model/column-types.ts';

/** A file of settings for the first tool that a plan names. */
export interface Recipe {
  readonly title: string;
  readonly language: string;
  readonly text: string;
}

function moved({ source, document }: MovePlan): { readonly table: string; readonly was: Column; readonly is: Column }[] {
  return Object.values(document.tables).flatMap((table) =>
    table.columns.flatMap((is) => {
      const old = source.tables[table.id];
      const was = old?.columns.find(({ id }) => id === is.id);
      return was === undefined || old === undefined ? [] : [{ table: old.name, was, is }];
    }),
  );
}

function name({ type }: Column): string {
  return type.kind === 'builtin' ? `${type.name}${'[]'.repeat(type.dims ?? 0)}` : '';
}

/** pgloader (its manual, "MySQL to Postgres"): the schema is there, so only rows are brought; casts for what differs. */
function pgloader(plan: MovePlan): Recipe {
  const columns = moved(plan);
  const some = (was: RegExp, is: RegExp) => columns.some((one) => was.test(name(one.was)) && is.test(name(one.is)));
  const casts = [
    ...(some(/^datetime$/, /^timestamp/) ? ['type datetime to timestamp drop default drop not null using zero-dates-to-null'] : []),
    ...(some(/^timestamp$/, /^timestamptz/)
      ? ['type timestamp to timestamptz drop default drop not null using zero-dates-to-null']
      : []),
    ...(some(/^date$/, /^date$/) ? ['type date drop not null drop default using zero-dates-to-null'] : []),
    ...(some(/^tinyint/, /^boolean$/)
      ? ['type tinyint when (= 1 precision) to boolean drop typemod using tinyint-to-boolean']
      : []),
    ...(some(/^tinyint/, /^smallint$/) ? ['type tinyint to smallint drop typemod'] : []),
    ...(some(/^set$/, /^text\[\]$/) ? ['type set to "text[]" using set-to-enum-array'] : []),
  ];
  const schemas = Object.values(plan.source.schemas).filter(({ implicit }) => implicit !== true);
  const target = (id: string) => plan.document.schemas[id]?.name ?? 'public';
  const database = schemas[0]?.name ?? 'old_database';
  const only =
    schemas.length === 1 && plan.document.schemas[schemas[0]?.id ?? ''] === undefined ? 'public' : target(schemas[0]?.id ?? '');
  const kept = Object.values(plan.document.tables).every(({ id, name: now }) => (plan.source.tables[id]?.name ?? now) === now);
  const lines = [
    'LOAD DATABASE',
    `     FROM mysql://user@old-server/${database}`,
    `     INTO postgresql://user@new-server/${database}`,
    'WITH data only, truncate, disable triggers, reset no sequences,',
    `     workers = 4, concurrency = 1, batch rows = 25000, ${kept ? 'quote identifiers' : 'downcase identifiers'}`,
    "SET maintenance_work_mem to '512MB', session_replication_role to 'replica'",
    ...(casts.length === 0 ? [] : [`CAST ${casts.join(',\n     ')}`]),
    `ALTER SCHEMA '${database}' RENAME TO '${only}'`,
  ];
  return { title: 'A command file for pgloader, rows only:', language: 'text', text: `${lines.join('\n')};` };
}

/** ora2pg (its manual, "Data export"): rows by COPY into the schema that is there. */
function ora2pg(plan: MovePlan): Recipe {
  const flags = moved(plan)
    .filter((one) => name(one.is) === 'boolean' && name(one.was) !== 'boolean')
    .map((one) => `${one.table}:${one.was.name}`);
  const folded = Object.values(plan.document.tables).every((table) => table.name === table.name.toLowerCase());
  const user = Object.values(plan.source.schemas).find(({ implicit }) => implicit !== true)?.name ?? 'OWNER';
  const lines = [
    'ORACLE_DSN        dbi:Oracle:host=old-server;service_name=SERVICE;port=1521',
    'ORACLE_USER       system',
    `SCHEMA            ${user}`,
    'PG_DSN            dbi:Pg:dbname=new_database;host=new-server;port=5432',
    'TYPE              COPY',
    'TRUNCATE_TABLE    1',
    'DISABLE_TRIGGERS  1',
    'DEFER_FKEY        0',
    'DROP_FKEY         0',
    'DISABLE_SEQUENCE  1',
    'NLS_LANG          AMERICAN_AMERICA.AL32UTF8',
    'CLIENT_ENCODING   UTF8',
    `PRESERVE_CASE     ${folded ? '0' : '1'}`,
    'DATA_LIMIT        10000',
    'JOBS              4',
    ...(flags.length === 0 ? [] : [`REPLACE_AS_BOOLEAN ${flags.join(' ')}`]),
  ];
  return { title: 'Settings for ora2pg, rows only (`ora2pg -c rows.conf`):', language: 'text', text: lines.join('\n') };
}

/** Settings to begin with for the tool that fits best; undefined: none is certain. */
export function recipe(plan: MovePlan): Recipe | undefined {
  if (plan.to !== 'postgresql') return undefined;
  if (plan.from === 'mysql' || plan.from === 'mariadb') return pgloader(plan);
  return plan.from === 'oracle' ? ora2pg(plan) : undefined;
}
