import type { PreparedCandidate } from '#engine/indexes/advise/prepare.ts';
import { withIndexNames } from '#engine/indexes/advise/present.ts';
import { type DocumentSetup, plannerSetup } from '#engine/planner/from-document.ts';
import { ok, type Result } from '#lib/result.ts';
import type { Document } from '#model/types.ts';
import type { ServerError } from '../check.ts';
import { PlanKeys } from './plan-keys.ts';
import { RememberedPlans } from './remembered-plans.ts';
import { openPlanner, type Planner } from './what-if.ts';

export interface OpenOptions {
  /** A dumped empty cluster; without it one is made first, which takes seconds. */
  readonly dataDirectory?: Blob;
  /** Settings of the server that is imitated, such as `work_mem`. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Extensions that candidates need beside those of the schema. */
  readonly extensions?: readonly string[];
  /** Plans of earlier questions, of this database and of others. */
  readonly remembered?: RememberedPlans;
  /** See `PlanGround`. */
  readonly day?: string;
}

/** Names of candidates in what is remembered begin so; no schema has them by chance. */
const DEFINED = 'crowfoot_defined_';

/** Candidates by what they make, whatever they are called: of two that make the same the second is another. */
export function definitionsOf(candidates: readonly PreparedCandidate[], store: RememberedPlans): ReadonlyMap<string, string> {
  const times = new Map<string, number>();
  return new Map(
    candidates.map(({ id, schema, table, sql }) => {
      const made = JSON.stringify([schema, table.name, sql.replace(id, '')]);
      const before = times.get(made) ?? 0;
      times.set(made, before + 1);
      return [id, `${DEFINED}${store.numberOf(`${made} ${before}`)}`] as const;
    }),
  );
}

const listed = (candidates: readonly PreparedCandidate[]) =>
  JSON.stringify(candidates.map(({ id, schema, table, sql }) => [id, schema, table.name, sql]));

/**
 * A planner that is open, for one document after another that is planned alike. Candidates are added once: of indexes that
 * cost the same the server takes one by the order in which they were made, so others in between could change an answer.
 */
export class OpenModel {
  readonly planner: Planner;
  readonly keys: PlanKeys;
  readonly remembered: RememberedPlans;
  private added: { readonly list: string; readonly refused: ReadonlyMap<string, ServerError> } | undefined;

  constructor(planner: Planner, keys: PlanKeys, remembered: RememberedPlans) {
    this.planner = planner;
    this.keys = keys;
    this.remembered = remembered;
  }

  /** Whether it has these candidates, or can be given them. */
  takes(candidates: readonly PreparedCandidate[]): boolean {
    return this.added === undefined || this.added.list === listed(candidates);
  }

  /** @returns those that were refused, by `schema.name` */
  async add(candidates: readonly PreparedCandidate[]): Promise<ReadonlyMap<string, ServerError>> {
    if (!this.takes(candidates)) throw new Error('This planner has other candidates.');
    if (this.added === undefined) {
      const given = candidates.map(({ id, schema, table, sql }) => ({
        schema,
        name: id,
        sql,
        table: { schema, name: table.name },
      }));
      this.added = { list: listed(candidates), refused: await this.planner.add(given) };
    }
    return this.added.refused;
  }
}

/** What a planner is opened with for a document, each index with a name: equal for documents that are planned alike. */
export function setupOf(document: Document): DocumentSetup {
  return plannerSetup(withIndexNames(document));
}

/**
 * Opens PostgreSQL's planner.
 * @param setup `setupOf` a document
 * @returns the problem `planner-size` where this build does not believe declared sizes
 */
export async function openModel(
  setup: DocumentSetup,
  { dataDirectory, settings = {}, extensions = [], remembered = new RememberedPlans(), day = '' }: OpenOptions = {},
  progress: (done: number, what: string) => void = () => {},
): Promise<Result<OpenModel>> {
  const given = { ...setup, settings, extensions };
  const opened = await openPlanner(given, dataDirectory, progress);
  if (!opened.ok) return opened;
  const { version } = opened.value;
  return ok(new OpenModel(opened.value, new PlanKeys(remembered, { ...given, version, day }), remembered));
}
