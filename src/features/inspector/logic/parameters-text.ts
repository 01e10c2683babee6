import { err, ok, type Result } from '#lib/result.ts';
import type { StorageParameter } from '#model/types.ts';

/** Storage parameters as typed: `fillfactor=70, autovacuum_enabled=false`. */
export function parametersText(parameters: readonly StorageParameter[] | undefined): string {
  return (parameters ?? []).map(({ name, value }) => (value === '' ? name : `${name}=${value}`)).join(', ');
}

/** Reads storage parameters. A name alone is a switch that is on. Values may stand in single quotes. */
export function readParameters(text: string): Result<readonly StorageParameter[]> {
  const found: StorageParameter[] = [];
  const pieces = text.match(/(?:'[^']*'|[^,'])+/g) ?? [];
  for (const piece of pieces) {
    if (piece.trim() === '') continue;
    const parts = /^\s*([\w."]+)\s*(?:=\s*(.*?))?\s*$/s.exec(piece);
    const name = parts?.[1];
    if (name === undefined) return err('parameter', `“${piece.trim()}” is no parameter: write name=value, separated by commas.`);
    if (found.some((one) => one.name === name)) return err('parameter', `${name} stands there twice.`);
    found.push({ name, value: parts?.[2] ?? '' });
  }
  return ok(found);
}
