import type { Schema, Sequence, Trigger, View } from '#model/types.ts';
import { lexSql } from '../../base/lex.ts';
import { closed, residueSql, trimmed } from '../../base/write/clauses.ts';
import type { KitScope, Unterminated } from '../../base/write/kit.ts';
import { type SqlText, sqlText } from '../../base/write/text.ts';

export function schemaSql(scope: KitScope, schema: Schema): Unterminated {
  return { sql: `CREATE DATABASE IF NOT EXISTS ${scope.ident(schema.name)}${residueSql(schema.residue, scope.kit.dialect)}` };
}

/** `ALGORITHM=x DEFINER=y SQL SECURITY z`: the order in which the servers take them. */
const OPTIONS = ['ALGORITHM', 'DEFINER', 'SQL SECURITY'] as const;

export function viewSql(scope: KitScope, view: View): Unterminated {
  const { dialect } = scope.kit;
  const options = OPTIONS.flatMap((name) => {
    const value = view.options?.find((one) => one.name.toUpperCase() === name)?.value;
    return value === undefined ? [] : [name === 'SQL SECURITY' ? `${name} ${value} ` : `${name}=${value} `];
  });
  for (const { name } of view.options ?? []) {
    if (OPTIONS.some((one) => one === name.toUpperCase())) continue;
    scope.note({ feature: 'view options', message: `Views of MySQL have no option ${name}. It is left out.` });
  }
  const columns =
    view.columns === undefined || view.columns.length === 0 ? '' : ` (${view.columns.map((name) => scope.ident(name)).join(', ')})`;
  const query = closed(trimmed(view.query), dialect);
  const check = view.checkOption === undefined ? '' : `\nWITH ${view.checkOption.toUpperCase()} CHECK OPTION`;
  const sql = `CREATE ${options.join('')}VIEW ${scope.nameIn(view.schema, view.name)}${columns} AS\n${query}${check}${residueSql(view.residue, dialect)}`;
  return { sql };
}

/** `START WITH` and its like, in the order MariaDB shows them. */
export function sequenceSql(scope: KitScope, sequence: Sequence): Unterminated {
  const { start, increment, min, max, cache, cycle } = sequence.options;
  const bound = (word: string, value: string | undefined) =>
    value === undefined ? '' : value === 'none' ? ` NO ${word}` : ` ${word} ${value}`;
  const sql = [
    `CREATE SEQUENCE ${scope.nameIn(sequence.schema, sequence.name)}`,
    start === undefined ? '' : ` START WITH ${start}`,
    bound('MINVALUE', min),
    bound('MAXVALUE', max),
    increment === undefined ? '' : ` INCREMENT BY ${increment}`,
    cache === undefined ? '' : cache === '0' ? ' NOCACHE' : ` CACHE ${cache}`,
    cycle === true ? ' CYCLE' : cycle === false ? ' NOCYCLE' : '',
    residueSql(sequence.residue, scope.kit.dialect),
  ].join('');
  return { sql };
}

export function triggerSql(scope: KitScope, trigger: Trigger): Unterminated {
  const { dialect } = scope.kit;
  const residue = trigger.residue ?? [];
  const before = residue.filter((one) => /^DEFINER\b/i.test(one)).map((one) => `${one} `);
  const order = residue.filter((one) => !/^DEFINER\b/i.test(one)).map((one) => `\n    ${closed(one, dialect)}`);
  const [event = 'insert'] = trigger.events;
  // A trigger is where its table is.
  const on = scope.name(trigger.on);
  const sql = [
    `CREATE ${before.join('')}TRIGGER ${inDatabaseOf(scope, trigger)}`,
    `\n    ${trigger.timing.toUpperCase()} ${event.toUpperCase()} ON ${on}`,
    `\n    FOR EACH ROW${order.join('')}`,
    `\n${closed(trimmed(trigger.execute), dialect)}`,
  ].join('');
  return { sql, body: true };
}

function inDatabaseOf(scope: KitScope, trigger: Trigger): string {
  const own = scope.ident(trigger.name);
  const schema = scope.schemaOf(trigger.on);
  return schema === undefined ? own : scope.nameIn(schema, trigger.name);
}

const DELIMITERS = ['$$', '//', ';;', '$end$', '$the_end$'];

/** Whether a text holds a semicolon of its own, so that a client would cut it there. */
function holdsSemicolon(sql: string): boolean {
  return sql.includes(';') && lexSql(sql, 'mysql').tokens.some((token) => token.word === ';');
}

/** Ends a statement by a semicolon; one that holds statements itself stands between lines that change the delimiter. */
export function ended(text: SqlText, body: boolean): SqlText {
  if (!body || !holdsSemicolon(text.sql)) return text.add(/(?:--|#)[^\n]*$/.test(text.sql) ? '\n;' : ';');
  const delimiter = DELIMITERS.find((one) => !text.sql.includes(one)) ?? '$the_very_end$';
  return sqlText(`DELIMITER ${delimiter}\n`).add(text).add(`\n${delimiter}\nDELIMITER ;`);
}
