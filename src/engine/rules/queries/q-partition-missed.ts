import { partitionMissed } from '../../workload/advice/partition-missed.ts';
import { defineRule } from '../define.ts';
import { saidOfQuery } from './said.ts';

export const qPartitionMissed = defineRule({
  id: 'q-partition-missed',
  category: 'workload',
  scope: 'advice',
  severity: 'warning',
  title: 'Every partition is read',
  docs: {
    what: 'A query of a partitioned table says nothing of the column it is partitioned by: no comparison, no join, no order with LIMIT. A condition on something computed from the column tells no partition either.',
    why: 'Partitions pay because most of them need not be opened; here all are, and each has its own index to search.',
    todo: 'Say which values of the partition column are wanted.',
  },
  sources: ['https://www.postgresql.org/docs/current/ddl-partitioning.html#DDL-PARTITION-PRUNING'],
  check: (read) => saidOfQuery(read, partitionMissed(read)),
  examples: {
    bad: [
      {
        ddl: `CREATE TABLE readings (sensor bigint NOT NULL, at timestamptz NOT NULL, value numeric, PRIMARY KEY (sensor, at)) PARTITION BY RANGE (at);
CREATE TABLE readings_2024 PARTITION OF readings FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE readings_2025 PARTITION OF readings FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');`,
        queries: [{ sql: 'SELECT value FROM readings WHERE sensor = $1' }],
        expect: ['Query 1'],
      },
    ],
    good: [
      {
        ddl: `CREATE TABLE readings (sensor bigint NOT NULL, at timestamptz NOT NULL, value numeric, PRIMARY KEY (sensor, at)) PARTITION BY RANGE (at);
CREATE TABLE readings_2024 PARTITION OF readings FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE readings_2025 PARTITION OF readings FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');`,
        queries: [
          { sql: 'SELECT value FROM readings WHERE sensor = $1 AND at >= $2 AND at < $3' },
          { sql: 'SELECT max(at) FROM readings' },
          { sql: 'SELECT value FROM readings ORDER BY at DESC LIMIT 10' },
        ],
      },
    ],
  },
});
