import { readFileSync } from 'node:fs';
import type { Budget } from '#engine/budget.ts';
import { constantColumns, equivalentColumns, fdsOf } from '#engine/discover/dependencies.ts';
import { type Exploration, explore } from '#engine/discover/explore.ts';
import { proposeForeignKeys } from '#engine/discover/foreign-keys.ts';
import { inclusions, type NamedRelation } from '#engine/discover/inclusion.ts';
import { type Data, type ReadOptions, readData } from '#engine/discover/read/data.ts';
import { type RecoveredSchema, recoverTables } from '#engine/discover/recover.ts';
import { bitItems } from '#lib/bitset.ts';
import { err, type Result } from '#lib/result.ts';
import type { Dialect } from '#model/types.ts';
import { decode } from '#storage/decode.ts';
import { parseArguments } from '../arguments.ts';
import { type Command, type ExitCode, type Streams, UsageError } from '../command.ts';
import { dialectOf } from '../input.ts';

/** Dependencies the text lists; `--json` lists all. */
const SHOWN = 40;

const SEPARATORS: Readonly<Record<string, string>> = { '\\t': '\t', tab: '\t', comma: ',', semicolon: ';', bar: '|' };

interface Options {
  readonly read: ReadOptions;
  readonly maxLeft?: number;
  readonly nulls: 'equal' | 'distinct';
  /** Whose types the proposed table has. */
  readonly dialect: Dialect;
  readonly seconds?: number;
}

function numberOf(text: string | undefined, name: string): number | undefined {
  if (text === undefined) return undefined;
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) throw new UsageError(`--${name} needs a whole number.`);
  return value;
}

function optionsOf(options: ReadonlyMap<string, string>, flags: ReadonlySet<string>): Options {
  const given = options.get('separator');
  const separator = given !== undefined && Object.hasOwn(SEPARATORS, given) ? SEPARATORS[given] : given;
  if (separator !== undefined && separator.length !== 1) throw new UsageError('--separator needs one character, or tab.');
  const nulls = options.get('null');
  const maxLeft = numberOf(options.get('max-left'), 'max-left');
  const seconds = numberOf(options.get('seconds'), 'seconds');
  return {
    read: {
      ...(separator === undefined ? {} : { separator }),
      header: !flags.has('no-header'),
      ...(nulls === undefined ? {} : { nulls: nulls.split(',') }),
    },
    nulls: flags.has('nulls-distinct') ? 'distinct' : 'equal',
    dialect: dialectOf(options.get('to')) ?? 'postgresql',
    ...(maxLeft === undefined ? {} : { maxLeft }),
    ...(seconds === undefined ? {} : { seconds }),
  };
}

