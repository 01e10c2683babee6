import type { Scan } from './scan.ts';
import type { TypeWords } from './tree.ts';

const LONG: readonly (readonly string[])[] = [
  ['CHARACTER', 'VARYING'],
  ['CHAR', 'VARYING'],
  ['BIT', 'VARYING'],
  ['DOUBLE', 'PRECISION'],
  ['NATIONAL', 'CHAR'],
  ['SIGNED', 'INTEGER'],
  ['UNSIGNED', 'INTEGER'],
];
const ZONES: readonly (readonly string[])[] = [
  ['WITH', 'TIME', 'ZONE'],
  ['WITHOUT', 'TIME', 'ZONE'],
  ['WITH', 'LOCAL', 'TIME', 'ZONE'],
];

/** A type's name as a cast writes it: `character varying(20)[]`, `timestamp without time zone`, `public.mood`. */
export function parseTypeWords(scan: Scan): TypeWords {
  const long = LONG.find((words) => scan.is(...words));
  let name = '';
  let own = false;
  if (long !== undefined) {
    scan.take(...long);
    name = long.join(' ').toLowerCase();
  } else {
    const words = [scan.name()];
    while (scan.take('.')) words.push(scan.name());
    const last = words.at(-1);
    const schema = words.at(-2)?.name.toLowerCase();
    name = last?.name ?? '';
    own = schema !== undefined && schema !== 'pg_catalog' && schema !== 'sys';
    if (!own && last?.quoted !== true) name = name.toLowerCase();
  }
  const args: string[] = [];
  if (scan.take('(')) {
    do {
      let text = scan.next().text;
      while (!scan.done && !scan.is(',') && !scan.is(')')) text += ` ${scan.next().text}`;
      args.push(text);
    } while (scan.take(','));
    scan.expect(')');
  }
  const zone = ZONES.find((words) => scan.is(...words));
  if (zone !== undefined) {
    scan.take(...zone);
    name = `${name} ${zone.join(' ').toLowerCase()}`;
  }
  if (scan.take('UNSIGNED')) name = `${name} unsigned`;
  let dims = 0;
  while (scan.take('[', ']')) dims++;
  return { name, args, dims, own };
}
