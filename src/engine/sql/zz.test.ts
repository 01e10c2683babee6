import { readFileSync } from 'node:fs';
import { it } from 'vitest';
import { validate } from '#model/validate.ts';
import { readSql } from './read.ts';
it('x', () => {
  let all = 0; let good = 0;
  for (const f of ['camunda','chinook','co','hr','oe','quartz','sakila']) {
    const text = readFileSync(`/work/shared/data/sql/oracle/${f}.sql`, 'utf8');
    const t0 = performance.now();
    const result = readSql([{ name: f, text }], { dialect: 'oracle' }, {});
    if (!result.ok) throw new Error(result.problem.message);
    const { document, receipt } = result.value;
    console.log(f, Math.round(performance.now() - t0), JSON.stringify(receipt.counts), Object.keys(document.tables).length, Object.keys(document.relationships).length, validate(document).length);
    for (const s of receipt.statements) {
      const t = text.slice(s.start, s.end);
      if (/^\s*(create\s+(unique\s+|bitmap\s+|global\s+temporary\s+|or\s+replace\s+)*(table|index|sequence|type)\b|alter\s+table|comment\s)/i.test(t)) { all++; if (s.state === 'modelled' || s.state === 'residue') good++; }
      if (s.state === 'error' || s.state === 'residue' || s.state === 'verbatim') console.log('  ', s.state, s.line, s.object, s.reason, '|', t.slice(0, 60).replace(/\n/g, ' '));
    }
  }
  console.log(good, all, good / all);
});
