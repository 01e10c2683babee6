import type { Document } from '#model/types.ts';
import type { PgParser } from '../../../sql/parser-port.ts';
import { catalogOf } from './catalog.ts';
import { pathAt, sourceOf } from './source.ts';
import { as, field, isNode, list, locationOf, type Node, strings, text } from './tree.ts';

/** A part of an expression whose value may change while its arguments do not. */
export interface NotImmutable {
  /** What it is, such as `now()` or `text::date`. */
  readonly what: string;
  readonly why: string;
  /** UTF-16 offset in the expression. */
  readonly position: number;
}

const VOLATILE =
  'random random_normal clock_timestamp timeofday gen_random_uuid uuidv4 uuidv7 uuid_generate_v1 uuid_generate_v1mc ' +
  'uuid_generate_v4 nextval currval lastval setval set_config pg_sleep txid_current pg_advisory_lock';
const STABLE =
  'now transaction_timestamp statement_timestamp current_setting current_database current_schema current_schemas ' +
  'current_user session_user pg_backend_pid to_char to_date to_regclass concat concat_ws format array_to_string ' +
  'to_json to_jsonb row_to_json json_build_object jsonb_build_object json_build_array jsonb_build_array inet_client_addr ' +
  'has_table_privilege unaccent quote_ident_ lastval pg_get_expr pg_typeof';

const FUNCTIONS: ReadonlyMap<string, string> = new Map([
  ...VOLATILE.split(' ').map((name) => [name, 'gives another value at every call'] as const),
  ...STABLE.split(' ').map((name) => [name, 'depends on the time, the session or its settings'] as const),
]);

/** Functions that depend on the time zone when they get a time with one, and on the default configuration. */
const WITH_ZONE = new Set(['date_trunc', 'date_part', 'extract', 'age', 'to_timestamp', 'make_timestamptz', 'date']);
const ONE_ARGUMENT = new Set(['to_tsvector', 'to_tsquery', 'plainto_tsquery', 'phraseto_tsquery', 'websearch_to_tsquery', 'age']);

const TEXT = new Set(['text', 'varchar', 'bpchar', 'char', 'citext', 'name']);
const DATE_TIME = new Set(['date', 'timestamp', 'timestamptz', 'time', 'timetz', 'interval']);

const SHORT_NAMES: Readonly<Record<string, string>> = {
  'timestamp with time zone': 'timestamptz',
  'timestamp without time zone': 'timestamp',
  'time with time zone': 'timetz',
  'time without time zone': 'time',
  'character varying': 'varchar',
  character: 'char',
};

function shortName(type: string): string {
  return SHORT_NAMES[type] ?? type;
}

/** Whether a cast between these types reads a setting of the session (time zone or date style). */
function castDepends(from: string, to: string): boolean {
  if (TEXT.has(from)) return DATE_TIME.has(to);
  if (TEXT.has(to)) return DATE_TIME.has(from) && from !== 'interval';
  if (from === 'timestamptz') return to === 'timestamp' || to === 'date' || to === 'time' || to === 'timetz';
  return to === 'timestamptz' && (from === 'timestamp' || from === 'date');
}

/** @param typeOf a column's type name, when it is known. */
class Judge {
  readonly found: NotImmutable[] = [];
  readonly #typeOf: (column: string) => string | undefined;
  readonly #userFunction: (schema: string | undefined, name: string) => string | undefined;
  readonly #shift: number;

  constructor(
    typeOf: (column: string) => string | undefined,
    userFunction: (schema: string | undefined, name: string) => string | undefined,
    shift: number,
  ) {
    this.#typeOf = typeOf;
    this.#userFunction = userFunction;
    this.#shift = shift;
  }

