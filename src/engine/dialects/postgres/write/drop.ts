import { recordIn } from '#model/collections.ts';
import { columnOf } from '#model/derive/columns.ts';
import type { Document, Id, Relationship, Table } from '#model/types.ts';
import type { WrittenStatement } from '../../../sql/written.ts';
import { checkNames, elementNames } from '../invented.ts';
import { lex } from '../lex.ts';
import { inventedName } from '../names.ts';
import { ident, qualified } from '../quote.ts';
import { indexName } from './indexes.ts';
import { Scope } from './scope.ts';

function columnsNamed(document: Document, table: Table, ids: readonly Id[]): string[] {
  return ids.flatMap((id) => columnOf(document, table, id)?.name ?? []);
}

/** The plain name of a table's constraint: its own or the one PostgreSQL invents. */
function constraintName(document: Document, table: Table, part: Id): string | undefined {
  const key = table.keys.find((one) => one.id === part);
  if (key !== undefined) {
    if (key.name !== undefined) return key.name;
    return key.kind === 'primary'
      ? inventedName(table.name, [], 'pkey')
      : inventedName(table.name, columnsNamed(document, table, key.columns), 'key');
  }
  const check = table.checks.find((one) => one.id === part);
  if (check !== undefined) return checkNames(table).get(check.id);
  const exclusion = table.exclusions.find((one) => one.id === part);
  if (exclusion === undefined) return undefined;
  const columns = elementNames(exclusion.elements, (id) => columnOf(document, table, id)?.name);
  return exclusion.name ?? inventedName(table.name, columns, 'excl');
}

function foreignKeyName(document: Document, table: Table, link: Relationship): string {
  return link.name ?? inventedName(table.name, columnsNamed(document, table, link.childColumns), 'fkey');
}

const VERBATIM_KINDS = new Set('EXTENSION COLLATION CONVERSION SERVER PUBLICATION SUBSCRIPTION STATISTICS'.split(' '));

/** What takes a verbatim statement back; undefined for those that go with their object, such as GRANT. */
function dropVerbatim(sql: string): string | undefined {
  const tokens = lex(sql).filter((token) => token.kind !== 'comment');
  const word = (i: number) => (tokens[i]?.kind === 'word' ? (tokens[i]?.text.toUpperCase() ?? '') : '');
  if (word(0) !== 'CREATE') return undefined;
  let at = word(1) === 'OR' ? 3 : 1;
  const name = (from: number) => {
    const path = [tokens[from]?.text ?? ''];
    for (let i = from; tokens[i + 1]?.text === '.'; i += 2) path.push(tokens[i + 2]?.text ?? '');
    return { sql: qualified(...path), end: from + path.length * 2 - 1 };
  };
  if (word(at) === 'RULE') {
    const rule = name(at + 1);
    const to = tokens.findIndex((token, i) => i > at && token.kind === 'word' && token.text === 'to');
    return `DROP RULE IF EXISTS ${rule.sql} ON ${name(to + 1).sql};`;
  }
  const event = word(at) === 'EVENT' && word(at + 1) === 'TRIGGER';
  if (event) return `DROP EVENT TRIGGER IF EXISTS ${name(at + 2).sql};`;
  const kind = word(at);
  if (!VERBATIM_KINDS.has(kind)) return undefined;
  at += word(at + 1) === 'IF' ? 4 : 1;
  return `DROP ${kind} IF EXISTS ${name(at).sql};`;
}

function dropCreate(document: Document, scope: Scope, statement: WrittenStatement): string | undefined {
  const id = statement.record;
  switch (statement.collection) {
    case 'schemas': {
      const schema = recordIn(document, 'schemas', id);
      return schema === undefined || schema.name === 'public' ? undefined : `DROP SCHEMA ${ident(schema.name)};`;
    }
    case 'types':
      return `DROP ${recordIn(document, 'types', id)?.kind === 'domain' ? 'DOMAIN' : 'TYPE'} ${scope.name(id)};`;
    case 'sequences': {
      const owned = recordIn(document, 'sequences', id)?.ownedBy !== undefined;
      return `DROP SEQUENCE ${owned ? 'IF EXISTS ' : ''}${scope.name(id)};`;
    }
    case 'tables':
      return `DROP TABLE ${scope.name(id)};`;
    case 'views':
      return `DROP ${recordIn(document, 'views', id)?.materialized === true ? 'MATERIALIZED VIEW' : 'VIEW'} ${scope.name(id)};`;
    case 'routines': {
      const routine = recordIn(document, 'routines', id);
      return routine === undefined ? undefined : `DROP ${routine.kind.toUpperCase()} ${scope.name(id)}(${routine.signature});`;
    }
    case 'triggers': {
      const trigger = recordIn(document, 'triggers', id);
      return trigger === undefined ? undefined : `DROP TRIGGER ${ident(trigger.name)} ON ${scope.name(trigger.on)};`;
    }
    default:
      return undefined;
  }
}

function dropIndex(document: Document, scope: Scope, statement: WrittenStatement): string | undefined {
  const table = recordIn(document, 'tables', statement.record);
  const on = table ?? recordIn(document, 'views', statement.record);
  const index = on?.indexes.find((one) => one.id === statement.part);
  if (on === undefined || index === undefined) return undefined;
  const name = indexName(scope, { ...on, ...(table === undefined ? {} : { table }) }, index);
  return `DROP INDEX ${scope.nameIn(on.schema, name)};`;
}

/** What undoes one written statement; undefined when it goes with its object or leaves nothing behind. */
export function dropOf(document: Document, version: number, statement: WrittenStatement): string | undefined {
  const { collection, record, part, what } = statement;
  const scope = new Scope(document, version, { collection, record });
  const table = recordIn(document, 'tables', record);
  if (what === 'create') return dropCreate(document, scope, statement);
  if (what === 'index') return dropIndex(document, scope, statement);
  if (what === 'verbatim') return dropVerbatim(recordIn(document, 'verbatim', record)?.sql ?? '');
  if (what === 'policy') {
    const policy = table?.policies.find((one) => one.id === part);
    return policy === undefined ? undefined : `DROP POLICY ${ident(policy.name)} ON ${scope.name(record)};`;
  }
  if (what === 'constraint' && collection === 'relationships') {
    const link = recordIn(document, 'relationships', record);
    const child = link === undefined ? undefined : recordIn(document, 'tables', link.child);
    if (link === undefined || child === undefined) return undefined;
    return `ALTER TABLE ${scope.name(child.id)} DROP CONSTRAINT ${ident(foreignKeyName(document, child, link))};`;
  }
  if (what === 'constraint' && table !== undefined && part !== undefined) {
    const name = constraintName(document, table, part);
    return name === undefined ? undefined : `ALTER TABLE ${scope.name(record)} DROP CONSTRAINT ${ident(name)};`;
  }
  if (statement.key === `${record}:default:${part}` && table !== undefined && statement.sql.includes(' SET DEFAULT ')) {
    const column = table.columns.find((one) => one.id === part);
    return column === undefined ? undefined : `ALTER TABLE ${scope.name(record)} ALTER COLUMN ${ident(column.name)} DROP DEFAULT;`;
  }
  return undefined;
}
