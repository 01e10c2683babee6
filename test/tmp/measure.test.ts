import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { test } from 'vitest';
import { checkDocument, createCheckCache } from '#engine/rules/check.ts';
import { labelOf } from '#engine/rules/labels.ts';
import { readSql } from '#engine/sql/read.ts';
import { parserForTests } from '#test/read-ddl.ts';

test('measure', async () => {
  const parser = await parserForTests();
  const dirs = ['/work/shared/data/sql/postgresql', '/work/shared/data/sql/architect-samples'];
  const counts: Record<string, Record<string, number>> = {};
  let out = '';
  for (const dir of dirs)
    for (const f of readdirSync(dir).filter((x) => x.endsWith('.sql'))) {
      const r = readSql([{ name: f, text: readFileSync(`${dir}/${f}`, 'utf8') }], { dialect: 'postgresql' }, { parser });
      if (!r.ok) {
        out += `${f} FAILED ${r.problem.message}\n`;
        continue;
      }
      const d = r.value.document;
      const t0 = performance.now();
      const cache = createCheckCache();
      const fs = checkDocument(d, { parser, cache });
      const t1 = performance.now();
      checkDocument(d, { parser, cache });
      const t2 = performance.now();
      out += `\n## ${f} tables ${Object.keys(d.tables).length} findings ${fs.length} ${(t1 - t0).toFixed(1)}ms again ${(t2 - t1).toFixed(1)}ms ${JSON.stringify(r.value.receipt.counts)}\n`;
      for (const x of fs) {
        (counts[x.rule] ??= {})[f] ??= 0;
        counts[x.rule]![f]!++;
        out += `${x.severity} ${x.rule} @ ${labelOf(d, x.at[0]!)}: ${x.message.what}\n`;
      }
    }
  writeFileSync('/tmp/findings.txt', out);
  let table = '';
  for (const [rule, by] of Object.entries(counts).sort())
    table += `${rule}: ${Object.values(by).reduce((a, b) => a + b)} ${JSON.stringify(by)}\n`;
  writeFileSync('/tmp/counts.txt', table);
});
