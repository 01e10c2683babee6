import { UNLIMITED } from '#engine/budget.ts';
import { readDeclaredFacts, withFacts } from '#engine/facts/declared.ts';
import { type Advised, advise } from '#engine/indexes/advise/advise.ts';
import type { CostModel } from '#engine/indexes/advise/cost-model.ts';
import { type PreparedAdvice, type PreparedCandidate, prepareAdvice } from '#engine/indexes/advise/prepare.ts';
import type { PgParser } from '#engine/sql/parser-port.ts';
import { columnNames } from '#model/derive/columns.ts';
import type { Document, Table } from '#model/types.ts';
import { ADVICE_CASES, ADVICE_SCHEMA, type AdviceCase, adviceQuery, adviceWants } from './index-advice-cases.ts';
import { readDdl } from './read-ddl.ts';

/** Of the columns as many different values as the tools' own tests put into them. */
const FACTS = {
  tables: {
    posts: {
      rows: 100_000,
      columns: {
        id: { distinct: -1, nullFraction: 0 },
        blog_id: { distinct: 1000, nullFraction: 0 },
        user_id: { distinct: 10, nullFraction: 0 },
      },
    },
    Foo: { rows: 100_000, columns: { Id: { distinct: -1, nullFraction: 0 } } },
    cities: { rows: 100 },
    users: {
      rows: 5000,
      columns: {
        city_id: { distinct: 100, nullFraction: 0 },
        login_attempts: { distinct: 30, nullFraction: 0 },
        email: { distinct: -1, nullFraction: 0 },
        zip_code: { distinct: 1, nullFraction: 0.5 },
        created_at: { distinct: -0.5, nullFraction: 0 },
      },
    },
    book: { rows: 10_000, columns: { id: { distinct: -1, nullFraction: 0 } } },
  },
};

/** All cases as queries of one document, so that one planner serves them. */
export function casesDocument(parser: PgParser): Document {
  const document = readDdl(parser, ADVICE_SCHEMA);
  const facts = readDeclaredFacts(document, JSON.stringify(FACTS));
  if (!facts.ok) throw new Error(facts.problem.message);
  if (facts.value.unknown.length > 0) throw new Error(facts.value.unknown.join());
  const queries = ADVICE_CASES.map(
    (one) => [one.id, { id: one.id, name: one.id, sql: adviceQuery(one), callsPerHour: 1 }] as const,
  );
  return { ...withFacts(document, facts.value), queries: Object.fromEntries(queries) };
}

/** A model that is given all candidates at once, whichever of them are asked for: a planner takes them once. */
function remembering(model: CostModel, all: readonly PreparedCandidate[]): CostModel {
  let refused: ReturnType<CostModel['add']> | undefined;
  return {
    basis: model.basis,
    sizes: model.sizes,
    async add(candidates) {
      refused ??= model.add(all);
      const ids = new Set(candidates.map(({ id }) => id));
      return new Map([...(await refused)].filter(([id]) => ids.has(id)));
    },
    cost: (queries, indexes) => model.cost(queries, indexes),
    rowsOf: (table) => model.rowsOf(table),
    close: () => model.close(),
  };
}

/** How our advice for one query stands to what another tool expects. */
export interface Judged {
  readonly one: AdviceCase;
  /** What we advise to make, and what there is, as `table (a, b desc)`, a predicate after it. */
  readonly ours: readonly string[];
  /** What is expected, in the same way; absent: nothing. */
  readonly wanted?: string;
  /** Cost of the query with our advice, and with the index that is expected. */
  readonly cost: number;
  readonly theirs?: number;
  readonly verdict: 'covers' | 'beats' | 'loses' | 'silent' | 'speaks';
}

function keyText(document: Document, table: Table, elements: PreparedCandidate['candidate']['index']['elements']): string {
  const parts = elements.map(
    ({ column, expression, order }) =>
      `${column === undefined ? `(${expression})` : columnNames(document, table, [column]).join('')}${order === 'desc' ? ' desc' : ''}`,
  );
  return `${table.name} (${parts.join(', ')})`;
}

/** Whether a key begins with the expected one, read forwards or backwards. */
function leads(ours: string, wanted: string): boolean {
  const turned = wanted.replace(
    /\((.*)\)/,
    (_, list: string) =>
      `(${list
        .split(', ')
        .map((part) => (part.endsWith(' desc') ? part.slice(0, -5) : `${part} desc`))
        .join(', ')})`,
  );
  return [wanted, turned].some((one) => ours === one || ours.startsWith(`${one.slice(0, -1)}, `));
}

async function adviceFor(document: Document, { id }: AdviceCase, prepared: PreparedAdvice, model: CostModel): Promise<Advised> {
  const own: PreparedAdvice = {
    ...prepared,
    queries: prepared.queries.filter((query) => query.id === id),
    left: [],
    candidates: prepared.candidates.filter(({ candidate }) =>
      candidate.reasons.some(({ query, shape }) => query === id && shape !== 'merged'),
    ),
  };
  const advised = await advise(document, own, model, UNLIMITED);
  if (!advised.ok) throw new Error(`${id}: ${advised.problem.message}`);
  return advised.value;
}

/** Our first advice for each case, beside what its tool expects. */
export async function judgedCases(document: Document, parser: PgParser, opened: CostModel): Promise<readonly Judged[]> {
  const prepared = prepareAdvice(document, parser, UNLIMITED);
  const model = remembering(opened, prepared.candidates);
  const found: Judged[] = [];
  for (const one of ADVICE_CASES) {
    const { advice, weigh } = await adviceFor(document, one, prepared, model);
    const made = new Map(prepared.candidates.map((each) => [each.id, each]));
    const ours = advice.indexes.flatMap(({ id, verdict, table }) => {
      const record = document.tables[table] as Table;
      const candidate = made.get(id);
      if (candidate !== undefined) {
        const { elements, where } = candidate.candidate.index;
        return verdict === 'make' ? [`${keyText(document, record, elements)}${where === undefined ? '' : ` where ${where}`}`] : [];
      }
      const there = prepared.present.find((each) => each.id === id);
      return there === undefined ? [] : [keyText(document, record, there.elements)];
    });
    const makes = advice.indexes.some(({ verdict }) => verdict === 'make');
    const cost = advice.advised.reads;
    const expected = adviceWants(one);
    if (expected === undefined) {
      found.push({ one, ours, cost, verdict: makes ? 'speaks' : 'silent' });
      continue;
    }
    const wanted = `${expected.table} (${expected.columns.join(', ')})`;
    if (ours.some((key) => leads(key, wanted))) {
      found.push({ one, ours, wanted, cost, verdict: 'covers' });
      continue;
    }
    const same = prepared.candidates.filter(
      ({ table, candidate: { index } }) => keyText(document, table, index.elements) === wanted && index.where === undefined,
    );
    const weighed = await weigh(same.slice(0, 1).map(({ id }) => id));
    const theirs = weighed.ok && same.length > 0 ? weighed.value.reads : Number.NaN;
    found.push({ one, ours, wanted, cost, theirs, verdict: cost <= theirs * (1 + 1e-9) ? 'beats' : 'loses' });
  }
  return found;
}
