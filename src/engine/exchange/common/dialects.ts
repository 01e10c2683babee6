import type { Identity } from '#model/column-types.ts';
import type { Dialect } from '#model/types.ts';

/** A dialect by what people call it: `PostgreSQL`, `postgres`, `SQL Server`, `mssql` ... */
export function dialectNamed(name: string): Dialect | undefined {
  const plain = name.toLowerCase().replace(/[^a-z]/g, '');
  if (/^(?:postgres|cockroach|redshift|supabase)/.test(plain)) return 'postgresql';
  if (plain.startsWith('mariadb')) return 'mariadb';
  if (plain.startsWith('mysql')) return 'mysql';
  if (plain.startsWith('sqlite')) return 'sqlite';
  if (/^(?:mssql|sqlserver|microsoftsqlserver|tsql|azuresql)/.test(plain)) return 'mssql';
  return plain.startsWith('oracle') ? 'oracle' : undefined;
}

/** What a column that numbers itself is in a dialect, when all that is known is that it does. */
export const COUNTED: Readonly<Record<Dialect, Identity>> = {
  postgresql: { mode: 'by default' },
  mysql: { mode: 'by default' },
  mariadb: { mode: 'by default' },
  sqlite: { mode: 'by default' },
  mssql: { mode: 'always' },
  oracle: { mode: 'by default' },
};
