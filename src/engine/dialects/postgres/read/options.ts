import type { DefElem, Node } from 'libpg-query';
import type { SequenceOptions, StorageParameter } from '#model/types.ts';
import { all, as, constantText, items, type QualifiedName, qualifiedName, texts } from './ast.ts';
import type { Source } from './tokens.ts';
import type { Writable } from './writable.ts';

/** `(fillfactor = 70, toast.autovacuum_enabled = off)`: values as their source text, so that quotes stay. */
export function storageParameters(options: readonly Node[] | undefined, source: Source): StorageParameter[] {
  return all(options, 'DefElem').map((option) => {
    const name = `${option.defnamespace === undefined ? '' : `${option.defnamespace}.`}${option.defname ?? ''}`;
    return { name, value: optionSource(option, source) };
  });
}

/** Source text of an option's value: what follows `=` up to the comma or closing bracket. */
function optionSource(option: DefElem, source: Source): string {
  const first = source.at(option.location ?? 0);
  const depth = source.token(first)?.depth ?? 0;
  let last = first;
  for (let i = first; i < source.tokens.length; i++) {
    const token = source.token(i);
    if (token === undefined || token.depth < depth || (token.depth === depth && token.text === ',')) break;
    last = i;
  }
  const equals = source.find('=', first, last, depth);
  return equals < 0 ? '' : source.slice({ first: equals + 1, last });
}

export interface SequenceClauses {
  readonly options: SequenceOptions;
  /** `table.column`, or `none`. */
  readonly ownedBy?: readonly string[];
  readonly sequenceName?: QualifiedName;
  /** Something that is not part of the definition, such as RESTART. */
  readonly other: readonly string[];
}

const HIGHEST: Readonly<Record<string, string>> = {
  smallint: '32767',
  integer: '2147483647',
  bigint: '9223372036854775807',
};

const LOWEST: Readonly<Record<string, string>> = {
  smallint: '-32768',
  integer: '-2147483648',
  bigint: '-9223372036854775808',
};

const TYPES: Readonly<Record<string, 'smallint' | 'integer' | 'bigint'>> = { int2: 'smallint', int4: 'integer', int8: 'bigint' };

/** Leaves out what is the default anyway, as dumps spell every option out. */
function withoutDefaults(options: Writable<SequenceOptions>): SequenceOptions {
  const out = { ...options };
  const type = out.type ?? 'bigint';
  const descending = out.increment?.startsWith('-') === true;
  const lowest = descending ? LOWEST[type] : '1';
  const highest = descending ? '-1' : HIGHEST[type];
  if (out.min === 'none' || out.min === lowest) delete out.min;
  if (out.max === 'none' || out.max === highest) delete out.max;
  if (out.start === (descending ? (out.max ?? highest) : (out.min ?? lowest))) delete out.start;
  if (out.increment === '1') delete out.increment;
  if (out.cache === '1') delete out.cache;
  if (out.cycle === false) delete out.cycle;
  if (out.type === 'bigint') delete out.type;
  return out;
}

/** Options of a sequence. @param current what ALTER SEQUENCE changes. */
export function sequenceClauses(list: readonly Node[] | undefined, current: SequenceOptions = {}): SequenceClauses {
  const options: Writable<SequenceOptions> = { ...current };
  const other: string[] = [];
  let ownedBy: readonly string[] | undefined;
  let sequenceName: QualifiedName | undefined;
  for (const option of all(list, 'DefElem')) {
    const value = constantText(option.arg);
    switch (option.defname) {
      case 'as': {
        const type = TYPES[texts(as(option.arg, 'TypeName')?.names).at(-1) ?? ''];
        if (type !== undefined) options.type = type;
        break;
      }
      case 'start':
        if (value !== undefined) options.start = value;
        break;
      case 'increment':
        if (value !== undefined) options.increment = value;
        break;
      case 'minvalue':
        options.min = value ?? 'none';
        break;
      case 'maxvalue':
        options.max = value ?? 'none';
        break;
      case 'cache':
        if (value !== undefined) options.cache = value;
        break;
      case 'cycle':
        options.cycle = value === 'true';
        break;
      case 'owned_by':
        ownedBy = texts(items(option.arg));
        break;
      case 'sequence_name':
        sequenceName = qualifiedName(texts(items(option.arg)));
        break;
      default:
        other.push(option.defname ?? '');
    }
  }
  return {
    options: withoutDefaults(options),
    other,
    ...(ownedBy === undefined ? {} : { ownedBy }),
    ...(sequenceName === undefined ? {} : { sequenceName }),
  };
}
