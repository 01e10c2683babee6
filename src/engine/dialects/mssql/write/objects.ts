import { findRecord } from '#model/collections.ts';
import type { CustomType, Relationship, Routine, Schema, Sequence, Stated, Table, Trigger, View } from '#model/types.ts';
import { statement, trimmed } from '../../base/write/clauses.ts';
import type { CommentTarget, KitScope, Unterminated } from '../../base/write/kit.ts';
import { quoteText } from '../quote.ts';
import { optionList } from './clauses.ts';
import { typeSql } from './column.ts';
import { schemaText } from './constraints.ts';

export function schemaSql(scope: KitScope, { name, owner }: Schema): Unterminated {
  const authorization = owner === undefined ? '' : ` AUTHORIZATION ${scope.ident(owner)}`;
  return { sql: `CREATE SCHEMA ${scope.ident(name)}${authorization}` };
}

/** Only a schema says its owner where it is made: everything else belongs to its schema's. */
export function tellOwner(scope: KitScope, { owner }: Stated): void {
  if (owner !== undefined) scope.lacks({ feature: 'owner' }, 'It belongs to the owner of its schema.');
}

export function typeStatement(scope: KitScope, type: CustomType): Unterminated | undefined {
  tellOwner(scope, type);
  if (type.kind === 'written') return { sql: trimmed(type.definition) };
  if (type.kind !== 'domain') return undefined;
  const lost = [
    type.default === undefined ? '' : 'default',
    type.collation === undefined ? '' : 'collation',
    type.checks.length === 0 ? '' : 'checks',
  ].filter((one) => one !== '');
  if (lost.length > 0) {
    const message = `A type of SQL Server holds no ${lost.join(', no ')}. Give ${lost.length > 1 || lost[0] === 'checks' ? 'them' : 'it'} to the columns.`;
    scope.note({ feature: 'domain', message });
  }
  const base = typeSql(scope, type.base, type.id);
  return {
    sql: `CREATE TYPE ${scope.nameIn(type.schema, type.name, true)} FROM ${base} ${type.notNull === true ? 'NOT NULL' : 'NULL'}`,
  };
}

const TYPES: Readonly<Record<string, string>> = { smallint: 'smallint', integer: 'int', bigint: 'bigint' };

export function sequenceSql(scope: KitScope, sequence: Sequence): Unterminated {
  tellOwner(scope, sequence);
  const { type, start, increment, min, max, cache, cycle } = sequence.options;
  const bound = (word: string, value: string | undefined) =>
    value === undefined ? '' : value === 'none' ? ` NO ${word}` : ` ${word} ${value}`;
  return {
    sql: [
      `CREATE SEQUENCE ${scope.nameIn(sequence.schema, sequence.name)}`,
      type === undefined ? '' : ` AS ${TYPES[type] ?? type}`,
      ...(sequence.residue ?? []).map((one) => ` ${one}`),
      start === undefined ? '' : ` START WITH ${start}`,
      increment === undefined ? '' : ` INCREMENT BY ${increment}`,
      bound('MINVALUE', min),
      bound('MAXVALUE', max),
      cycle === undefined ? '' : cycle ? ' CYCLE' : ' NO CYCLE',
      cache === undefined ? '' : cache === '0' ? ' NO CACHE' : ` CACHE ${cache}`,
    ].join(''),
  };
}

export function viewSql(scope: KitScope, view: View): Unterminated {
  tellOwner(scope, view);
  const columns =
    view.columns === undefined || view.columns.length === 0 ? '' : ` (${view.columns.map((one) => scope.ident(one)).join(', ')})`;
  const options = view.options === undefined || view.options.length === 0 ? '' : ` WITH ${optionList(view.options)}`;
  const checked = view.checkOption === undefined ? '' : '\nWITH CHECK OPTION';
  if (view.checkOption === 'local') {
    const message = 'SQL Server checks the views that a view reads from as well.';
    scope.note({ feature: 'check option', message });
  }
  const sql = `CREATE VIEW ${scope.nameIn(view.schema, view.name)}${columns}${options} AS\n${trimmed(view.query)}${checked}`;
  return { sql, body: true };
}

export function routineSql(scope: KitScope, routine: Routine): Unterminated {
  tellOwner(scope, routine);
  return { sql: trimmed(routine.definition), body: true };
}

/** The schema a trigger has: that of what it stands on. */
function placeOf(scope: KitScope, { on }: Trigger): { schema: string; table: string; kind: 'TABLE' | 'VIEW' } {
  const said = scope.fact([on], (document) => {
    const found = findRecord(document, on);
    const record = found?.record;
    const schema = record !== undefined && 'schema' in record ? String(record.schema) : '';
    return JSON.stringify([found?.collection ?? '', schema, record !== undefined && 'name' in record ? record.name : '']);
  });
  const [collection, schema, table] = JSON.parse(said) as [string, string, string];
  return { schema, table, kind: collection === 'views' ? 'VIEW' : 'TABLE' };
}

