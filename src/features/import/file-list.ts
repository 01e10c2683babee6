import type { ImportFile } from '#state/import.ts';

/** The name of a file without the folders it is in. */
export function lastOfPath(path: string): string {
  return path.replace(/^.*\//, '');
}

/** What each path is called for short: without its folders, unless another ends the same way. */
export function shortNames(paths: readonly string[]): ReadonlyMap<string, string> {
  const count = new Map<string, number>();
  for (const path of paths) count.set(lastOfPath(path), (count.get(lastOfPath(path)) ?? 0) + 1);
  return new Map(paths.map((path) => [path, count.get(lastOfPath(path)) === 1 ? lastOfPath(path) : path]));
}

/** The files with one of them at another place, or without it. Places beyond the ends are the ends. */
export function moved(files: readonly ImportFile[], at: number, to: number | undefined): readonly ImportFile[] {
  const file = files[at];
  if (file === undefined) return files;
  const rest = files.filter((_, i) => i !== at);
  if (to === undefined) return rest;
  const place = Math.max(0, Math.min(rest.length, to));
  return [...rest.slice(0, place), file, ...rest.slice(place)];
}
