import { err, ok, type Result } from '#lib/result.ts';
import type { Dialect } from '#model/types.ts';
import { TRAITS } from '../dialects/base/traits.ts';
import { type Detected, type DetectOptions, detectDialect, type Evidence } from './detect.ts';

export interface FileEvidence extends Evidence {
  readonly file: string;
}

export interface DetectedFiles extends Omit<Detected, 'evidence'> {
  readonly evidence: readonly FileEvidence[];
}

interface One extends Detected {
  readonly file: string;
}

/** Dialects that read the same files, and the one that reads what both say. */
const WIDER: Readonly<Partial<Record<Dialect, Dialect>>> = { mysql: 'mariadb' };
const RANK = { certain: 2, likely: 1, guess: 0 } as const;

function mixed(one: One, other: One): Result<never> {
  const say = ({ file, dialect, evidence }: One) =>
    `${file} is ${TRAITS[dialect].label}${evidence[0] === undefined ? '' : ` (${evidence[0].says})`}`;
  return err(
    'mixed-dialects',
    `These files are of different dialects: ${say(one)}, ${say(other)}. Import those of each dialect by themselves.`,
  );
}

/**
 * The dialect that all files of one import are written in: what the surest of them say. Files that say nothing of their own
 * go with the others.
 * @returns a problem when two files are certainly of different dialects.
 */
export function detectFiles(
  files: readonly { readonly name: string; readonly text: string }[],
  options: DetectOptions = {},
): Result<DetectedFiles> {
  const found: One[] = files.map(({ name, text }) => ({ file: name, ...detectDialect(text, name, options) }));
  let best: One | undefined;
  for (const one of found) {
    if (best === undefined || RANK[one.confidence] > RANK[best.confidence]) best = one;
    if (one.confidence !== 'certain' || best.confidence !== 'certain' || one.dialect === best.dialect) continue;
    if (WIDER[best.dialect] === one.dialect) best = one;
    else if (WIDER[one.dialect] !== best.dialect) return mixed(best, one);
  }
  const dialect = best?.dialect ?? options.fallback ?? 'postgresql';
  const { confidence } = best ?? { confidence: 'guess' as const };
  const evidence = found
    .filter((one) => one.dialect === dialect)
    .flatMap((one) => one.evidence.map((each) => ({ ...each, file: one.file })));
  return ok({ dialect, confidence, evidence });
}
