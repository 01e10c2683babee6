import { isNumeric, type ValueKind } from './kind.ts';

export interface Counted {
  readonly value: string;
  readonly rows: number;
}

/** Orders values of one kind. */
export function compareValues(kind: ValueKind): (a: string, b: string) => number {
  const byText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
  if (kind === 'integer') {
    return (a, b) => {
      if (a.length < 16 && b.length < 16) return Number(a) - Number(b);
      const difference = BigInt(a.replace('+', '')) - BigInt(b.replace('+', ''));
      return difference < 0n ? -1 : difference > 0n ? 1 : 0;
    };
  }
  if (isNumeric(kind)) return (a, b) => Number(a) - Number(b) || byText(a, b);
  if (kind === 'timestamptz') {
    const moment = (text: string) =>
      Date.parse(
        text
          .replace(' ', 'T')
          .replace(/([+-]\d\d)(\d\d)?$/, '$1:$2')
          .replace(/:$/, ':00'),
      );
    return (a, b) => moment(a) - moment(b) || byText(a, b);
  }
  return byText;
}
