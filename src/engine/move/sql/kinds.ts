import type { Common } from '../types/common.ts';
import type { Kind } from './functions.ts';

const KINDS: Readonly<Record<Common['is'], Kind>> = {
  integer: 'integer',
  boolean: 'boolean',
  decimal: 'number',
  float: 'number',
  money: 'number',
  text: 'text',
  bytes: 'bytes',
  bits: 'other',
  date: 'date',
  time: 'other',
  timestamp: 'time',
  year: 'integer',
  interval: 'other',
  uuid: 'other',
  json: 'json',
  xml: 'other',
  enum: 'text',
  set: 'text',
  array: 'other',
  spatial: 'other',
  any: 'other',
  rowversion: 'bytes',
  special: 'other',
};

/** What the values of a type are to an expression. */
export function kindOf(common: Common): Kind {
  return KINDS[common.is];
}
