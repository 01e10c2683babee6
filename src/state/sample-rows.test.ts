import { expect, it } from 'vitest';
import { emptyDocument } from '#model/create.ts';
import { load, run } from './document.ts';
import { keepSampleRows, sampleRows } from './sample-rows.ts';

const ROWS = { source: 'a.csv', total: 9, columns: ['c'], rows: [['1'], [undefined]], numbers: [1, 5] };

it('rows stay with a table while its document is open, whatever is edited', () => {
  keepSampleRows('t', ROWS);
  expect(run({ name: 'addTable', args: { table: { id: 't', name: 't' } } }).ok).toBe(true);
  expect(sampleRows('t')).toBe(ROWS);
  expect(sampleRows('u')).toBeUndefined();
  load(emptyDocument());
  expect(sampleRows('t')).toBeUndefined();
});
