import { DEFAULT_SCHEMA, PUBLIC_SCHEMA } from '#model/create.ts';
import type { Dialect, Id, Schema } from '#model/types.ts';
import type { Ledger } from './ledger.ts';
import { type Naming, usedSchemas } from './names.ts';
import type { MoveOption } from './plan-types.ts';

/** What each dialect calls what the model calls a schema; undefined: it has none. */
const WORD: Readonly<Record<Dialect, string | undefined>> = {
  postgresql: 'schema',
  mysql: 'database',
  mariadb: 'database',
  sqlite: undefined,
  mssql: 'schema',
  oracle: 'user',
};

export interface MovedSchemas {
  readonly schemas: Readonly<Record<Id, Schema>>;
  /** The target's schema for each of the source's. */
  of(schema: Id): Id;
  /** Put before the name of what came out of a schema that is no more; undefined: nothing. */
  prefix(schema: Id): string | undefined;
}

const FOLD: MoveOption = {
  id: 'default',
  label: 'into the default schema',
  reason: 'One namespace: what is called the same gets its schema in front.',
};

function keepOption(to: Dialect): MoveOption {
  return {
    id: 'keep',
    label: `a ${WORD[to]} each`,
    reason: `Every one becomes a ${WORD[to]} of its own, and names stay as they are.`,
  };
}

/** Schemas of the source as the target's: kept, or folded into the default one. */
export function moveSchemas(ledger: Ledger, naming: Naming): MovedSchemas {
  const { source, from, to } = ledger;
  // Texts of related dialects stay as they are, and name their schemas.
  if (ledger.related) return { schemas: source.schemas, of: (schema) => schema, prefix: () => undefined };
  const all = Object.values(source.schemas);
  const home = all.find((one) => one.implicit === true) ?? { ...PUBLIC_SCHEMA };
  const target: Schema = { id: home.id, name: DEFAULT_SCHEMA[to], implicit: true };
  const used = usedSchemas(source);
  const named = all.filter((one) => one.implicit !== true);
  const alone = used.length <= 1;
  const able = WORD[to] !== undefined;
  const options = !able ? [FOLD] : alone || to === 'oracle' ? [FOLD, keepOption(to)] : [keepOption(to), FOLD];
  const chosen = ledger.choose('name:schemas', options);
  for (const schema of named) {
    ledger.tell(
      {
        id: 'name:schemas',
        group: 'name',
        what: WORD[from] ?? 'schema',
        from: schema.name,
        to: chosen === 'keep' ? naming.form(schema.name) : DEFAULT_SCHEMA[to],
        verdict: chosen === 'keep' || alone ? 'faithful' : 'approximate',
        reason:
          chosen === 'keep'
            ? `Becomes a ${WORD[to]} of the same name.`
            : alone
              ? 'Everything is in one: the default schema of the target takes its place.'
              : 'All objects come into one namespace; names that would clash get the schema in front.',
        ...(able ? { options, chosen } : {}),
      },
      { record: schema.id },
    );
  }
  const schemas: Record<Id, Schema> = { [target.id]: target };
  if (chosen === 'keep') {
    for (const schema of named) {
      const name = naming.form(schema.name);
      if (name === target.name) continue;
      const { residue: _, owner: __, ...kept } = schema;
      schemas[schema.id] = { ...kept, name };
    }
  }
  return {
    schemas,
    of: (schema) => (schemas[schema] === undefined ? target.id : schema),
    prefix: (schema) => (schemas[schema] === undefined ? source.schemas[schema]?.name : undefined),
  };
}
