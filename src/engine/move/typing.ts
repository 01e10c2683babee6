import type { ColumnType } from '#model/column-types.ts';
import type { DomainType, Id, Ref } from '#model/types.ts';
import type { Ledger } from './ledger.ts';
import { literalFor, typeText } from './sql/literals.ts';
import type { TypeWords } from './sql/tree.ts';
import { type Common, type ReadType, type TypeCheck, type TypeUse, UNBOUND_TEXT, type WrittenType } from './types/common.ts';
import { TYPE_MAPS } from './types/maps.ts';

/** A type of the source, understood. */
interface Understood extends ReadType {
  /** As the source writes it: the key of its row. */
  readonly text: string;
  /** Domains on the way to what it holds, outermost first. */
  readonly domains: readonly DomainType[];
}

function understand(ledger: Ledger, type: ColumnType, depth = 0): Understood {
  const dims = type.dims ?? 0;
  if (dims > 0) {
    const { dims: _, ...single } = type;
    const inner = understand(ledger, single as ColumnType, depth);
    return { common: { is: 'array', of: inner.common }, text: `${inner.text}${'[]'.repeat(dims)}`, domains: [] };
  }
  if (type.kind !== 'custom') {
    const name =
      type.kind === 'other' && type.schema !== undefined && ledger.from === 'oracle' ? `${type.schema}.${type.name}` : type.name;
    const plain: ColumnType = { kind: 'builtin', name, ...(type.args === undefined ? {} : { args: type.args }) };
    return { ...TYPE_MAPS[ledger.from].read(name, type.args), text: typeText(plain) || 'no type', domains: [] };
  }
  const found = ledger.source.types[type.type];
  if (found === undefined) return { common: UNBOUND_TEXT, text: 'unknown type', domains: [] };
  const text = ledger.object(found);
  if (found.kind === 'enum') return { common: { is: 'enum', values: found.values, type: found.id }, text, domains: [] };
  if (found.kind === 'domain' && depth < 8) {
    const inner = understand(ledger, found.base, depth + 1);
    return { ...inner, text, domains: [found, ...inner.domains] };
  }
  const carried: Common = found.kind === 'composite' ? { is: 'json', binary: true } : UNBOUND_TEXT;
  return { common: { is: 'special', name: `${found.kind} type ${text}`, carried }, text, domains: [] };
}

/** What the words of a cast mean when they name a type of the source's own. */
export function ownTypeOf(ledger: Ledger, words: TypeWords): Common | undefined {
  const found = Object.values(ledger.source.types).find(({ name }) => name === words.name);
  if (found === undefined) return undefined;
  return understand(ledger, { kind: 'custom', type: found.id }).common;
}

/** What a type holds after the person's choice, without telling anything. */
export function holdsOf(
  ledger: Ledger,
  type: ColumnType,
): { readonly common: Common; readonly was: Common; readonly domains: readonly DomainType[] } {
  const read = understand(ledger, type);
  const chosen = ledger.chosen(`type:${read.text}`);
  const option = read.options?.find(({ id }) => id === chosen);
  return { common: option?.common ?? read.common, was: read.common, domains: read.domains };
}

/** MariaDB's types that MySQL has not; everything else they share. */
const MARIADB_ONLY = new Set(['uuid', 'inet4', 'inet6', 'vector', 'xmltype']);
const LABELS: Readonly<Record<string, string>> = {
  'not negative': 'CHECK >= 0',
  'one of': 'CHECK IN (...)',
  'zero or one': 'CHECK IN (0, 1)',
  json: 'CHECK for JSON',
};

function written(ledger: Ledger, type: ColumnType, common: Common, use: TypeUse): WrittenType {
  if (
    ledger.related &&
    type.kind === 'builtin' &&
    !MARIADB_ONLY.has(type.name) &&
    (ledger.from === 'mysql' || type.name !== 'json')
  )
    return { type, verdict: 'faithful', reason: 'Both products have it.' };
  return TYPE_MAPS[ledger.to].write(common, use);
}

/** The target's type for one of the source's, told in the ledger. @param common what it holds, when something else decided that. */
export function moveType(
  ledger: Ledger,
  type: ColumnType,
  at: Ref,
  use: Omit<TypeUse, 'to' | 'version' | 'chosen'>,
  given?: Common,
): WrittenType {
  const read = understand(ledger, type);
  const id = `type:${read.text}`;
  const options = read.options;
  const chosen = options === undefined ? ledger.chosen(id) : ledger.choose(id, options);
  const common = given ?? options?.find((one) => one.id === chosen)?.common ?? read.common;
  const made = written(ledger, type, common, {
    ...use,
    to: ledger.to,
    version: ledger.version,
    ...(chosen === undefined ? {} : { chosen }),
  });
  const narrower = given?.is === 'integer' && read.common.is === 'decimal' && chosen !== 'bigint';
  const reason = narrower
    ? 'It numbers rows, or refers to a column that does: an integer is smaller and faster. Look for numbers beyond it first.'
    : made.reason;
  const lost = read.note === undefined ? reason : `${reason} ${read.note}`;
  const forms = options ?? made.options;
  const to = made.enumValues === undefined ? typeText(made.type) : 'enum type';
  const checks = (made.checks ?? []).map((check) => LABELS[check.is]).join(', ');
  ledger.tell(
    {
      id,
      group: 'type',
      what: read.text,
      from: read.text,
      to: [to || 'no type', checks].filter((part) => part !== '').join(' + '),
      verdict: read.note === undefined && !narrower ? made.verdict : 'approximate',
      reason: lost,
      ...(forms === undefined
        ? {}
        : { options: forms, chosen: forms.some((one) => one.id === chosen) ? (chosen as string) : (forms[0]?.id ?? '') }),
    },
    at,
  );
  return made;
}

/** A check that stands for what the source's type enforced. @param name the column as SQL of the target. */
export function checkText(check: TypeCheck, name: string, ledger: Ledger): string {
  switch (check.is) {
    case 'not negative':
      return `${name} >= 0`;
    case 'zero or one':
      return `${name} IN (0, 1)`;
    case 'one of':
      return `${name} IN (${check.values.map((value) => literalFor(value, ledger.to)).join(', ')})`;
    case 'json':
      if (ledger.to === 'sqlite') return `json_valid(${name})`;
      return ledger.to === 'oracle' ? `${name} IS JSON` : `ISJSON(${name}) = 1`;
  }
}

/** Id of the enum type that is made for a column. */
export function enumIdFor(table: Id, column: Id): Id {
  return `typ_${table.replace(/^tbl_/, '')}_${column.replace(/^col_/, '')}`;
}
