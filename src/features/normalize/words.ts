import type { BreachFact, ComparedPlan, Fact, HomeFact, JoinFact, PlanKind } from '#engine/decompose/comparison-types.ts';
import type { Proposal } from '#engine/decompose/types.ts';
import { FRAMES, framed, stepText } from '#engine/dialects/frames.ts';
import type { ChangeStep } from '#model/change-types.ts';
import type { Dialect, Id } from '#model/types.ts';

export type NameOf = (column: Id) => string;

/** Everything that can be chosen: a plan, or to leave the table as it is. */
export type Option = PlanKind | 'keep';

export const OPTIONS: Readonly<Record<Option, { readonly title: string; readonly what: string }>> = {
  recommended: { title: 'Recommended', what: 'Keeps every dependency; 3NF, and BCNF wherever that costs none.' },
  '3NF': { title: '3NF', what: 'Synthesis: a table for each left side.' },
  BCNF: { title: 'BCNF', what: 'Every left side is a key, at the price of the fewest dependencies.' },
  '4NF': { title: '4NF', what: 'Values that combine freely stand apart too.' },
  keep: { title: 'Keep', what: 'The redundancy is wanted: say why, and it stays in the document.' },
};

export function listed(names: readonly string[]): string {
  if (names.length < 2) return names[0] ?? '';
  return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** `{zip, city}` */
export function setText(ids: readonly Id[], nameOf: NameOf): string {
  return `{${ids.map(nameOf).join(', ')}}`;
}

/** `zip → city, state`; a fact without a left side is a constant. */
export function factText({ determinant, dependent }: Fact, nameOf: NameOf, arrow = '→'): string {
  return `${determinant.map(nameOf).join(', ') || '∅'} ${arrow} ${dependent.map(nameOf).join(', ')}`;
}

const FORM_NAMES = {
  '2NF': 'second normal form',
  '3NF': 'third normal form',
  EKNF: 'elementary key normal form',
  BCNF: 'Boyce-Codd normal form',
  '4NF': 'fourth normal form',
} as const;

export function breachTitle({ form }: BreachFact): string {
  return `Why not ${FORM_NAMES[form]}`;
}

/** The proof of a breach in lines to read, after the closure. */
export function breachWords(breach: BreachFact, nameOf: NameOf): string[] {
  const left = listed(breach.determinant.map(nameOf)) || 'nothing at all';
  const right = listed(breach.dependent.map(nameOf));
  const missing = listed(breach.missing.map(nameOf));
  const keys = breach.keys.map((key) => setText(key, nameOf)).join(' or ');
  const lines = [`It misses ${missing}, so ${left} ${breach.determinant.length > 1 ? 'together are' : 'is'} no key.`];
  if (breach.form === '4NF') {
    lines.push(
      `For one ${left}, ${right} combines freely with the rest: the blocks are ${(breach.blocks ?? []).map((one) => setText(one, nameOf)).join(', ')}.`,
    );
    return lines;
  }
  if (breach.inside !== undefined)
    lines.push(
      `${left} ${breach.determinant.length > 1 ? 'are' : 'is'} part of the candidate key ${setText(breach.inside, nameOf)}.`,
    );
  if (breach.nonPrime.length > 0) {
    const [is, none] = breach.nonPrime.length === 1 ? ['is', 'it is not prime'] : ['are', 'they are not prime'];
    lines.push(`${listed(breach.nonPrime.map(nameOf))} ${is} in no candidate key (${keys}): ${none}.`);
  } else {
    lines.push(
      `${right} ${breach.dependent.length === 1 ? 'is' : 'are'} prime, which third normal form allows; but every left side should be a key (${keys}).`,
    );
  }
  return lines;
}

/** A symbol of a tableau: `a` is the old row's own value, `b2` one of row 2 only. */
export function symbolText(symbol: number): string {
  return symbol === 0 ? 'a' : `b${symbol}`;
}

/** The tableau after the first `count` steps. */
export function tableauAt({ start, steps }: JoinFact, count: number): readonly (readonly number[])[] {
  const rows = start.map((row) => [...row]);
  for (const { row, from, column } of steps.slice(0, count)) {
    const target = rows[row];
    const symbol = rows[from]?.[column];
    if (target !== undefined && symbol !== undefined) target[column] = symbol;
  }
  return rows;
}

/** Where a dependency is checked. @param names of the tables by position. */
export function homeWords(home: HomeFact, names: readonly string[], nameOf: NameOf): string {
  const tables = [...new Set(home.tables)].map((at) => names[at] ?? '');
  if (home.kind === 'inside') return `in ${tables[0]}`;
  if (home.kind === 'joint') {
    return `in ${listed(tables)} together: ${home.steps.map((step, at) => `${factText(step, nameOf)} in ${names[home.tables[at] ?? 0] ?? ''}`).join('; ')}`;
  }
  const join = (home.join ?? []).map((at) => names[at] ?? '');
  return join.length === 0 ? 'lost: no join of the tables shows it' : `lost: only the join of ${listed(join)} shows it`;
}

/** Dependencies that a plan does not check in any table. */
export function lostIn({ homes }: ComparedPlan): readonly HomeFact[] {
  return homes.filter(({ kind }) => kind === 'lost');
}

/** Which columns stand together, as a text. */
export function shapeOf({ tables }: Proposal): string {
  return tables
    .map(({ columns }) => [...columns].sort().join())
    .sort()
    .join('|');
}

/** Whether two plans make tables of the same columns. */
export function sameTables(one: Proposal, other: Proposal): boolean {
  return shapeOf(one) === shapeOf(other);
}

const PHASES: Readonly<Record<ChangeStep['phase'], string>> = {
  guard: 'Refuse to begin where rows would lose something',
  expand: 'Add what is new',
  fill: 'Copy the rows',
  validate: 'Switch the checks on',
  verify: 'Compare old and new rows',
  contract: 'Take away what is no longer needed',
};

/** The steps of a change as one script of its dialect, each under what it is for. */
export function scriptText(steps: readonly ChangeStep[], dialect: Dialect): string {
  const frame = FRAMES[dialect];
  const around = (statements: readonly string[]) => (statements.length === 0 ? [] : [`${framed(frame, statements)}\n`]);
  const texts = steps.map(({ phase, note, sql }, at) => {
    const head = steps[at - 1]?.phase === phase ? '' : `-- ${phase}: ${PHASES[phase]}.\n`;
    const lines = note.split('\n').map((line) => `-- ${line}`);
    return `${head}${lines.join('\n')}\n${stepText(frame, sql).trimEnd()}\n`;
  });
  const says = `${frame.says.map((line) => `-- ${line}`).join('\n')}\n`;
  return [says, ...around(frame.begin), ...texts, ...around(frame.end)].join('\n');
}
