import { recordIn } from '#model/collections.ts';
import { ancestorsOf } from '#model/derive/columns.ts';
import type { WorkloadQuery } from '#model/query-types.ts';
import type { Document, Id, Table, View } from '#model/types.ts';
import { lexSql } from '../dialects/base/lex.ts';
import type { PgParser } from '../sql/parser-port.ts';
import { analyseQuery } from './analyse.ts';
import type { QueryFacts } from './facts.ts';

/** What each query of a workload says, by its id. */
export type WorkloadReport = Readonly<Record<Id, QueryFacts>>;

type Relation = Table | View;

/** Relations by name in small letters: looser than any dialect tells names apart, so that nothing is missed. */
type ByName = ReadonlyMap<string, readonly Relation[]>;

interface Known {
  /** The records that the answer was made of. */
  readonly inputs: readonly unknown[];
  readonly facts: QueryFacts;
}

function byName({ tables, views }: Document): ByName {
  const found = new Map<string, Relation[]>();
  for (const one of [...Object.values(tables), ...Object.values(views)]) {
    const key = one.name.toLowerCase();
    const list = found.get(key);
    if (list === undefined) found.set(key, [one]);
    else list.push(one);
  }
  return found;
}

/** Words of a text, names in quotes without these. */
function wordsOf(sql: string, document: Document): readonly string[] {
  const words = new Set<string>();
  for (const { kind, text } of lexSql(sql, document.settings['settings']?.dialect ?? 'postgresql').tokens) {
    if (kind === 'word') words.add(text.toLowerCase());
    // SQLite and MySQL read a string in double quotes as a name, or as a string, as they please.
    else if (kind === 'quoted' || kind === 'string') words.add(text.slice(1, -1).toLowerCase());
  }
  return [...words];
}

/** Texts that say more names: what a view reads, and what policies of a table look up. */
function textsIn(record: Relation): readonly string[] {
  if ('query' in record) return [record.query];
  return record.rowSecurity === undefined ? [] : record.policies.flatMap(({ using }) => using ?? []);
}

/** Every relation whose name occurs in a text, or in the text of one that does, and what these inherit from. */
function mentioned(sql: string, document: Document, names: ByName, words: (sql: string) => readonly string[]): readonly Relation[] {
  const found = new Set<Relation>();
  const open = [sql];
  for (let text = open.pop(); text !== undefined; text = open.pop()) {
    const direct = words(text).flatMap((word) => names.get(word) ?? []);
    for (const record of direct) {
      const line: Relation[] = [record];
      for (let one = line.pop(); one !== undefined; one = line.pop()) {
        if (found.has(one)) continue;
        found.add(one);
        open.push(...textsIn(one));
        if ('query' in one) continue;
        line.push(...ancestorsOf(one).flatMap((id) => recordIn(document, 'tables', id) ?? []));
      }
    }
  }
  return [...found];
}

const sameList = (a: readonly unknown[], b: readonly unknown[]) => a.length === b.length && a.every((one, i) => one === b[i]);

/**
 * A function that tells what the queries of a document say and remembers it: a query is read again only when its text, role or
 * parameters are others, or a table or view it may mean, so that an edit costs what it touches. What is the same is the same
 * object.
 * @param parser PostgreSQL's own; needed for its dialect only.
 */
export function createWorkloadReader(parser: PgParser | undefined): (document: Document) => WorkloadReport {
  let before: Document | undefined;
  let report: WorkloadReport = {};
  let known = new Map<Id, Known>();
  let texts = new Map<string, readonly string[]>();

  /** @param named whether tables and views have the names they had. */
  function read(query: WorkloadQuery, document: Document, records: readonly unknown[], named: () => boolean): Known {
    const was = known.get(query.id);
    const inputs = [query.sql, query.role, query.parameters, ...records];
    // What an unknown name may have meant depends on all names there are.
    const open = was?.facts.findings.some(({ code }) => code === 'unknown-table') === true;
    if (was !== undefined && sameList(was.inputs, inputs) && (!open || named())) return was;
    return { inputs, facts: analyseQuery(document, query, parser) };
  }

  return (document) => {
    if (before !== undefined && sameSources(before, document)) return report;
    if (before?.settings !== document.settings) texts = new Map();
    const used = new Map<string, readonly string[]>();
    const words = (sql: string) => {
      const found = used.get(sql) ?? texts.get(sql) ?? wordsOf(sql, document);
      used.set(sql, found);
      return found;
    };
    const queries = Object.values(document.queries);
    const names = queries.length === 0 ? new Map() : byName(document);
    const { settings, schemas, types, sequences } = document;
    const around = [settings, schemas, types, sequences];
    const now = new Map<Id, Known>();
    let same = known.size === queries.length;
    let named: boolean | undefined;
    const isNamed = () => {
      named ??= sameNames(before, document);
      return named;
    };
    for (const query of queries) {
      const one = read(query, document, [...around, ...mentioned(query.sql, document, names, words)], isNamed);
      same &&= known.get(query.id)?.facts === one.facts;
      now.set(query.id, one);
    }
    known = now;
    texts = used;
    before = document;
    if (!same) report = Object.fromEntries([...now].map(([id, { facts }]) => [id, facts]));
    return report;
  };
}

function sameSources(a: Document, b: Document): boolean {
  const parts = ['queries', 'tables', 'views', 'settings', 'schemas', 'types', 'sequences'] as const;
  return parts.every((part) => a[part] === b[part]);
}

/** Whether tables and views have the names they had. */
function sameNames(a: Document | undefined, b: Document): boolean {
  if (a === undefined) return false;
  if (a.tables === b.tables && a.views === b.views) return true;
  const namesIn = ({ tables, views }: Document) => [...Object.values(tables), ...Object.values(views)].map((one) => one.name);
  return sameList(namesIn(a), namesIn(b));
}
