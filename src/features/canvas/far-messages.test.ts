import { afterEach, describe, expect, it } from 'vitest';
import type { Finding } from '#engine/finding.ts';
import { endsOf } from '#model/derive/ends.ts';
import type { Table } from '#model/types.ts';
import { faceOf } from '#paint/face.ts';
import { litLines } from '#paint/far-frame.ts';
import { END, NOTE_TINT } from '#paint/far-scene.ts';
import { clearPath, pathStore } from '#state/query-path.ts';
import { resultsStore } from '#state/results.ts';
import { viewStore } from '#state/view.ts';
import { generatedDocument, placedAt } from '#test/generated-document.ts';
import { farBadges, farLines, farMarks, farNode, flatScene, lensTones, type Numbers } from './far-messages.ts';
import { Scene } from './scene.ts';

const base = generatedDocument(40);
const document = {
  ...placedAt(
    base,
    Object.keys(base.tables).map((id, at) => [id, { x: (at % 8) * 400, y: Math.floor(at / 8) * 500 }]),
  ),
  notes: { note_1: { id: 'note_1', diagram: 'diagram_main', text: 'First line\nsecond', x: -400, y: 0, width: 200, height: 90 } },
};
const scene = new Scene(document);

function flattened() {
  const numbers: Numbers = new Map();
  return { numbers, flat: flatScene(scene, numbers) };
}

function finding(record: string, severity: Finding['severity']): Finding {
  return {
    rule: 'x',
    severity,
    at: [{ record }],
    message: { what: 'w', why: 'y', todo: 't' },
    evidence: [],
    fixes: [],
  } as unknown as Finding;
}

const results = resultsStore.getState();
afterEach(() => {
  resultsStore.setState(results, true);
  viewStore.setState({ selection: [], hovered: undefined });
});

describe('flatScene', () => {
  it('holds every node under its number: box, name, how connected it is', () => {
    const { numbers, flat } = flattened();
    expect(numbers.size).toBe(41);
    expect(flat.names).toHaveLength(41);
    for (const [id, at] of numbers) {
      const { box } = scene.nodes.get(id) as { box: { x: number; y: number; width: number; height: number } };
      expect([...flat.boxes.subarray(at * 4, at * 4 + 4)]).toEqual([box.x, box.y, box.width, box.height]);
      const degree = Object.values(document.relationships).reduce(
        (sum, one) => sum + Number(one.child === id) + Number(one.parent === id),
        0,
      );
      expect(flat.degrees[at]).toBe(degree);
    }
    const note = numbers.get('note_1') as number;
    expect([flat.names[note], flat.tints[note]]).toEqual(['First line', NOTE_TINT]);
  });

  it('draws what the page draws last, last', () => {
    const order = [...flattened().numbers].sort((a, b) => a[1] - b[1]).map(([id]) => id);
    expect(order).toEqual([...order].sort());
  });

  it('has each relationship between two tables once, with its ends', () => {
    const { numbers, flat } = flattened();
    const apart = Object.values(document.relationships).filter((one) => one.child !== one.parent);
    expect(flat.edges).toHaveLength(apart.length * 2);
    for (const [at, one] of apart.entries()) {
      expect([flat.edges[at * 2], flat.edges[at * 2 + 1]]).toEqual([numbers.get(one.child), numbers.get(one.parent)]);
      const ends = endsOf(document, one);
      const bits = flat.ends[at] as number;
      expect((bits & END.childMany) !== 0).toBe(ends.child === '0..n');
      expect((bits & END.parentOptional) !== 0).toBe(ends.parent === '0..1');
      expect((bits & END.parentMany) !== 0).toBe(false);
    }
  });
});

describe('farBadges', () => {
  it('counts findings by their worst, and names each form once', () => {
    const { numbers } = flattened();
    const verdict = { highest: 'BCNF', complete: true, byAssumption: false, noKey: false, violations: [] };
    const odd = { ...verdict, highest: '2NF' };
    resultsStore.setState({
      findings: [finding('tbl_3', 'info'), finding('tbl_3', 'error'), finding('tbl_4', 'warning')],
      normalForms: { tbl_1: verdict, tbl_2: verdict, tbl_3: odd } as unknown as typeof results.normalForms,
    });
    const { counts, worst, forms, texts } = farBadges(numbers);
    const at = (id: string) => numbers.get(id) as number;
    expect([counts[at('tbl_3')], worst[at('tbl_3')]]).toEqual([1, 3]);
    expect([counts[at('tbl_4')], worst[at('tbl_4')]]).toEqual([1, 2]);
    expect([counts[at('tbl_5')], worst[at('tbl_5')]]).toEqual([0, 0]);
    expect(texts.map((one) => one.text)).toEqual(['', 'BCNF', '2NF']);
    expect([at('tbl_1'), at('tbl_2'), at('tbl_3'), at('tbl_9')].map((i) => texts[forms[i] as number]?.text)).toEqual([
      'BCNF',
      'BCNF',
      '2NF',
      '',
    ]);
  });
});

