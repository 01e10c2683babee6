import type { CustomType, DomainType, Remark, Routine, Schema, Sequence, Trigger, Verbatim, View } from '#model/types.ts';
import type { Slot } from '../../base/write/slots.ts';
import { type SqlText, sqlText } from '../../base/write/text.ts';
import { inventedName } from '../names.ts';
import { ident, literal } from '../quote.ts';
import { checkSql } from './constraints.ts';
import { writeIndex } from './indexes.ts';
import {
  bracketed,
  closed,
  defaultSql,
  deferralSql,
  remarksAt,
  remarksBefore,
  residueSql,
  sequenceOptions,
  storageParameters,
  typeSql,
} from './parts.ts';
import { roleSql } from './policy.ts';
import type { Scope } from './scope.ts';

/**
 * A whole statement: remarks before it, the remarks of its end, the semicolon.
 * @param holds the statement ends in a list, and the remarks of its end stand within it.
 */
function statement(remarks: readonly Remark[] | undefined, text: string | SqlText, holds = false): SqlText {
  const out = sqlText(remarksBefore(remarks, 'before')).add(text);
  const end = remarksAt(remarks, 'end', false);
  if (holds) for (const remark of end) out.add(`\n${remark}`);
  out.add((holds && end.length > 0) || /--[^\n]*$/.test(out.sql) ? '\n;' : ';');
  for (const remark of remarksAt(remarks, 'end', true)) out.add(` ${remark}`);
  if (!holds) for (const remark of end) out.add(`\n${remark}`);
  return out;
}

/** COMMENT ON and OWNER TO of an object. @param kind as in `COMMENT ON kind`. */
function commentAndOwner(
  scope: Scope,
  kind: string,
  name: string,
  object: { readonly comment?: string; readonly owner?: string },
  slot: Slot = 'follow',
): void {
  if (object.comment !== undefined) {
    scope.put(slot, 'comment', 'comment', sqlText(`COMMENT ON ${kind} ${name} IS ${scope.comment(object.comment)};`));
  }
  if (object.owner !== undefined) {
    scope.put('owner', 'owner', 'owner', sqlText(`ALTER ${kind} ${name} OWNER TO ${roleSql(object.owner)};`));
  }
}

export function writeSchema(scope: Scope, schema: Schema): void {
  scope.checkName(schema.name);
  const name = ident(schema.name);
  if (schema.implicit !== true) {
    const guard = schema.name === 'public' ? 'IF NOT EXISTS ' : '';
    scope.put('here', 'create', 'create', statement(schema.remarks, `CREATE SCHEMA ${guard}${name}${residueSql(schema.residue)}`));
  }
  commentAndOwner(scope, 'SCHEMA', name, schema);
}

function domainSql(scope: Scope, domain: DomainType, name: string): SqlText {
  const text = sqlText(`CREATE DOMAIN ${name} AS ${typeSql(scope, domain.base)}`);
  if (domain.collation !== undefined) text.add(` COLLATE ${domain.collation}`);
  if (domain.default !== undefined) text.add(` DEFAULT ${defaultSql(domain.default.sql)}`);
  if (domain.notNull === true) text.add(' NOT NULL');
  for (const check of domain.checks) {
    const sql = check.notValid === true ? undefined : checkSql(scope, check);
    if (sql === undefined) continue;
    for (const remark of remarksAt(domain.remarks, check.id, false)) text.add(`\n    ${remark}`);
    text.add('\n    ').part(check.id, sql);
    for (const remark of remarksAt(domain.remarks, check.id, true)) text.add(` ${remark}`);
  }
  return text.add(residueSql(domain.residue));
}

function writeDomainChecks(scope: Scope, domain: DomainType, name: string): void {
  for (const check of domain.checks) {
    if (check.notValid === true) {
      const sql = checkSql(scope, check);
      if (sql !== undefined) {
        const text = sqlText(`ALTER DOMAIN ${name} ADD `).part(check.id, sql).add(';');
        scope.put('follow', 'constraint', `constraint:${check.id}`, text, check.id);
      }
    }
    if (check.comment === undefined) continue;
    const constraint = ident(check.name ?? inventedName(domain.name, [], 'check'));
    const text = sqlText(`COMMENT ON CONSTRAINT ${constraint} ON DOMAIN ${name} IS ${scope.comment(check.comment)};`);
    scope.put('follow', 'comment', `comment:${check.id}`, text, check.id);
  }
}