export function triggerSql(scope: KitScope, trigger: Trigger): Unterminated | undefined {
  const events = trigger.events.filter((one) => one !== 'truncate');
  if (trigger.timing === 'before' || trigger.when !== undefined || events.length === 0) return undefined;
  if (trigger.forEach === 'row') {
    const message = 'A trigger of SQL Server runs once for each statement: its body must look at all rows of inserted and deleted.';
    scope.note({ feature: 'trigger', message });
  }
  tellOwner(scope, trigger);
  const { schema } = placeOf(scope, trigger);
  const kept = trigger.residue ?? [];
  const clauses = (does: (one: string) => boolean) =>
    kept
      .filter(does)
      .map((one) => ` ${one}`)
      .join('');
  const isOption = (one: string) => /^with\b/i.test(one);
  const sql = [
    `CREATE TRIGGER ${scope.nameIn(schema, trigger.name)} ON ${scope.name(trigger.on)}`,
    clauses(isOption),
    `\n${trigger.timing === 'after' ? 'AFTER' : 'INSTEAD OF'} ${events.join(', ').toUpperCase()}`,
    clauses((one) => !isOption(one)),
    `\nAS\n${trigger.execute.trimEnd()}`,
  ];
  return { sql: sql.join(''), body: true };
}

/** `MS_Description` of what the levels name. */
function described(comment: string, levels: readonly (readonly [string, string])[]): string {
  const said = levels.map(([kind, name], i) => `@level${i}type = N'${kind}', @level${i}name = ${quoteText(name)}`);
  return `EXEC sys.sp_addextendedproperty @name = N'MS_Description', @value = ${quoteText(comment)},\n    ${said.join(', ')}`;
}

/** What an extended property holds is 7,500 bytes at most. */
const MAX_COMMENT = 3750;

const LEVEL1: Readonly<Partial<Record<CommentTarget['kind'], string>>> = {
  table: 'TABLE',
  view: 'VIEW',
  type: 'TYPE',
  sequence: 'SEQUENCE',
};

const LEVEL2: Readonly<Partial<Record<CommentTarget['kind'], readonly [string, string]>>> = {
  column: ['TABLE', 'COLUMN'],
  'view column': ['VIEW', 'COLUMN'],
  index: ['TABLE', 'INDEX'],
  key: ['TABLE', 'CONSTRAINT'],
  check: ['TABLE', 'CONSTRAINT'],
  'foreign key': ['TABLE', 'CONSTRAINT'],
};

function levelsOf(scope: KitScope, target: CommentTarget): (readonly [string, string])[] | undefined {
  const { kind, name, schema, on, routine } = target;
  if (kind === 'schema') return [['SCHEMA', name]];
  if (schema === undefined) return undefined;
  const first = ['SCHEMA', schemaText(scope, schema)] as const;
  if (kind === 'routine') return [first, [routine?.kind === 'procedure' ? 'PROCEDURE' : 'FUNCTION', name]];
  const one = LEVEL1[kind];
  if (one !== undefined) return [first, [one, name]];
  const two = LEVEL2[kind];
  if (two === undefined || on === undefined) return undefined;
  return [first, [two[0], on], [two[1], name]];
}

/** The statement that sets a comment. A constraint without a name has none: nothing could say which one is meant. */
export function commentSql(scope: KitScope, target: CommentTarget, comment: string): string | undefined {
  const levels = levelsOf(scope, target);
  if (levels === undefined || comment === '') return undefined;
  if (target.name === '') {
    scope.note({ feature: 'comment', message: `A comment on a ${target.kind} needs its name. Give it one.` });
    return undefined;
  }
  if (comment.length > MAX_COMMENT) {
    const message = `The comment on ${target.kind} ${target.name} has ${comment.length} characters; SQL Server keeps ${MAX_COMMENT}. Shorten it.`;
    scope.note({ feature: 'comment', message });
  }
  return described(comment, levels);
}

/** What is switched off once it is there. */
export function furtherTable(scope: KitScope, table: Table, links: readonly Relationship[]): void {
  for (const one of [...table.checks, ...links]) {
    if (one.notEnforced !== true) continue;
    const isLink = 'child' in one;
    if (one.name === undefined) {
      const message = 'SQL Server switches a constraint off by its name. Give it one: it is written as one that holds.';
      if (isLink) scope.unsupported.push({ record: one.id, feature: 'not enforced', message });
      else scope.note({ part: one.id, feature: 'not enforced', message });
      continue;
    }
    const sql = `ALTER TABLE ${scope.nameIn(table.schema, table.name)} NOCHECK CONSTRAINT ${scope.ident(one.name)}`;
    const text = statement(scope, undefined, sql);
    if (isLink) scope.putFor({ collection: 'relationships', record: one.id }, 'alter', 'alter', 'nocheck', text);
    else scope.put('alter', 'alter', `nocheck:${one.id}`, text, one.id);
  }
}

export function furtherTrigger(scope: KitScope, trigger: Trigger): void {
  const { schema, table, kind } = placeOf(scope, trigger);
  if (trigger.comment !== undefined && trigger.comment !== '') {
    const sql = described(trigger.comment, [
      ['SCHEMA', schemaText(scope, schema)],
      [kind, table],
      ['TRIGGER', trigger.name],
    ]);
    scope.put('trigger', 'comment', 'comment', statement(scope, undefined, sql));
  }
  if (trigger.enabled !== 'disabled') return;
  const sql = `DISABLE TRIGGER ${scope.nameIn(schema, trigger.name)} ON ${scope.name(trigger.on)}`;
  scope.put('trigger', 'alter', 'disable', statement(scope, undefined, sql));
}
