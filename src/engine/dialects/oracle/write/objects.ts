import { recordIn } from '#model/collections.ts';
import type { CustomType, Sequence, Trigger, View } from '#model/types.ts';
import { lexSql } from '../../base/lex.ts';
import { bracketed, closed, residueSql } from '../../base/write/clauses.ts';
import type { CommentTarget, KitScope, Unterminated } from '../../base/write/kit.ts';
import { type SqlText, sqlText } from '../../base/write/text.ts';
import { literal } from '../quote.ts';
import { VIEW_KINDS } from '../read/views.ts';
import { sequenceOptions } from './columns.ts';
import { typeSql } from './types.ts';

/** Kinds of objects whose text a semicolon does not end. */
const CODE = new Set(['FUNCTION', 'PROCEDURE', 'PACKAGE', 'TRIGGER', 'TYPE', 'LIBRARY', 'JAVA']);
const BEFORE_KIND = new Set(['OR', 'REPLACE', 'EDITIONABLE', 'NONEDITIONABLE', 'AND', 'RESOLVE', 'COMPILE', 'NOFORCE']);

/** What a client takes for PL/SQL, so that only a line with a slash runs it; undefined for plain SQL. */
function codeOf(sql: string): string | undefined {
  const words = lexSql(sql.slice(0, 2000), 'oracle').tokens.slice(0, 9);
  const [first] = words;
  if (first?.word === 'BEGIN' || first?.word === 'DECLARE' || first?.word === '<<') return 'BLOCK';
  if (first?.word !== 'CREATE') return undefined;
  const kind = words.slice(1).find((token) => !BEFORE_KIND.has(token.word))?.word ?? '';
  return CODE.has(kind) ? kind : undefined;
}

/** A statement with what ends it: a semicolon, and for PL/SQL the slash that runs it. */
export function ended(text: SqlText): SqlText {
  const { sql } = text;
  const code = codeOf(sql);
  // Java, and the call of a trigger that has no block, end without one.
  if (code === 'JAVA' || (code === 'TRIGGER' && /\nCALL\b[^;]*$/i.test(sql))) return text.add('\n/');
  text.add(closed(sql, 'oracle') === sql ? ';' : '\n;');
  return code === undefined ? text : text.add('\n/');
}

export function typeStatement(scope: KitScope, type: CustomType): Unterminated | undefined {
  if (type.kind === 'written') return { sql: type.definition };
  if (type.kind !== 'composite') return undefined;
  const isBefore = (one: string) => /^(?:FORCE|OID|AUTHID|DEFAULT|SHARING|ACCESSIBLE)\b/i.test(one);
  const residue = type.residue ?? [];
  const head = residueSql(residue.filter(isBefore), 'oracle').trimEnd();
  const text = sqlText(`CREATE TYPE ${scope.nameIn(type.schema, type.name)}${head} AS OBJECT (`);
  type.attributes.forEach((attribute, i) => {
    const sql = `${scope.ident(attribute.name)} ${typeSql(scope, attribute.type, attribute.id)}`;
    text
      .add('\n    ')
      .part(attribute.id, sql)
      .add(i < type.attributes.length - 1 ? ',' : '\n');
  });
  const tail = residueSql(
    residue.filter((one) => !isBefore(one)),
    'oracle',
  ).trimEnd();
  return { sql: text.add(`)${tail}`), body: true };
}

export function sequenceStatement(scope: KitScope, sequence: Sequence): Unterminated {
  const options = [...sequenceOptions(sequence.options), ...(sequence.residue ?? [])];
  return { sql: ['CREATE SEQUENCE', scope.nameIn(sequence.schema, sequence.name), ...options].join(' ') };
}

export function viewStatement(scope: KitScope, view: View): Unterminated {
  const { materialized, columns, options, query, checkOption, residue } = view;
  const kinds = new Set<string>(VIEW_KINDS);
  const before = (options ?? []).filter((one) => kinds.has(one.name)).map((one) => `${one.name} `);
  const after = (options ?? []).filter((one) => !kinds.has(one.name)).map(({ name, value }) => ` ${name} ${value}`);
  const isTail = (one: string) => materialized !== true && /^WITH\b/i.test(one);
  const list = columns === undefined || columns.length === 0 ? '' : ` (${columns.map((one) => scope.ident(one)).join(', ')})`;
  const head = `CREATE ${before.join('')}${materialized === true ? 'MATERIALIZED ' : ''}VIEW ${scope.nameIn(view.schema, view.name)}`;
  const tail = residue?.filter(isTail) ?? [];
  const check = checkOption === undefined ? '' : '\nWITH CHECK OPTION';
  if (checkOption === 'local') {
    scope.note({ feature: 'check option', message: 'Oracle checks the conditions of views below, too: LOCAL is left out.' });
  }
  const sql = [
    `${head}${list}${after.join('')}${residueSql(
      residue?.filter((one) => !isTail(one)),
      'oracle',
    )} AS\n`,
    check === '' && tail.length === 0 ? query : closed(query, 'oracle').trimEnd(),
    check,
    tail.map((one) => `\n${one}`).join(''),
  ];
  return { sql: sql.join('') };
}

/** Triggers live in the schema of what they stand on. */
export function triggerStatement(scope: KitScope, trigger: Trigger): Unterminated {
  const schema = scope.fact([trigger.on], (document) => {
    return (recordIn(document, 'tables', trigger.on) ?? recordIn(document, 'views', trigger.on))?.schema ?? '';
  });
  const name = schema === '' ? scope.ident(trigger.name) : scope.nameIn(schema, trigger.name);
  const columns = (trigger.updateOf ?? []).map((id) => scope.ident(scope.columnName(trigger.on, id) ?? id)).join(', ');
  const events = trigger.events
    .filter((event) => event !== 'truncate')
    .map((event) => (event === 'update' && columns !== '' ? `UPDATE OF ${columns}` : event.toUpperCase()));
  const lines = [
    `CREATE TRIGGER ${name}`,
    `${trigger.timing.toUpperCase()} ${events.join(' OR ')} ON ${scope.name(trigger.on)}`,
    ...(trigger.referencing === undefined ? [] : [`REFERENCING ${trigger.referencing}`]),
    ...(trigger.forEach === 'row' ? ['FOR EACH ROW'] : []),
    ...(trigger.residue ?? []),
    ...(trigger.enabled === 'disabled' ? ['DISABLE'] : []),
    ...(trigger.when === undefined ? [] : [`WHEN ${bracketed(trigger.when, 'oracle')}`]),
    trigger.execute,
  ];
  return { sql: lines.join('\n'), body: true };
}

/** `COMMENT ON ...`, which Oracle has for tables, views and their columns. */
export function commentStatement(scope: KitScope, target: CommentTarget, comment: string): string | undefined {
  const { kind, name, schema = '', on } = target;
  const is = ` IS ${literal(comment)}`;
  if (kind === 'column' || kind === 'view column')
    return `COMMENT ON COLUMN ${scope.nameIn(schema, on ?? '')}.${scope.ident(name)}${is}`;
  if (kind !== 'table' && kind !== 'view') return undefined;
  const id = scope.owner.record;
  const materialized =
    kind === 'view' && scope.fact([id], (document) => String(recordIn(document, 'views', id)?.materialized)) === 'true';
  return `COMMENT ON ${materialized ? 'MATERIALIZED VIEW' : 'TABLE'} ${scope.nameIn(schema, name)}${is}`;
}
