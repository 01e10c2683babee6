import type { ExchangeReader } from '../exchange.ts';
import { readDbml } from './read.ts';

/** A block that only DBML opens in this way, at the beginning of a line. */
const BLOCK = /^[ \t]*(?:Table|Project|TablePartial|TableGroup|Enum)\s+[^\s{[]+(?:\s+as\s+\S+)?\s*(?:\[[^\]]*\]\s*)?\{/m;

export const dbmlReader: ExchangeReader = {
  id: 'dbml',
  label: 'DBML',
  extensions: ['dbml'],
  sniff: (text) => BLOCK.test(text) && !/\bCREATE\s+(?:TABLE|TYPE)\b/i.test(text),
  read: readDbml,
};
