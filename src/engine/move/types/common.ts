import type { ColumnType } from '#model/column-types.ts';
import type { Dialect, Id } from '#model/types.ts';
import type { MoveOption, MoveVerdict } from '../plan-types.ts';

/**
 * What a type holds, whatever it is called: the middle between the types of six dialects. Lengths count `unit`s; `max` is
 * the most bytes a type without a declared length takes (absent = as good as without limit).
 */
export type Common =
  | { readonly is: 'integer'; readonly bits: 8 | 16 | 24 | 32 | 64; readonly unsigned?: boolean }
  | { readonly is: 'boolean' }
  /** Without precision: any number, with fractions. */
  | { readonly is: 'decimal'; readonly precision?: number; readonly scale?: number; readonly unsigned?: boolean }
  | { readonly is: 'float'; readonly bits: 32 | 64; readonly unsigned?: boolean }
  | { readonly is: 'money'; readonly bits: 32 | 64 }
  | {
      readonly is: 'text';
      readonly fixed?: boolean;
      readonly length?: number;
      readonly unit: 'characters' | 'bytes';
      readonly max?: number;
      /** Compared without regard to case by the type itself (`citext`). */
      readonly caseless?: boolean;
    }
  | { readonly is: 'bytes'; readonly fixed?: boolean; readonly length?: number; readonly max?: number }
  | { readonly is: 'bits'; readonly length?: number; readonly varying?: boolean }
  | { readonly is: 'date' }
  | { readonly is: 'time'; readonly precision?: number; readonly zone?: boolean }
  /** `zone`: a moment; `local`: a moment shown in the session's zone, as PostgreSQL's and MySQL's are. */
  | { readonly is: 'timestamp'; readonly precision?: number; readonly zone?: 'kept' | 'local' }
  | { readonly is: 'year' }
  | { readonly is: 'interval'; readonly fields?: string; readonly months?: boolean }
  | { readonly is: 'uuid' }
  | { readonly is: 'json'; readonly binary?: boolean }
  | { readonly is: 'xml' }
  | { readonly is: 'enum'; readonly values: readonly string[]; readonly type?: Id }
  | { readonly is: 'set'; readonly values: readonly string[] }
  | { readonly is: 'array'; readonly of: Common }
  | { readonly is: 'spatial'; readonly name: string; readonly geography?: boolean }
  /** A value of any type. */
  | { readonly is: 'any' }
  | { readonly is: 'rowversion' }
  /** A type that no other dialect has; `carried` is what takes its values elsewhere. */
  | { readonly is: 'special'; readonly name: string; readonly carried: Common };

/** A form that is chosen where the source's type is understood: it says what the values mean. */
interface ReadOption extends MoveOption {
  readonly common: Common;
}

export interface ReadType {
  readonly common: Common;
  /** What of the type is not in `common`, such as ZEROFILL. */
  readonly note?: string;
  /** The first one is `common`. */
  readonly options?: readonly ReadOption[];
}

/** What the type alone no longer enforces: written as a check constraint. */
export type TypeCheck =
  | { readonly is: 'not negative' }
  | { readonly is: 'one of'; readonly values: readonly string[] }
  | { readonly is: 'zero or one' }
  | { readonly is: 'json' };

export interface WrittenType {
  readonly type: ColumnType;
  readonly verdict: MoveVerdict;
  readonly reason: string;
  readonly checks?: readonly TypeCheck[];
  /** An enum type of the document that is to be used or made. */
  readonly enumValues?: readonly string[];
  /** A form chosen where the type is written. The first one is the default. */
  readonly options?: readonly MoveOption[];
}

/** What writing a type may depend on. */
export interface TypeUse {
  readonly to: Dialect;
  readonly version: number;
  /** The form chosen for it. */
  readonly chosen?: string;
  /** The column is (or may be) in a key or an index, so that its size is limited. */
  readonly keyed?: boolean;
  /** The column numbers its rows. */
  readonly identity?: boolean;
}

export function builtin(name: string, ...args: readonly (string | number | undefined)[]): ColumnType {
  const given = args.flatMap((one) => (one === undefined ? [] : [String(one)]));
  return given.length === 0 ? { kind: 'builtin', name } : { kind: 'builtin', name, args: given };
}

export function faithful(type: ColumnType, reason = 'The same values fit.', more: Partial<WrittenType> = {}): WrittenType {
  return { type, verdict: 'faithful', reason, ...more };
}

export function approximate(type: ColumnType, reason: string, more: Partial<WrittenType> = {}): WrittenType {
  return { type, verdict: 'approximate', reason, ...more };
}

/** A whole number written as an argument, or undefined. */
export function numberIn(text: string | undefined): number | undefined {
  const found = /^\s*(\d+)/.exec(text ?? '')?.[1];
  return found === undefined ? undefined : Number(found);
}

/** Decimal digits that every integer of this type fits into. */
export function digitsOf({ bits, unsigned }: { readonly bits: number; readonly unsigned?: boolean }): number {
  const digits: Record<number, [number, number]> = { 8: [3, 3], 16: [5, 5], 24: [7, 8], 32: [10, 10], 64: [19, 20] };
  return digits[bits]?.[unsigned === true ? 1 : 0] ?? 20;
}

/** The smallest integer type for numbers of so many digits; undefined beyond 18. */
export function integerFor(digits: number): Common | undefined {
  if (digits <= 4) return { is: 'integer', bits: 16 };
  if (digits <= 9) return { is: 'integer', bits: 32 };
  return digits <= 18 ? { is: 'integer', bits: 64 } : undefined;
}

export const UNBOUND_TEXT: Common = { is: 'text', unit: 'characters' };

export function varchar(length: number): Common {
  return { is: 'text', length, unit: 'characters' };
}
