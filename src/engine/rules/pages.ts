import { TRAITS } from '../dialects/base/traits.ts';
import { type BadExample, CATEGORIES, type Category, type GoodExample, type Rule } from './define.ts';

const CATEGORY_TITLE: Readonly<Record<Category, string>> = {
  keys: 'Keys',
  relationships: 'Relationships',
  normalization: 'Normalization',
  types: 'Types',
  constraints: 'Constraints',
  indexes: 'Indexes',
  partitioning: 'Partitioning',
  security: 'Security',
  naming: 'Naming',
  audit: 'Audit',
  references: 'References',
  workload: 'Workload',
};

const SEVERITY = { error: 'error', warning: 'warning', info: 'note' } as const;

type Query = NonNullable<GoodExample['queries']>[number];

/** What an example says of a query beside its text. */
function queryWords({ name, callsPerHour, purpose }: Omit<Query, 'sql'>, at: number): string {
  const calls = callsPerHour === undefined ? [] : [`${callsPerHour} calls an hour`];
  return [name ?? `Query ${at + 1}`, ...calls, ...(purpose === undefined ? [] : [purpose])].join(', ');
}

function exampleText(example: GoodExample | BadExample): string {
  const note = example.note === undefined ? '' : `${example.note}\n\n`;
  const expect = 'expect' in example ? `\nReported at: ${example.expect.map((place) => `\`${place}\``).join(', ')}\n` : '';
  const queries = (example.queries ?? []).map(
    ({ sql, ...said }, i) => `\n-- ${queryWords(said, i)}\n${sql.replace(/;?\s*$/, ';')}`,
  );
  return `${note}\`\`\`sql\n${[example.ddl, ...queries].join('\n')}\n\`\`\`\n${expect}`;
}

/** The databases whose schemas a rule looks at, where these are not all. */
function dialectsText({ dialects }: Rule): string {
  return dialects === undefined ? '' : ` · ${dialects.map((one) => TRAITS[one].label).join(', ')}`;
}

function rulePage(rule: Rule): string {
  return `# ${rule.title}

\`${rule.id}\` · ${CATEGORY_TITLE[rule.category].toLowerCase()} · ${SEVERITY[rule.severity]}${dialectsText(rule)}

${rule.docs.what}

**Why it matters.** ${rule.docs.why}

**What to do.** ${rule.docs.todo}

## Reported

${rule.examples.bad.map(exampleText).join('\n')}
## Not reported

${rule.examples.good.map(exampleText).join('\n')}
## Sources

${rule.sources.map((source) => `- ${source}`).join('\n')}
`;
}

function indexPage(rules: readonly Rule[]): string {
  const sections = CATEGORIES.flatMap((category) => {
    const own = rules.filter((rule) => rule.category === category);
    if (own.length === 0) return [];
    const lines = own.map((rule) => `| [${rule.id}](${rule.id}.md) | ${SEVERITY[rule.severity]} | ${rule.title} |`);
    return [`## ${CATEGORY_TITLE[category]}\n\n| Rule | Severity | Says |\n|---|---|---|\n${lines.join('\n')}\n`];
  });
  return `# Design rules

${rules.length} rules look at a model; some only at that of the databases that their page names. Each page is made of the rule's own texts and of the examples that run as its tests;
\`npm run docs:rules\` writes them anew. The severity is the usual one: a finding may say less where the case is milder.

${sections.join('\n')}`;
}

/** The pages of `docs/rules` by file name. */
export function rulePages(rules: readonly Rule[]): ReadonlyMap<string, string> {
  return new Map([['README.md', indexPage(rules)], ...rules.map((rule): [string, string] => [`${rule.id}.md`, rulePage(rule)])]);
}
