import type { Column, Default } from '#model/column-types.ts';
import type { Dialect, Ref, Sequence, Table } from '#model/types.ts';
import type { Ledger } from './ledger.ts';
import { mentions, tellNotes } from './scope.ts';
import { sharedFunction } from './sql/functions.ts';
import { kindOf } from './sql/kinds.ts';
import { literalFor, truthOf } from './sql/literals.ts';
import { numberOf } from './sql/normal.ts';
import { expressionOf } from './sql/parse.ts';
import { Printer } from './sql/print.ts';
import type { Expr } from './sql/tree.ts';
import type { Common } from './types/common.ts';
import { ownTypeOf } from './typing.ts';

/** `nextval('s'::regclass)`, `NEXT VALUE FOR s`, `s.nextval`: the name inside, as it is written. */
export function sequenceIn(sql: string): string | undefined {
  const called = /^\(*\s*nextval\s*\(\s*(?:\(\s*)?(?:'((?:[^']|'')+)'|([\w$."`]+))/i.exec(sql);
  const found =
    called?.[1] ??
    called?.[2] ??
    /^\(*\s*next\s+value\s+for\s+([\w$."`[\]]+)/i.exec(sql)?.[1] ??
    /^([\w$."]+)\.nextval$/i.exec(sql.trim())?.[1];
  return found?.replaceAll(/["`[\]]/g, '');
}

/** The sequence that a default draws from. */
export function sequenceOf(ledger: Ledger, column: Column): Sequence | undefined {
  const name = column.default === undefined ? undefined : sequenceIn(column.default.sql);
  if (name === undefined) return undefined;
  const last = name.split('.').at(-1)?.toLowerCase();
  return Object.values(ledger.source.sequences).find((one) => one.name.toLowerCase() === last);
}

function withoutCasts(expr: Expr): Expr {
  return expr.is === 'cast' ? withoutCasts(expr.of) : expr;
}

const ZERO_DATE = /^0000-00-00/;
const MOMENT = /^\d{4}-\d{2}-\d{2}/;

/** A literal as the target's column of that type writes it; undefined: it is none, or fits nothing. */
function literalDefault(expr: Expr, common: Common, printer: Printer): string | undefined {
  const bare = withoutCasts(expr);
  const kind = kindOf(common);
  if (kind === 'boolean' && (bare.is === 'truth' || bare.is === 'number' || bare.is === 'string')) {
    const truth = bare.is === 'truth' ? bare.value : truthOf(bare);
    if (truth === undefined) return undefined;
    const words =
      printer.to === 'postgresql' || (printer.to === 'oracle' && !printer.conditionsApart) ? ['FALSE', 'TRUE'] : ['0', '1'];
    return words[Number(truth)];
  }
  if (kind === 'integer' || kind === 'number') {
    if (bare.is === 'number') return bare.text;
    if (bare.is === 'truth') return bare.value ? '1' : '0';
    const number = bare.is === 'string' ? numberOf(bare.value) : undefined;
    return number?.is === 'number' ? number.text : undefined;
  }
  if (bare.is === 'number' && (kind === 'text' || common.is === 'bits')) return literalFor(bare.text, printer.to);
  if (bare.is !== 'string') return undefined;
  if (common.is === 'timestamp' || common.is === 'date') {
    if (!MOMENT.test(bare.value)) return undefined;
    if (printer.to !== 'oracle') return literalFor(bare.value, printer.to);
    const text = printer.value({
      is: 'cast',
      of: bare,
      type: { name: common.is === 'date' ? 'date' : 'timestamp', args: [], dims: 0, own: false },
    });
    return printer.problem === undefined ? text : undefined;
  }
  if (common.is === 'array' || common.is === 'special' || common.is === 'spatial' || common.is === 'interval') {
    if (printer.to === 'postgresql' && common.is !== 'array') return literalFor(bare.value, printer.to);
    return common.is === 'array' && bare.value === '{}' ? literalFor('[]', printer.to) : undefined;
  }
  if (common.is === 'bits' && printer.to === 'postgresql')
    return /^[01]*$/.test(bare.value) ? literalFor(bare.value, printer.to) : undefined;
  if (common.is === 'set')
    return printer.to === 'postgresql' ? literalFor(`{${bare.value}}`, printer.to) : literalFor(bare.value, printer.to);
  return literalFor(bare.value, printer.to);
}

function isNow(expr: Expr, ledger: Ledger): string | undefined {
  const bare = withoutCasts(expr);
  const name =
    bare.is === 'call' ? bare.name : bare.is === 'name' && bare.path.length === 1 ? bare.path[0]?.name.toLowerCase() : undefined;
  if (name === undefined || (bare.is === 'call' && bare.own)) return undefined;
  const id = sharedFunction(name, 0, ledger.from)?.id;
  return id === 'now' || id === 'today' || id === 'time of day' ? id : undefined;
}

/** The current time as the default of a column of that type. */
function nowDefault(common: Common, what: string, printer: Printer): string | undefined {
  const { to } = printer;
  const fraction = common.is === 'timestamp' ? (common.precision ?? 6) : 0;
  if (common.is === 'timestamp') {
    if (to === 'mysql' || to === 'mariadb')
      return Math.min(fraction, 6) === 0 ? 'CURRENT_TIMESTAMP' : `CURRENT_TIMESTAMP(${Math.min(fraction, 6)})`;
    if (to === 'mssql') return common.zone === undefined ? 'SYSDATETIME()' : 'SYSDATETIMEOFFSET()';
    if (to === 'oracle') return common.zone === undefined ? 'LOCALTIMESTAMP' : 'SYSTIMESTAMP';
    return 'CURRENT_TIMESTAMP';
  }
  if (common.is === 'date')
    return to === 'mysql' || to === 'mariadb'
      ? '(CURRENT_DATE)'
      : to === 'mssql'
        ? 'CAST(SYSDATETIME() AS date)'
        : to === 'oracle'
          ? 'TRUNC(SYSDATE)'
          : 'CURRENT_DATE';
  if (common.is === 'time')
    return to === 'mysql' || to === 'mariadb'
      ? '(CURRENT_TIME)'
      : to === 'mssql'
        ? 'CAST(SYSDATETIME() AS time)'
        : to === 'oracle'
          ? undefined
          : to === 'postgresql'
            ? 'LOCALTIME'
            : 'CURRENT_TIME';
  return what === 'now' && to === 'sqlite' ? 'CURRENT_TIMESTAMP' : undefined;
}

/** Types that MySQL gives a default only as an expression. */
const NO_LITERAL = /^(?:tiny|medium|long)?(?:text|blob)$|^json$|^geometry/;

function bracketed(ledger: Ledger, sql: string, typeName: string, isLiteral: boolean): string {
  const { to } = ledger;
  if (to === 'mysql' || to === 'mariadb') {
    if (isLiteral) return NO_LITERAL.test(typeName) ? `(${sql})` : sql;
    return /^CURRENT_TIMESTAMP(?:\(\d\))?$/.test(sql) || sql.startsWith('(') ? sql : `(${sql})`;
  }
  if (to === 'sqlite' && !isLiteral) return /^CURRENT_(?:TIMESTAMP|DATE|TIME)$/.test(sql) || sql.startsWith('(') ? sql : `(${sql})`;
  return sql;
}

/** A new UUID as its 16 bytes, where the function alone gives something else. */
const UUID_BYTES: Readonly<Partial<Record<Dialect, string>>> = {
  postgresql: 'uuid_send(gen_random_uuid())',
  mysql: "(UNHEX(REPLACE(UUID(), '-', '')))",
  mariadb: "(UNHEX(REPLACE(UUID(), '-', '')))",
  sqlite: '(randomblob(16))',
};

function isUuid(expr: Expr, ledger: Ledger): boolean {
  return expr.is === 'call' && sharedFunction(expr.name, expr.args.length, ledger.from)?.id === 'uuid';
}

/** Whether values of the column are no numbers, so that what gives 0 or 1 must be compared. */
export function needsTruth({ to, version }: Ledger, common: Common | undefined): boolean {
  return common?.is === 'boolean' && (to === 'postgresql' || (to === 'oracle' && version >= 23));
}

/** @param common what the column holds in the target. @param typeName the target's name of its type. */
export function moveDefault(ledger: Ledger, table: Table, column: Column, common: Common, typeName: string): Default | undefined {
  const given = column.default;
  if (given === undefined) return undefined;
  if (given.kind === 'null') return { kind: 'null', sql: 'NULL' };
  if (ledger.related && sequenceIn(given.sql) === undefined) return given;
  const at: Ref = { record: table.id, part: column.id };
  const lose = (reason: string, id = 'value:default', what = 'default') =>
    ledger.lose(
      { id, group: 'value', what, from: given.sql, reason },
      { object: ledger.object(table, column.name), at, reason, sql: given.sql },
    );
  const read = expressionOf(given.sql, ledger.from);
  if ('problem' in read) {
    lose(`It is not understood (${read.problem}).`);
    return undefined;
  }
  const printer = new Printer(ledger.from, ledger.to, ledger.version, {
    column: () => undefined,
    ownType: (words) => ownTypeOf(ledger, words),
  });
  const bare = withoutCasts(read.value);
  if (bare.is === 'null') return { kind: 'null', sql: 'NULL' };
  if (
    bare.is === 'string' &&
    ZERO_DATE.test(bare.value) &&
    (kindOf(common) === 'time' || kindOf(common) === 'date') &&
    !ledger.related
  ) {
    lose('There is no year, month or day 0 outside MySQL: rows need another date, or NULL.', 'value:zero-date', 'zero date');
    return undefined;
  }
  const literal = literalDefault(read.value, common, printer);
  if (literal !== undefined) {
    const sql = bracketed(ledger, literal, typeName, true);
    return { kind: sql === literal ? 'literal' : 'expression', sql };
  }
  const bytes = common.is === 'bytes' && isUuid(withoutCasts(read.value), ledger) ? UUID_BYTES[ledger.to] : undefined;
  if (bytes !== undefined) return { kind: 'expression', sql: bytes };
  const now = isNow(read.value, ledger);
  const current = now === undefined ? undefined : nowDefault(common, now, printer);
  if (current !== undefined) return { kind: 'expression', sql: current };
  if (bare.is === 'string' || mentions(read.value, (one) => one.is === 'query')) {
    lose(`${ledger.label} takes no such value for this type.`);
    return undefined;
  }
  const text = needsTruth(ledger, common) ? printer.condition(read.value) : printer.value(read.value);
  if (printer.problem !== undefined || now !== undefined) {
    lose(`${ledger.label} has no certain equal of ${printer.problem ?? 'it'}.`);
    return undefined;
  }
  tellNotes(ledger, printer, at);
  return { kind: 'expression', sql: bracketed(ledger, text, typeName, false) };
}
