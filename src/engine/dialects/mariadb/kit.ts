import type { WriteKit } from '../base/write/kit.ts';
import { COMMON, MARIADB_10, MARIADB_11 } from '../mysql/features.ts';
import { remark } from '../mysql/quote.ts';
import { MYSQL_KIT } from '../mysql/write/kit.ts';
import { sequenceSql } from '../mysql/write/objects.ts';

/** MariaDB writes as MySQL does, apart from what it has itself: sequences, checks of a column, indexes that are ignored. */
export const MARIADB_KIT: WriteKit = {
  ...MYSQL_KIT,
  dialect: 'mariadb',
  remark: (text) => remark(text, 'mariadb'),
  says: (version) => new Set([...COMMON, ...MARIADB_10, ...(version >= 11 ? MARIADB_11 : [])]),
  // References in a column's line are foreign keys here.
  carriedLinks: () => [],
  sequence: sequenceSql,
};
