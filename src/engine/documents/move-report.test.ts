import { beforeAll, describe, expect, it } from 'vitest';
import { loadPorts } from '#cli/ports.ts';
import { planMove } from '#engine/move/plan.ts';
import { type ReadPorts, readSql } from '#engine/sql/read.ts';
import { moveReport } from './move-report.ts';

let ports: ReadPorts;
beforeAll(async () => {
  ports = await loadPorts('mysql');
});

describe('the report of a move', () => {
  it('has a row for every mapping and a line for every loss', () => {
    const sql =
      "CREATE TABLE t (id int unsigned AUTO_INCREMENT PRIMARY KEY, kind enum('a','b|c') NOT NULL, FULLTEXT KEY f (kind)) ENGINE=InnoDB;";
    const read = readSql([{ name: 'shop.sql', text: sql }], { dialect: 'mysql' }, ports);
    if (!read.ok) throw new Error(read.problem.message);
    const plan = planMove(read.value.document, 'postgresql', 18);
    const said = moveReport(plan);
    expect(said).toContain('# shop: from MySQL to PostgreSQL 18');
    const rows = said
      .split('\n')
      .filter((line) => line.startsWith('| ') && !line.startsWith('| ---') && !line.startsWith('| What'));
    expect(rows).toHaveLength(plan.mappings.length);
    expect(said.split('\n').filter((line) => line.startsWith('- '))).toHaveLength(plan.losses.length);
  });

  it('says that nothing changes where nothing does', () => {
    const read = readSql([{ name: 'a.sql', text: 'CREATE TABLE t (id int);' }], { dialect: 'mysql' }, ports);
    if (!read.ok) throw new Error(read.problem.message);
    expect(moveReport(planMove(read.value.document, 'mysql', 8))).toContain('Everything stays as it is.');
  });
});
