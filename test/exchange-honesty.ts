/** Whether a format says of a document what it says, and says of the rest that it is lost. */
import type { Exchanged, ExchangeWriter } from '#engine/exchange/exchange.ts';
import type { Dialect } from '#model/types.ts';
import { documentsOf, type FeatureCase } from './exchange-features/build.ts';

/** Losses by feature and reason with how often they occur: objects are called otherwise when they are named otherwise. */
function counted({ losses }: Exchanged): ReadonlyMap<string, number> {
  const all = new Map<string, number>();
  for (const { feature, reason } of losses) all.set(`${feature}: ${reason}`, (all.get(`${feature}: ${reason}`) ?? 0) + 1);
  return all;
}

const lossText = (one: Exchanged | undefined) => JSON.stringify(one?.losses);

export interface Judged {
  /** `yes`: every document of the case is written differently and nothing is declared lost; `no`: all are written the same. */
  readonly says: 'yes' | 'partly' | 'no';
  /** Pairs of documents that are written the same, though neither declares a loss. */
  readonly silent: readonly string[];
  /** What is declared lost of the documents that are all written differently. */
  readonly declared: readonly string[];
}

/** Tells by what is written whether a format says the thing that the documents of a case differ in. */
export function judge(one: FeatureCase, writer: ExchangeWriter, dialect: Dialect): Judged {
  const made = documentsOf(one, dialect).map(writer);
  const texts = made.map(({ files }) => JSON.stringify(files));
  const base = counted(made[0] as Exchanged);
  const declared = made.map((each) =>
    [...counted(each)].filter(([loss, times]) => times > (base.get(loss) ?? 0)).map(([loss]) => loss),
  );
  const silent: string[] = [];
  // What is lost altogether is lost with everything about it.
  const gone = made[0]?.losses.some(({ feature }) => feature === one.feature || feature === one.within) === true;
  for (const [at, text] of texts.entries())
    for (let other = at + 1; other < texts.length; other++)
      if (
        !gone &&
        texts[other] === text &&
        declared[at]?.length === 0 &&
        declared[other]?.length === 0 &&
        lossText(made[at]) === lossText(made[other])
      )
        silent.push(`${at} = ${other}`);
  const different = new Set(texts).size;
  const losses = [...new Set(declared.flat())];
  const says = different === texts.length && losses.length === 0 ? 'yes' : different === 1 ? 'no' : 'partly';
  return { says, silent, declared: different === texts.length ? losses : [] };
}
