import type { Dialect } from '#model/types.ts';
import type { LostDependency } from './base/lost-dependency.ts';
import { mssqlLostTriggers } from './mssql/lost-dependency.ts';
import { mysqlLostTriggers } from './mysql/lost-dependency.ts';
import { oracleLostTriggers } from './oracle/lost-dependency.ts';
import { lostDependencyTriggers } from './postgres/lost-dependency.ts';
import { sqliteLostTriggers } from './sqlite/lost-dependency.ts';

/** What keeps a dependency that no table of a decomposition checks: triggers of each dialect, complete statements in order. */
export const LOST_TRIGGERS: Readonly<Record<Dialect, (lost: LostDependency) => string[]>> = {
  postgresql: lostDependencyTriggers,
  mysql: mysqlLostTriggers,
  mariadb: mysqlLostTriggers,
  sqlite: sqliteLostTriggers,
  mssql: mssqlLostTriggers,
  oracle: oracleLostTriggers,
};
