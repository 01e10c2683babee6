import { notImmutable } from '../../sql/expressions.ts';
import { defineRule, type Said } from '../define.ts';
import type { Facts } from '../facts.ts';
import type { TableContext } from '../table-context.ts';
import { typeFacts } from '../type-facts.ts';
import { mutableCalls } from './predicate.ts';

interface Offence {
  readonly what: string;
  readonly why?: string;
}

/** By PostgreSQL's own parser where there is one: then casts and the types of columns count too. */
function offences(at: TableContext, facts: Facts, sql: string): Offence[] {
  if (at.parser === undefined) return mutableCalls(sql, facts.mutableFunctions).map((what) => ({ what }));
  const typeOf = (name: string) => {
    const column = at.columns.find((one) => one.name === name);
    return column === undefined ? undefined : typeFacts(at.document, column.type).name;
  };
  return [...notImmutable(at.document, at.parser, sql, typeOf)];
}

function sayOffences(at: TableContext, index: string, where: string, found: readonly Offence[]): Said[] {
  if (found.length === 0) return [];
  const names = [...new Set(found.map((one) => one.what))];
  return [
    {
      at: [at.ref(index)],
      what: `${where} uses ${names.join(', ')}, which is not immutable.`,
      ...(found.some((one) => one.why !== undefined)
        ? { evidence: [...new Set(found.map((one) => `${one.what}: ${one.why}`))] }
        : {}),
    },
  ];
}

export const ixPredicateNotImmutable = defineRule({
  id: 'ix-predicate-not-immutable',
  category: 'indexes',
  scope: 'tableInModel',
  severity: 'error',
  title: 'Index whose expression is not immutable',
  dialects: ['postgresql'],
  docs: {
    what: 'The WHERE clause or a key expression of an index calls a function that is not IMMUTABLE: now(), current_date, random() ..., or a function of the model that is not declared so.',
    why: 'PostgreSQL refuses the index: which rows belong to it would change without the rows changing.',
    todo: 'Leave the moving part out of the index and keep it in the query: index expires_at and let the query say expires_at > now(). Declare a function IMMUTABLE only if it is.',
  },
  sources: ['PostgreSQL documentation, CREATE INDEX; Function Volatility Categories (error 42P17)'],
  check(at, facts) {
    return at.table.indexes.flatMap((index): Said[] => {
      const name = index.name ?? `An index of ${at.title}`;
      const where = index.where === undefined ? [] : offences(at, facts, index.where);
      const keys = index.elements.flatMap((element) =>
        element.expression === undefined ? [] : offences(at, facts, element.expression),
      );
      return [
        ...sayOffences(at, index.id, `${name}: its WHERE clause`, where),
        ...sayOffences(at, index.id, `${name}: its key`, keys),
      ];
    });
  },
  examples: {
    bad: [
      {
        ddl: `CREATE TABLE sessions (id int PRIMARY KEY, user_id int, expires_at timestamptz);
CREATE INDEX idx_sessions_active ON sessions (user_id) WHERE expires_at > NOW();`,
        expect: ['sessions (idx_sessions_active)'],
      },
      {
        note: 'A function is VOLATILE unless it says otherwise.',
        ddl: `CREATE TABLE users (id int PRIMARY KEY, name text);
CREATE FUNCTION folded(text) RETURNS text LANGUAGE sql AS 'SELECT lower($1)';
CREATE INDEX users_folded ON users (folded(name));`,
        expect: ['users (users_folded)'],
      },
    ],
    good: [
      {
        ddl: `CREATE TABLE users (id int PRIMARY KEY, name text, born date);
CREATE FUNCTION folded(text) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT lower($1)';
CREATE INDEX a ON users (folded(name));
CREATE INDEX b ON users (lower(name)) WHERE born > '2000-01-01' AND name <> 'now()';`,
      },
    ],
  },
});
