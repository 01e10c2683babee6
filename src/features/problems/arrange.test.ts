import { expect, test } from 'vitest';
import type { Finding, Severity } from '#engine/finding.ts';
import { emptyDocument, emptyTable } from '#model/create.ts';
import type { Document } from '#model/types.ts';
import { filterProblems, groupProblems, keyOf, problemsOf, rowsOf } from './arrange.ts';

const finding = (rule: string, severity: Severity, record: string, what = 'It is so.'): Finding => ({
  rule,
  severity,
  at: [{ record }],
  message: { what, why: 'because', todo: 'this' },
  fixes: [],
});

const document: Document = {
  ...emptyDocument(),
  tables: { tbl_a: emptyTable('tbl_a', 'sch_public', 'apples'), tbl_b: emptyTable('tbl_b', 'sch_public', 'bears') },
  relationships: { rel_1: { id: 'rel_1', child: 'tbl_b', parent: 'tbl_a', childColumns: ['x'], parentColumns: ['y'] } },
};

const FINDINGS = [
  finding('z-rule', 'info', 'tbl_a'),
  finding('fk-index-missing', 'warning', 'rel_1'),
  finding('pk-missing', 'error', 'tbl_b'),
  finding('a-rule', 'warning', 'tbl_b'),
];

test('groups by severity: the gravest first, by rule and place inside', () => {
  const groups = groupProblems(problemsOf(document, FINDINGS), 'severity');
  expect(groups.map((group) => [group.label, group.problems.map((one) => one.finding.rule)])).toEqual([
    ['Errors', ['pk-missing']],
    ['Warnings', ['a-rule', 'fk-index-missing']],
    ['Notes', ['z-rule']],
  ]);
});

test('groups by table: a relationship belongs to its child', () => {
  const groups = groupProblems(problemsOf(document, FINDINGS), 'table');
  expect(groups.map((group) => [group.label, group.problems.length])).toEqual([
    ['bears', 3],
    ['apples', 1],
  ]);
});

test('groups by rule: rules with errors first, then by name', () => {
  const groups = groupProblems(problemsOf(document, FINDINGS), 'rule');
  expect(groups.map((group) => group.label)).toEqual(['pk-missing', 'a-rule', 'fk-index-missing', 'z-rule']);
});

test('a filter needs every word, in whatever the row says', () => {
  const problems = problemsOf(document, FINDINGS);
  expect(filterProblems(problems, 'bears warning').map((one) => one.finding.rule)).toEqual(['fk-index-missing', 'a-rule']);
  expect(filterProblems(problems, '  ')).toHaveLength(4);
  expect(filterProblems(problems, 'nowhere')).toEqual([]);
});

test('a closed group shows its line only', () => {
  const groups = groupProblems(problemsOf(document, FINDINGS), 'severity');
  const closed = new Set([groups[1]?.key ?? '']);
  expect(
    rowsOf(groups, closed).map((row) => (row.kind === 'group' ? `${row.group.label} ${row.open}` : row.problem.finding.rule)),
  ).toEqual(['Errors true', 'pk-missing', 'Warnings false', 'Notes true', 'z-rule']);
});

test('keys tell findings of one rule at one place apart by what they say', () => {
  expect(keyOf(finding('r', 'info', 'tbl_a', 'One.'))).not.toBe(keyOf(finding('r', 'info', 'tbl_a', 'Two.')));
  expect(keyOf(finding('r', 'info', 'tbl_a'))).toBe(keyOf(finding('r', 'info', 'tbl_a')));
});
