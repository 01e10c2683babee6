import { PRODUCTION_QUERY } from '../../facts/production/postgres-query.ts';
import type { FactQuery } from '../base/fact-query.ts';

export const POSTGRES_FACTS: FactQuery = {
  sql: PRODUCTION_QUERY,
  hint: 'It reads pg_class and pg_stats, which ANALYZE fills. `psql -At -f query.sql > facts.json`.',
};
