import { recordIn } from '#model/collections.ts';
import type { ColumnType } from '#model/column-types.ts';
import type { Document } from '#model/types.ts';

/** A column's type as rules compare it: domains resolved to what they stand on, aliases to one name. */
export interface TypeFacts {
  readonly name: string;
  readonly args: readonly string[];
  readonly isArray: boolean;
  /** The type came through a domain, which may carry checks of its own. */
  readonly domain: boolean;
}

const ALIASES: Readonly<Record<string, string>> = {
  int: 'integer',
  int2: 'smallint',
  int4: 'integer',
  int8: 'bigint',
  smallserial: 'smallint',
  serial2: 'smallint',
  serial: 'integer',
  serial4: 'integer',
  bigserial: 'bigint',
  serial8: 'bigint',
  float4: 'real',
  float8: 'double precision',
  float: 'double precision',
  bool: 'boolean',
  decimal: 'numeric',
  'character varying': 'varchar',
  character: 'char',
  bpchar: 'char',
  'timestamp without time zone': 'timestamp',
  'timestamp with time zone': 'timestamptz',
  'time without time zone': 'time',
  'time with time zone': 'timetz',
};

/** What is known of a type; an enum or another type of the model has its id as name. */
export function typeFacts(document: Document, type: ColumnType): TypeFacts {
  let current = type;
  let isArray = (type.dims ?? 0) > 0;
  let domain = false;
  // Domains may stand on domains, not on themselves; the bound guards against a document that says otherwise.
  for (let depth = 0; depth < 16 && current.kind === 'custom'; depth++) {
    const found = recordIn(document, 'types', current.type);
    if (found?.kind !== 'domain') break;
    domain = true;
    current = found.base;
    isArray ||= (current.dims ?? 0) > 0;
  }
  if (current.kind === 'custom') return { name: current.type, args: [], isArray, domain };
  const written = current.name.toLowerCase();
  const name = Object.hasOwn(ALIASES, written) ? (ALIASES[written] as string) : written;
  return { name, args: current.args ?? [], isArray, domain };
}

const INTEGERS = ['smallint', 'integer', 'bigint'];

/** 0 smallint, 1 integer, 2 bigint; undefined for anything else. */
export function integerRank(type: TypeFacts): number | undefined {
  const rank = INTEGERS.indexOf(type.name);
  return rank < 0 || type.isArray ? undefined : rank;
}

const FAMILIES: Readonly<Record<string, string>> = {
  smallint: 'number',
  integer: 'number',
  bigint: 'number',
  numeric: 'number',
  real: 'number',
  'double precision': 'number',
  text: 'text',
  varchar: 'text',
  char: 'text',
  name: 'text',
  date: 'time',
  timestamp: 'time',
  timestamptz: 'time',
};

/** Types of one family can be compared with each other; a type of no family stands for itself. */
export function typeFamily(type: TypeFacts): string {
  const family = Object.hasOwn(FAMILIES, type.name) ? (FAMILIES[type.name] as string) : type.name;
  return type.isArray ? `${family}[]` : family;
}

export function isText(type: TypeFacts): boolean {
  return !type.isArray && (type.name === 'text' || type.name === 'varchar' || type.name === 'char' || type.name === 'citext');
}