describe('farMarks', () => {
  it('tells selection, selected rows, the focus, and what is under the pointer, by number', () => {
    const { numbers } = flattened();
    const table = document.tables['tbl_7'] as Table;
    const row = faceOf(document, table).rows[2];
    viewStore.setState({ selection: [{ record: 'tbl_2' }, { record: 'tbl_7', part: row?.id ?? '' }], hovered: 'tbl_9' });
    const at = (id: string) => numbers.get(id) as number;
    expect(farMarks(scene, numbers, true)).toEqual({
      selected: [at('tbl_2'), at('tbl_7')],
      hovered: at('tbl_9'),
      focused: at('tbl_7'),
      rows: [[at('tbl_7'), 2]],
    });
    expect(farMarks(scene, numbers, false).focused).toBe(-1);
    viewStore.setState({ selection: [{ record: 'gone' }], hovered: 'gone' });
    expect(farMarks(scene, numbers, true)).toEqual({ selected: [], hovered: -1, focused: -1, rows: [] });
  });
});

describe('the path of a query from afar', () => {
  it('is the numbers of its tables and of the ends of its lines; what is not on the diagram is left out', () => {
    const { numbers } = flattened();
    const [one] = Object.values(document.relationships);
    if (one === undefined) throw new Error('There is one.');
    const at = (id: string) => numbers.get(id) as number;
    const path = { query: 'q', tables: new Set([one.child, one.parent, 'gone']), relationships: new Set([one.id, 'gone']) };
    pathStore.setState({ path });
    expect(farMarks(scene, numbers, false).path).toEqual({
      nodes: [...new Set([at(one.child), at(one.parent)])],
      ends: [[at(one.child), at(one.parent)]],
    });
    clearPath();
    expect(farMarks(scene, numbers, false).path).toBeUndefined();
  });

  it('lights lines in both directions, beside those of what is hot', () => {
    const marks = { selected: [], hovered: -1, focused: -1, rows: [], path: { nodes: [1, 2], ends: [[1, 2]] as const } };
    const lit = litLines({ hot: new Set([7]), marks });
    expect([lit(1, 2), lit(2, 1), lit(1, 3), lit(7, 9), lit(9, 7)]).toEqual([true, true, false, true, true]);
    expect(litLines({ hot: new Set(), marks: { ...marks, path: { nodes: [], ends: [] } } })(1, 2)).toBe(false);
  });
});

describe('a lens from afar', () => {
  it('gives a flagged table the colour of its step and another sign', () => {
    const tables = Object.keys(document.tables);
    const [plain = '', flagged = '', silent = ''] = tables;
    const steps = ['cold', 'hot'].map((label, tone) => ({ label, sign: String(tone), tone }));
    const readings = new Map([
      [plain, { step: 1, mark: '5', says: '' }],
      [flagged, { step: 1, mark: '5 w', says: '', flag: 'w' }],
    ]);
    const lens = lensTones([plain, flagged, silent], { scale: { palette: 'ordered', steps }, readings }, (token) => token);
    expect([...lens.tones].map((tone) => lens.signs[tone])).toEqual(['1', '1 w', undefined]);
    expect([...lens.tones].map((tone) => lens.colours[tone])).toEqual(['--h1', '--h1', undefined]);
  });
});

describe('farNode and farLines', () => {
  it('carry what the page shows', () => {
    const { numbers } = flattened();
    resultsStore.setState({ findings: [finding('tbl_6', 'warning')] });
    const node = scene.nodes.get('tbl_6');
    if (node === undefined) throw new Error('It is on the diagram.');
    expect(farNode(document, node, 5)).toMatchObject({
      at: 5,
      node: { id: 'tbl_6', name: 'table_6', box: node.box, found: { count: 1, worst: 'warning' } },
    });
    const note = scene.nodes.get('note_1');
    if (note === undefined) throw new Error('It is on the diagram.');
    expect(farNode(document, note, 0).node).toBe(document.notes.note_1);
    const [one] = Object.values(document.relationships);
    if (one === undefined) throw new Error('There are relationships.');
    const shape = { id: one.id } as Parameters<typeof farLines>[1][number];
    expect(farLines(document, [shape, { ...shape, id: 'gone' }], numbers)).toEqual([
      { shape, child: numbers.get(one.child), parent: numbers.get(one.parent) },
      { shape: { ...shape, id: 'gone' }, child: -1, parent: -1 },
    ]);
  });
});