  #add(node: Node, what: string, why: string): void {
    this.found.push({ what, why, position: Math.max(0, (locationOf(node) ?? 0) - this.#shift) });
  }

  typeOf(value: unknown): string | undefined {
    const reference = as(value, 'ColumnRef');
    const name = reference === undefined ? undefined : strings(list(reference, 'fields')).at(-1);
    const type = name === undefined ? undefined : this.#typeOf(name);
    if (type !== undefined) return shortName(type);
    const cast = as(value, 'TypeCast');
    const target = cast === undefined ? undefined : field(cast, 'typeName');
    return target === undefined ? undefined : strings(list(target, 'names')).at(-1);
  }

  visit(value: unknown): void {
    if (Array.isArray(value)) for (const item of value) this.visit(item);
    if (!isNode(value)) return;
    for (const [kind, inner] of Object.entries(value)) {
      if (isNode(inner)) {
        if (kind === 'FuncCall') this.#call(inner);
        else if (kind === 'TypeCast') this.#cast(inner);
        else if (kind === 'SQLValueFunction') {
          const says = (text(inner, 'op') ?? '')
            .replace(/^SVFOP_/, '')
            .replace(/_N$/, '')
            .toLowerCase();
          this.#add(inner, says, 'depends on the time, the session or its settings');
        } else if (kind === 'SubLink') this.#add(inner, 'a subquery', 'reads other rows');
      }
      this.visit(inner);
    }
  }

  #call(node: Node): void {
    const names = strings(list(node, 'funcname'));
    const name = names.at(-1);
    if (name === undefined) return;
    const args = list(node, 'args');
    const user = this.#userFunction(names.length > 1 ? names[0] : undefined, name);
    if (user !== undefined) {
      if (user !== 'immutable') this.#add(node, `${name}()`, `is declared ${user}`);
      return;
    }
    const why = FUNCTIONS.get(name);
    if (why !== undefined) this.#add(node, `${name}()`, why);
    else if (ONE_ARGUMENT.has(name) && args.length === 1) this.#add(node, `${name}()`, 'depends on a default of the session');
    else if (WITH_ZONE.has(name) && args.some((arg) => this.typeOf(arg) === 'timestamptz')) {
      this.#add(node, `${name}()`, 'depends on the time zone of the session');
    }
  }

  #cast(node: Node): void {
    const target = field(node, 'typeName');
    const to = target === undefined ? undefined : strings(list(target, 'names')).at(-1);
    const from = this.typeOf(node['arg']);
    if (to === undefined || from === undefined || !castDepends(from, to)) return;
    this.#add(node, `${from}::${to}`, 'depends on the time zone or date style of the session');
  }
}

const BEFORE = 'SELECT (';

/**
 * The parts of an expression that are not immutable, which PostgreSQL refuses in indexes and generated columns: calls of
 * the time or chance, casts that depend on the session, subqueries, functions of the document not declared IMMUTABLE.
 * @param typeOf the type name of a column of the table, such as `timestamptz`.
 */
export function notImmutable(
  document: Document,
  parser: PgParser,
  sql: string,
  typeOf: (column: string) => string | undefined,
): readonly NotImmutable[] {
  const source = sourceOf(parser, `${BEFORE}${sql}\n)`);
  const select = as(source?.tree.stmts[0]?.stmt, 'SelectStmt');
  if (source === undefined || select === undefined) return [];
  const catalog = catalogOf(document);
  const judge = new Judge(
    typeOf,
    (schema, name) => {
      const routine = catalog.routines(schema, name)[0];
      if (routine === undefined) return undefined;
      const definition = document.routines[routine.id]?.definition ?? '';
      return /\b(immutable|stable)\b/i.exec(definition)?.[1]?.toLowerCase() ?? 'volatile';
    },
    BEFORE.length,
  );
  judge.visit(list(select, 'targetList'));
  // CURRENT_TIMESTAMP and the like have no path; what has one is said as it is written.
  return judge.found.map((one) => {
    const path = pathAt(source, one.position + BEFORE.length);
    return path.length === 0 ? one : { ...one, position: (path[0]?.start ?? 0) - BEFORE.length };
  });
}
