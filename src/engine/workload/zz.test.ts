import { readFileSync } from 'node:fs';
import { test } from 'vitest';
import { analyseQuery } from '#engine/workload/analyse.ts';
import { splitSql, statementText } from '#engine/sql/split.ts';
import { parserForTests, readDdl } from '#test/read-ddl.ts';
import { factLines } from '#test/workload.ts';
test('x', async () => {
  const parser = await parserForTests();
  const document = readDdl(parser, readFileSync('test/data/workload/tpch-schema.sql', 'utf8'));
  const text = readFileSync('test/data/workload/tpch-queries.sql', 'utf8');
  let n = 0;
  for (const span of splitSql(text, 'postgresql')) {
    if (span.kind !== 'statement') continue;
    n++;
    const facts = analyseQuery(document, { sql: statementText(text, span) }, parser);
    console.log(`\n== ${n} ${facts.statement} ${facts.normal.slice(0, 80)}\n` + factLines(document, facts).join('\n'));
  }
});