function load(path: string, options: Options, budget: Budget): Result<Data> {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path === '-' ? 0 : path);
  } catch (error) {
    return err('unreadable', `${path} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  const decoded = decode(bytes);
  return decoded.ok ? readData(decoded.value.text, budget, options.read) : decoded;
}

/** Stops after the seconds given, if any. */
function budgetOf(options: Options): Budget {
  if (options.seconds === undefined) return { shouldStop: () => false };
  const end = performance.now() + options.seconds * 1000;
  return { shouldStop: () => performance.now() > end };
}

interface Table {
  readonly name: string;
  readonly data: Data;
  readonly seen: Exploration;
  readonly recovered: RecoveredSchema;
}

/** What a file says, as plain data with names of columns: dependencies likeliest first, what speaks for each beside them. */
function report({ name, data, seen, recovered }: Table) {
  const { profiles, discovery: found, approximate } = seen;
  const names = (columns: readonly number[]) => columns.map((column) => profiles[column]?.name ?? '');
  const fds = fdsOf(found.value);
  const scored = new Map(seen.ranked.map((one) => [one.left.join(), one]));
  const listed = fds
    .map((fd) => ({ left: bitItems(fd.left), right: bitItems(fd.right), ranked: scored.get(bitItems(fd.left).join()) }))
    .sort((a, b) => (b.ranked?.score ?? -1) - (a.ranked?.score ?? -1));
  return {
    file: name,
    rows: data.relation.rows,
    columns: profiles.length,
    ...(data.format === undefined ? {} : { format: data.format }),
    nulls: data.nulls,
    skippedRows: data.skipped,
    skips: data.skips,
    complete: found.complete && data.whole,
    ...(found.reason === undefined ? {} : { reason: found.reason }),
    completeUpToLeft: found.completeUpToLeft,
    sampledRows: found.sampledRows,
    dependencyCount: found.value.count,
    keyCount: found.value.keys.count,
    profile: profiles,
    constants: names(constantColumns(found.value)),
    equivalent: equivalentColumns(found.value).map(names),
    keys: seen.keys.map(({ columns, score }) => ({ columns: names(columns), score: round(score) })),
    // As `crowfoot normalize` takes them.
    attributes: profiles.map((profile) => profile.name),
    dependencies: listed.map(({ left, right }) => [names(left), names(right)] as const),
    evidence: listed.map(({ ranked: one }) =>
      one === undefined ? null : { score: round(one.score), groups: one.groups, redundantCells: one.redundantCells },
    ),
    approximate: approximate.value.map(({ left, right, violating, g3, examples }) => ({
      left: names(left),
      right: names([right])[0] ?? '',
      violating,
      g3,
      // Rows count from 1, as people do.
      examples: examples.map(({ usual, odd }) => ({ usual: usual + 1, odd: odd + 1 })),
    })),
    approximateComplete: approximate.complete,
    proposal: seen.proposal,
    // What likely dependencies alone make of the columns, one table where there are none.
    tables: recovered.tables.map(({ columns, keys }) => ({ columns: names(columns), keys: keys.map(names) })),
  };
}

type Report = ReturnType<typeof report>;

function round(score: number): number {
  return Math.round(score * 1000) / 1000;
}

/** A table's columns, those of its first key first and marked. */
function tableLine({ columns, keys: [key = []] }: Report['tables'][number]): string {
  const marked = key.length === columns.length ? columns : key.map((name) => `${name}*`);
  return `  (${[...marked, ...columns.filter((name) => !key.includes(name))].join(', ')})`;
}

function asText(one: Report): string {
  const more = (count: number) => (count > SHOWN ? [`  and ${count - SHOWN} more; --json lists all`] : []);
  const side = (columns: readonly string[]) => (columns.length === 0 ? '(nothing)' : columns.join(', '));
  const dependency = ([left, right]: Report['dependencies'][number], at: number) =>
    `  ${side(left)} -> ${side(right)}${one.evidence[at]?.groups === 0 ? '   no evidence: the left side never repeats' : ''}`;
  const nearly = one.approximate.slice(0, SHOWN).map(({ left, right, violating, examples }) => {
    const at = examples.map(({ usual, odd }) => `${odd} against ${usual}`).join(', ');
    return `  ${side(left)} -> ${right}   but for ${violating} rows; such as rows ${at}`;
  });
  const lines = [
    `${one.file}: ${one.rows} rows, ${one.columns} columns, ${one.dependencyCount} dependencies, ${one.keyCount} keys`,
    one.complete
      ? 'complete: every minimal dependency and key is there'
      : `not complete: ${one.reason ?? 'the file was not read to its end'}`,
    ...(one.constants.length === 0 ? [] : [`one value only: ${one.constants.join(', ')}`]),
    ...one.equivalent.map((group) => `say the same: ${group.join(', ')}`),
    ...(one.keys.length === 0 ? [] : ['keys:', ...one.keys.slice(0, SHOWN).map(({ columns }) => `  ${side(columns)}`)]),
    ...more(one.keys.length),
    ...(one.dependencies.length === 0 ? [] : ['dependencies:', ...one.dependencies.slice(0, SHOWN).map(dependency)]),
    ...more(one.dependencies.length),
    ...(nearly.length === 0 ? [] : ['nearly:', ...nearly]),
    ...(one.tables.length < 2 ? [] : ['tables that it may be joined from:', ...one.tables.map(tableLine)]),
  ];
  return `${lines.join('\n')}\n`;
}

function foreignKeys(tables: readonly Table[], budget: Budget) {
  const named: NamedRelation[] = tables.map(({ name, data }) => ({
    name: name.replace(/^.*[/\\]/, '').replace(/\.[^.]*$/, ''),
    relation: data.relation,
  }));
  const found = inclusions(named, budget);
  const proposals = proposeForeignKeys(
    named,
    tables.map(({ seen }) => seen.profiles),
    found.value,
  );
  const names = (table: number, columns: readonly number[]) =>
    columns.map((column) => tables[table]?.seen.profiles[column]?.name ?? '');
  return proposals.map(({ inclusion: { child, childColumns, parent, parentColumns }, score, coverage, why }) => ({
    child: named[child]?.name ?? '',
    childColumns: names(child, childColumns),
    parent: named[parent]?.name ?? '',
    parentColumns: names(parent, parentColumns),
    score: round(score),
    coverage: round(coverage),
    why,
  }));
}

async function run(args: readonly string[], streams: Streams): Promise<ExitCode> {
  const parsed = parseArguments(args, ['separator', 'max-left', 'null', 'seconds', 'to'], ['no-header', 'nulls-distinct', 'json']);
  if (parsed.files.length === 0) throw new UsageError('Name a file, or - for standard input.');
  const options = optionsOf(parsed.options, parsed.flags);
  const budget = budgetOf(options);
  const tables: Table[] = [];
  for (const name of parsed.files) {
    const data = load(name, options, budget);
    if (!data.ok) {
      streams.err(`${name}: ${data.problem.message}\n`);
      return 2;
    }
    const { nulls, maxLeft, dialect } = options;
    const { relation } = data.value;
    const seen = explore(relation, { name, nulls, maxLeft, dialect }, budget);
    tables.push({ name, data: data.value, seen, recovered: recoverTables(relation, seen, budget) });
  }
  for (const { name, data } of tables) {
    for (const { line, column, reason } of data.skips) streams.err(`${name}:${line}:${column}: ${reason} The row is left out.\n`);
    if (data.skipped > data.skips.length) streams.err(`${name}: ${data.skipped - data.skips.length} more rows are left out.\n`);
  }
  const reports = tables.map(report);
  const links = tables.length > 1 ? foreignKeys(tables, budget) : [];
  if (parsed.flags.has('json')) {
    const [only] = reports;
    streams.out(`${JSON.stringify(tables.length === 1 ? only : { tables: reports, foreignKeys: links }, null, 2)}\n`);
    return 0;
  }
  for (const one of reports) streams.out(asText(one));
  if (links.length > 0) {
    const line = (one: (typeof links)[number]) =>
      `  ${one.child}(${one.childColumns.join(', ')}) -> ${one.parent}(${one.parentColumns.join(', ')})   ${one.why.join('; ')}\n`;
    streams.out(`foreign keys that fit:\n${links.slice(0, SHOWN).map(line).join('')}`);
  }
  return 0;
}

export const discover: Command = {
  name: 'discover',
  usage:
    'FILE.csv... [--separator ;] [--no-header] [--max-left N] [--null WORD,...] [--nulls-distinct] [--seconds N] [--to DIALECT] [--json]',
  summary: 'Dependencies, keys, near dependencies and foreign keys that hold in rows of CSV, TSV or JSON lines',
  run,
};