function listed(lines: readonly SqlText[]): SqlText {
  const text = sqlText();
  lines.forEach((line, i) => {
    text
      .add('\n    ')
      .add(line)
      .add(i < lines.length - 1 ? ',' : '\n');
  });
  return text;
}

export function writeType(scope: Scope, type: CustomType): void {
  scope.checkName(type.name);
  const name = scope.nameIn(type.schema, type.name, true);
  const text = sqlText();
  if (type.kind === 'domain') text.add(domainSql(scope, type, name));
  else if (type.kind === 'enum') {
    text
      .add(`CREATE TYPE ${name} AS ENUM (`)
      .add(listed(type.values.map((value) => sqlText(literal(value)))))
      .add(')');
  } else if (type.kind === 'composite') {
    const width = Math.max(0, ...type.attributes.map((one) => ident(one.name).length).filter((length) => length <= 32));
    const lines = type.attributes.map((one) => {
      const collation = one.collation === undefined ? '' : ` COLLATE ${one.collation}`;
      return sqlText().part(one.id, `${ident(one.name).padEnd(width)} ${typeSql(scope, one.type)}${collation}`);
    });
    text.add(`CREATE TYPE ${name} AS (`).add(listed(lines)).add(')');
  } else if (type.kind === 'written') text.add(closed(type.definition));
  else {
    const options = [
      { name: 'subtype', value: typeSql(scope, type.subtype) },
      ...type.parameters.filter((one) => one.name !== 'subtype'),
    ];
    text
      .add(`CREATE TYPE ${name} AS RANGE (`)
      .add(listed(options.map((one) => sqlText(`${one.name} = ${one.value}`))))
      .add(')');
  }
  if (type.kind !== 'domain') text.add(residueSql(type.residue));
  scope.put('here', 'create', 'create', statement(type.remarks, text, type.kind === 'domain' || type.kind === 'composite'));
  commentAndOwner(scope, type.kind === 'domain' ? 'DOMAIN' : 'TYPE', name, type);
  if (type.kind === 'domain') writeDomainChecks(scope, type, name);
  if (type.kind !== 'composite') return;
  for (const one of type.attributes) {
    if (one.comment === undefined) continue;
    const comment = sqlText(`COMMENT ON COLUMN ${name}.${ident(one.name)} IS ${scope.comment(one.comment)};`);
    scope.put('follow', 'comment', `comment:${one.id}`, comment, one.id);
  }
}

export function writeSequence(scope: Scope, sequence: Sequence): void {
  scope.checkName(sequence.name);
  const name = scope.nameIn(sequence.schema, sequence.name);
  let persistence = '';
  if (sequence.persistence === 'temporary') persistence = 'TEMPORARY ';
  else if (sequence.persistence === 'unlogged' && scope.has('unlogged-sequence', 'It is written as a logged one.'))
    persistence = 'UNLOGGED ';
  const create = `CREATE ${persistence}SEQUENCE ${name}${sequenceOptions(sequence.options)}${residueSql(sequence.residue)}`;
  scope.put('here', 'create', 'create', statement(sequence.remarks, create));
  commentAndOwner(scope, 'SEQUENCE', name, sequence);
  if (sequence.ownedBy === undefined) return;
  const { table, column } = sequence.ownedBy;
  const columnName = scope.columnName(table, column);
  if (columnName === undefined) return;
  const owned = sqlText(`ALTER SEQUENCE ${name} OWNED BY ${scope.name(table)}.${ident(columnName)};`);
  // Owners first: PostgreSQL wants a sequence and its table to have the same owner.
  scope.put('with', 'alter', 'owned-by', owned);
}

