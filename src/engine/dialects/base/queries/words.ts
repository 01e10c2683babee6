import type { Sort } from '../../../workload/tree.ts';
import type { Scan } from './scan.ts';

/** Whether a query stands next, perhaps in brackets of its own. */
export function beginsQuery(scan: Scan): boolean {
  let ahead = 0;
  while (scan.word(ahead) === '(') ahead++;
  return ['SELECT', 'WITH', 'VALUES'].includes(scan.word(ahead));
}

/** The words of a type: `decimal(10, 2)`, `character varying(5)`, `unsigned integer`. */
export function typeWords(scan: Scan): string {
  let text = scan
    .path()
    .map(({ name }) => name.toLowerCase())
    .join('.');
  for (;;) {
    const more = scan.takeOneOf(
      'VARYING',
      'PRECISION',
      'UNSIGNED',
      'SIGNED',
      'INTEGER',
      'CHARSET',
      'WITH',
      'WITHOUT',
      'TIME',
      'ZONE',
      'LOCAL',
      'SET',
    );
    if (more !== undefined) text += ` ${more.toLowerCase()}`;
    else if (scan.is('(')) {
      const { start } = scan.here();
      scan.skipBrackets();
      text += scan.text.slice(start, scan.since(start).end).toLowerCase();
    } else if (scan.is('[', ']')) {
      scan.at += 2;
      text += '[]';
    } else return text;
  }
}

/** `a DESC NULLS LAST` */
export function sortItem(scan: Scan): Sort {
  const of = scan.expression();
  const desc = scan.takeOneOf('ASC', 'DESC') === 'DESC';
  const nulls = scan.take('NULLS') ? (scan.next().word === 'FIRST' ? ('first' as const) : ('last' as const)) : undefined;
  return { of, desc, ...(nulls === undefined ? {} : { nulls }) };
}
