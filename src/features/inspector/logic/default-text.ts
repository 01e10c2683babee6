import { listedDefaults } from '#engine/dialects/type-lists.ts';
import type { Default } from '#model/column-types.ts';
import type { Dialect } from '#model/types.ts';

const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;
/** A string constant, plain or E'', with an optional cast to a simple type. */
const STRING = /^e?'(?:[^']|'')*'(\s*::\s*[\w ".]+(\(\s*\d+(\s*,\s*\d+)?\s*\))?(\[\])*)?$/i;

/** The default that a text typed into the field means; undefined for an empty text. */
export function readDefault(text: string): Default | undefined {
  const sql = text.trim();
  if (sql === '') return undefined;
  if (/^null$/i.test(sql)) return { kind: 'null', sql };
  const literal = NUMBER.test(sql) || STRING.test(sql) || /^(true|false)$/i.test(sql);
  return { kind: literal ? 'literal' : 'expression', sql };
}

/** Words for the kind of a default. */
export const DEFAULT_KIND: Record<Default['kind'], string> = {
  literal: 'a value',
  expression: 'an expression',
  null: 'explicitly null',
};

/** Defaults worth offering for a type, by its name. */
export function usualDefaults(typeName: string, dialect: Dialect = 'postgresql'): readonly string[] {
  if (dialect !== 'postgresql') return listedDefaults(dialect, typeName);
  if (/^timestamptz?|^timestamp/.test(typeName)) return ['now()', 'CURRENT_TIMESTAMP'];
  if (typeName === 'date') return ['CURRENT_DATE'];
  if (typeName.startsWith('time')) return ['CURRENT_TIME'];
  if (typeName === 'uuid') return ['gen_random_uuid()', 'uuidv7()'];
  if (typeName === 'boolean') return ['false', 'true'];
  if (typeName === 'jsonb' || typeName === 'json') return ["'{}'", "'[]'"];
  if (typeName.endsWith('[]')) return ["'{}'"];
  if (/^(bigint|integer|smallint|numeric|real|double)/.test(typeName)) return ['0', '1'];
  if (/^(text|varchar|char)/.test(typeName)) return ["''"];
  return [];
}
