import { defineRule, type Said } from '../define.ts';
import { mutableCalls } from './predicate.ts';

export const ixPredicateNotImmutable = defineRule({
  id: 'ix-predicate-not-immutable',
  category: 'indexes',
  scope: 'tableInModel',
  severity: 'error',
  title: 'Index whose expression is not immutable',
  docs: {
    what: 'The WHERE clause or a key expression of an index calls a function that is not IMMUTABLE: now(), current_date, random() ..., or a function of the model that is not declared so.',
    why: 'PostgreSQL refuses the index: which rows belong to it would change without the rows changing.',
    todo: 'Leave the moving part out of the index and keep it in the query: index expires_at and let the query say expires_at > now(). Declare a function IMMUTABLE only if it is.',
  },
  sources: ['PostgreSQL documentation, CREATE INDEX; Function Volatility Categories (error 42P17)'],
  check(at, facts) {
    return at.table.indexes.flatMap((index): Said[] => {
      const name = index.name ?? `An index of ${at.title}`;
      const where = index.where === undefined ? [] : mutableCalls(index.where, facts.mutableFunctions);
      const keys = index.elements.flatMap((element) =>
        element.expression === undefined ? [] : mutableCalls(element.expression, facts.mutableFunctions),
      );
      const said: Said[] = [];
      if (where.length > 0)
        said.push({ at: [at.ref(index.id)], what: `${name}: its WHERE clause calls ${where.join(', ')}, which is not immutable.` });
      if (keys.length > 0)
        said.push({ at: [at.ref(index.id)], what: `${name}: its key calls ${keys.join(', ')}, which is not immutable.` });
      return said;
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