export function writeView(scope: Scope, view: View, later: boolean): void {
  scope.checkName(view.name);
  const name = scope.nameIn(view.schema, view.name);
  const materialized = view.materialized === true;
  const kind = materialized ? 'MATERIALIZED VIEW' : 'VIEW';
  const options = (view.options ?? []).filter(
    (option) => option.name !== 'security_invoker' || scope.has('security-invoker', 'The view is written without it.'),
  );
  const query = closed(view.query.trim().replace(/;\s*$/, ''));
  const create = [
    `CREATE ${view.temporary === true ? 'TEMPORARY ' : ''}${view.recursive === true ? 'RECURSIVE ' : ''}${kind} ${name}`,
    view.columns === undefined || view.columns.length === 0 ? '' : ` (${view.columns.map(ident).join(', ')})`,
    view.accessMethod === undefined ? '' : ` USING ${ident(view.accessMethod)}`,
    options.length === 0 ? '' : ` WITH ${storageParameters(options)}`,
    view.tablespace === undefined ? '' : ` TABLESPACE ${ident(view.tablespace)}`,
    ` AS\n${query}`,
    view.checkOption === undefined ? '' : `\nWITH ${view.checkOption.toUpperCase()} CHECK OPTION`,
    view.withNoData === true ? '\nWITH NO DATA' : '',
    residueSql(view.residue),
  ].join('');
  scope.put('here', 'create', 'create', statement(view.remarks, create));
  commentAndOwner(scope, kind, name, view);
  for (const { column, comment } of view.columnComments ?? []) {
    const text = sqlText(`COMMENT ON COLUMN ${name}.${ident(column)} IS ${scope.comment(comment)};`);
    scope.put('follow', 'comment', `comment:${column}`, text);
  }
  for (const index of view.indexes) writeIndex(scope, view, index, later ? 'index' : 'follow', false);
}

export function writeRoutine(scope: Scope, routine: Routine): void {
  const create = closed(routine.definition.trim().replace(/;\s*$/, ''));
  scope.put('here', 'create', 'create', statement(routine.remarks, create));
  const name = `${scope.nameIn(routine.schema, routine.name)}(${routine.signature})`;
  commentAndOwner(scope, routine.kind.toUpperCase(), name, routine);
}

function triggerSql(scope: Scope, trigger: Trigger): string {
  const events = trigger.events.map((event) => {
    if (event !== 'update' || trigger.updateOf === undefined || trigger.updateOf.length === 0) return event.toUpperCase();
    return `UPDATE OF ${trigger.updateOf.map((id) => ident(scope.columnName(trigger.on, id) ?? id)).join(', ')}`;
  });
  return [
    `CREATE ${trigger.constraint === true ? 'CONSTRAINT ' : ''}TRIGGER ${ident(trigger.name)}`,
    `\n    ${trigger.timing.toUpperCase()} ${events.join(' OR ')} ON ${scope.name(trigger.on)}`,
    trigger.constraintFrom === undefined ? '' : ` FROM ${scope.name(trigger.constraintFrom)}`,
    deferralSql(trigger.deferral),
    trigger.referencing === undefined
      ? ''
      : `\n    ${closed(/^\s*referencing\b/i.test(trigger.referencing) ? trigger.referencing : `REFERENCING ${trigger.referencing}`)}`,
    `\n    FOR EACH ${trigger.forEach.toUpperCase()}`,
    trigger.when === undefined ? '' : `\n    WHEN ${bracketed(trigger.when)}`,
    `\n    EXECUTE FUNCTION ${closed(trigger.execute)}`,
    residueSql(trigger.residue),
  ].join('');
}

const ENABLED = { disabled: 'DISABLE', replica: 'ENABLE REPLICA', always: 'ENABLE ALWAYS' } as const;

export function writeTrigger(scope: Scope, trigger: Trigger): void {
  scope.checkName(trigger.name);
  const on = scope.name(trigger.on);
  scope.put('trigger', 'create', 'create', statement(trigger.remarks, triggerSql(scope, trigger)));
  if (trigger.enabled !== undefined) {
    const text = sqlText(`ALTER TABLE ${on} ${ENABLED[trigger.enabled]} TRIGGER ${ident(trigger.name)};`);
    scope.put('trigger', 'alter', 'enabled', text);
  }
  if (trigger.comment !== undefined) {
    const text = sqlText(`COMMENT ON TRIGGER ${ident(trigger.name)} ON ${on} IS ${scope.comment(trigger.comment)};`);
    scope.put('trigger', 'comment', 'comment', text);
  }
}

export function writeVerbatim(scope: Scope, verbatim: Verbatim): void {
  const sql = verbatim.sql.trim().replace(/;\s*$/, '');
  scope.put(verbatim.place === 'with' ? 'with' : 'here', 'verbatim', 'verbatim', statement(verbatim.remarks, closed(sql)));
}
