import type { Feature } from '../base/write/features.ts';

/** What every version of MySQL and MariaDB has words for. */
export const COMMON: readonly Feature[] = [
  'temporary table',
  'table comment',
  'table parameters',
  'tablespace',
  'partitioning',
  'on update',
  'identity',
  'stored column',
  'virtual column',
  'column collation',
  'column charset',
  'column comment',
  'key name',
  'key method',
  'key comment',
  'index method',
  'index comment',
  'prefix length',
  'key prefix length',
  'foreign key name',
  'set null',
  'restrict',
  'update action',
  'view columns',
  'view options',
  'check option',
  'function',
  'procedure',
  'aggregate',
  'trigger',
  'before trigger',
];

/** What MySQL says from version 8 on (8.0.23 at the latest). */
export const MYSQL_8: readonly Feature[] = [
  'check',
  'check name',
  'invisible column',
  'invisible index',
  'index expression',
  'descending index',
  'key descending',
];

/** What MariaDB says from version 10.6 on, apart from {@link MARIADB_11}. */
export const MARIADB_10: readonly Feature[] = ['check', 'check name', 'invisible column', 'invisible index', 'sequence'];

/** What MariaDB says from version 11 on: indexes in descending order came with 10.8. */
export const MARIADB_11: readonly Feature[] = ['descending index', 'key descending'];
