import type { Dialect } from '#model/types.ts';
import { ident as oracleIdent } from '../oracle/quote.ts';
import { ident } from '../postgres/quote.ts';

/** A name in the dialect's quotes, whether it needs them or not: right in any place and any version. */
export function quotedName(name: string, dialect: Dialect): string {
  switch (dialect) {
    case 'postgresql':
      return ident(name);
    case 'mysql':
    case 'mariadb':
      return `\`${name.replaceAll('`', '``')}\``;
    case 'mssql':
      return `[${name.replaceAll(']', ']]')}]`;
    case 'oracle':
      return oracleIdent(name);
    case 'sqlite':
      return `"${name.replaceAll('"', '""')}"`;
  }
}
