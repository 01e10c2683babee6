import { COLLECTIONS, recordIn } from '#model/collections.ts';
import type { AnyRecord, Collection, Document, Id, Relationship, Table, Waiver } from '#model/types.ts';
import type { Finding } from '../finding.ts';
import { memoWithInputs } from '../memo.ts';
import type { ModelContext, Rule, Said, Scope } from './define.ts';
import { type Facts, factsOf } from './facts.ts';
import { createMentions, type Mentions, TEXTUAL } from './mentions.ts';
import { RULES } from './registry.ts';
import { type CheckPorts, childInputs, ownInputs, type TableContext, tableContext, tableInputs } from './table-context.ts';

type Memo<K extends object> = ReturnType<typeof memoWithInputs<K, readonly Finding[]>>;

/** What a run remembers for the next: findings by the records they were made of. */
export interface CheckCache {
  readonly objects: Memo<AnyRecord>;
  readonly texts: Memo<AnyRecord>;
  readonly tables: Memo<Table>;
  readonly tablesInModel: Memo<Table>;
  readonly relationships: Memo<Relationship>;
  readonly mentions: Mentions;
  facts?: Facts;
}

export function createCheckCache(): CheckCache {
  return {
    objects: memoWithInputs(),
    texts: memoWithInputs(),
    mentions: createMentions(),
    tables: memoWithInputs(),
    tablesInModel: memoWithInputs(),
    relationships: memoWithInputs(),
  };
}

export interface CheckOptions extends CheckPorts {
  readonly rules?: readonly Rule[];
  readonly cache?: CheckCache;
}

function finding(rule: Rule, said: Said): Finding {
  return {
    rule: rule.id,
    severity: said.severity ?? rule.severity,
    at: said.at,
    message: { what: said.what, why: said.why ?? rule.docs.why, todo: said.todo ?? rule.docs.todo },
    ...(said.evidence === undefined ? {} : { evidence: said.evidence }),
    fixes: said.fixes ?? [],
  };
}

type OfScope<S extends Scope> = Extract<Rule, { readonly scope: S }>;

function ofScope<S extends Scope>(rules: readonly Rule[], scope: S): OfScope<S>[] {
  return rules.filter((rule): rule is OfScope<S> => rule.scope === scope);
}

const NAMED: readonly Collection[] = COLLECTIONS.map((one) => one.name).filter((name) =>
  ['schemas', 'types', 'sequences', 'tables', 'views', 'routines', 'triggers'].includes(name),
);

/**
 * Every finding of a document, in a stable order: by kind of record, in document order, then by rule. With a cache an edit
 * costs the records it touched and what was made of them. Findings a waiver covers carry its id.
 */
export function checkDocument(document: Document, options: CheckOptions = {}): readonly Finding[] {
  const rules = options.rules ?? RULES;
  const cache = options.cache ?? createCheckCache();
  const contexts = new Map<Id, TableContext | undefined>();
  const table = (id: Id) => {
    if (!contexts.has(id)) {
      const record = recordIn(document, 'tables', id);
      contexts.set(id, record === undefined ? undefined : tableContext(document, record, options));
    }
    return contexts.get(id);
  };
  const facts = factsOf(document, cache.facts);
  cache.facts = facts;
  const at: Run = { document, cache, facts, table, ports: options };
  const found = [
    ...objectFindings(at, ofScope(rules, 'object')),
    ...textFindings(at, ofScope(rules, 'text')),
    ...tableFindings(at, ofScope(rules, 'table'), ofScope(rules, 'tableInModel')),
    ...relationshipFindings(at, ofScope(rules, 'relationship')),
    ...modelFindings(at, ofScope(rules, 'model')),
  ];
  return waive(found, Object.values(document.waivers));
}

interface Run {
  readonly document: Document;
  readonly cache: CheckCache;
  readonly facts: Facts;
  readonly table: (id: Id) => TableContext | undefined;
  readonly ports: CheckPorts;
}

function objectFindings({ document, cache }: Run, rules: readonly OfScope<'object'>[]): Finding[] {
  const settings = recordIn(document, 'settings', 'settings');
  return NAMED.flatMap((collection) =>
    Object.values(document[collection] as Readonly<Record<Id, AnyRecord>>).flatMap((record) =>
      cache.objects(record, [settings, 'schema' in record ? recordIn(document, 'schemas', record.schema) : undefined], () =>
        rules.flatMap((rule) => rule.check({ document, collection, record }).map((said) => finding(rule, said))),
      ),
    ),
  );
}

function textFindings({ document, cache, ports }: Run, rules: readonly OfScope<'text'>[]): Finding[] {
  const { parser } = ports;
  if (parser === undefined || rules.length === 0) return [];
  const inputsOf = cache.mentions(document);
  return TEXTUAL.flatMap((collection) =>
    Object.values(document[collection] as Readonly<Record<Id, AnyRecord>>).flatMap((record) => {
      const inputs = inputsOf(collection, record);
      if (inputs === undefined) return [];
      return cache.texts(record, [parser, ...inputs], () =>
        rules.flatMap((rule) => rule.check({ document, collection, record, parser }).map((said) => finding(rule, said))),
      );
    }),
  );
}

function tableFindings(
  { document, cache, facts, table }: Run,
  own: readonly OfScope<'table'>[],
  inModel: readonly OfScope<'tableInModel'>[],
): Finding[] {
  return Object.values(document.tables).flatMap((record) => {
    const inputs = tableInputs(document, record);
    const context = () => table(record.id) as TableContext;
    const alone = cache.tables(record, inputs, () =>
      own.flatMap((rule) => rule.check(context()).map((said) => finding(rule, said))),
    );
    const among = cache.tablesInModel(record, [facts, ...inputs], () =>
      inModel.flatMap((rule) => rule.check(context(), facts).map((said) => finding(rule, said))),
    );
    return [...alone, ...among];
  });
}

function relationshipFindings({ document, cache, table }: Run, rules: readonly OfScope<'relationship'>[]): Finding[] {
  return Object.values(document.relationships).flatMap((relationship) => {
    const child = recordIn(document, 'tables', relationship.child);
    const parent = recordIn(document, 'tables', relationship.parent);
    if (child === undefined || parent === undefined) return [];
    const inputs = [child, parent, ...childInputs(document, child), ...ownInputs(document, parent)];
    return cache.relationships(relationship, inputs, () => {
      const at = { document, relationship, child: table(child.id) as TableContext, parent: table(parent.id) as TableContext };
      return rules.flatMap((rule) => rule.check(at).map((said) => finding(rule, said)));
    });
  });
}

function modelFindings({ document, facts, table }: Run, rules: readonly OfScope<'model'>[]): Finding[] {
  const at: ModelContext = { document, facts, table, verdict: (id) => table(id)?.verdict() };
  return rules.flatMap((rule) => rule.check(at).map((said) => finding(rule, said)));
}

function waive(findings: readonly Finding[], waivers: readonly Waiver[]): readonly Finding[] {
  if (waivers.length === 0) return findings;
  const key = (rule: string, record: Id, part: Id | undefined) => `${rule}\n${record}\n${part ?? ''}`;
  const byPlace = new Map(waivers.map((one) => [key(one.rule, one.at.record, one.at.part), one.id]));
  return findings.map((one) => {
    const first = one.at[0];
    const waivedBy = first === undefined ? undefined : byPlace.get(key(one.rule, first.record, first.part));
    return waivedBy === undefined ? one : { ...one, waivedBy };
  });
}
