/** A parser of other people's for single statements, in a worker of its own: it is large, and some statements take it long. */
import { type NodeSqlParser, statementParser } from '#engine/dialects/base/parser.ts';
import type { StatementParser } from '#engine/sql/parser-port.ts';
import { splitSql } from '#engine/sql/split.ts';
import type { Dialect } from '#model/types.ts';
import type { Opinion, OpinionReply, OpinionRequest } from './second-opinion-protocol.ts';

type Build = { readonly default: { readonly Parser: new () => unknown } };

/** Never the package's root, which holds every dialect. Oracle has no build. */
const BUILDS: Readonly<Partial<Record<Dialect, () => Promise<Build>>>> = {
  mysql: () => import('node-sql-parser/build/mysql.js') as Promise<Build>,
  mariadb: () => import('node-sql-parser/build/mariadb.js') as Promise<Build>,
  sqlite: () => import('node-sql-parser/build/sqlite.js') as Promise<Build>,
  mssql: () => import('node-sql-parser/build/transactsql.js') as Promise<Build>,
};

const loaded = new Map<Dialect, Promise<StatementParser>>();

function parserOf(dialect: Dialect): Promise<StatementParser> | undefined {
  const build = BUILDS[dialect];
  if (build === undefined) return undefined;
  const known = loaded.get(dialect);
  if (known !== undefined) return known;
  const made = build().then(({ default: library }) => statementParser(new library.Parser() as NodeSqlParser));
  loaded.set(dialect, made);
  return made;
}

async function opinionOn({ dialect, text, at }: OpinionRequest): Promise<Opinion> {
  const parser = await parserOf(dialect);
  const span = splitSql(text, dialect).find((one) => one.start <= at && one.end >= at && one.kind === 'statement');
  if (parser === undefined || span === undefined) return { says: 'none' };
  const parsed = parser.parse(text.slice(span.start, span.end));
  return parsed.ok ? { says: 'fine' } : { says: 'wrong', message: parsed.message, position: span.start + parsed.position };
}

self.addEventListener('message', ({ data }: MessageEvent<OpinionRequest>) => {
  opinionOn(data)
    .catch((): Opinion => ({ says: 'none' }))
    .then((opinion) => self.postMessage({ id: data.id, opinion } satisfies OpinionReply));
});
