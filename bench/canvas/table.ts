import type { GestureName } from './gestures.ts';
import type { Options } from './options.ts';
import type { PlainOpened } from './plain.ts';
import type { Cost } from './probe.ts';
import type { Opened } from './product.ts';

type Costs = ReadonlyMap<GestureName, Cost>;

export interface Measured {
  readonly tables: number;
  readonly sqlSize: number;
  readonly ours: Opened & { readonly costs: Costs };
  readonly plain?: PlainOpened & { readonly costs: Costs };
}

function print(rows: readonly (readonly string[])[]): void {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => (row[at] ?? '').length)));
  const line = (row: readonly string[]) => `| ${row.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`;
  const [head = [], ...body] = rows;
  console.log([line(head), `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...body.map(line)].join('\n'));
}

const fixed = (value: number | undefined, digits: number) => (value === undefined ? '' : value.toFixed(digits));

function sizes(measured: readonly Measured[]): void {
  const head = [
    'tables',
    'SQL',
    'file to preview',
    'import to visible',
    'to laid out',
    'file to laid out',
    'reopen to visible',
    'CPU of import',
    'CPU of reopening',
    'heap',
    'elements',
    'DOM nodes',
  ];
  const rows = measured.flatMap(({ tables, sqlSize, ours, plain }) => [
    [
      String(tables),
      `${Math.round(sqlSize / 1024)} kB`,
      `${fixed(ours.read, 1)} s`,
      `${fixed(ours.seen, 1)} s`,
      `${fixed(ours.laidOut, 1)} s`,
      `${fixed(ours.read + ours.laidOut, 1)} s`,
      `${fixed(ours.reopened, 2)} s`,
      `${fixed(ours.importCpu, 2)} s`,
      `${fixed(ours.reopenCpu, 2)} s`,
      `${fixed(ours.heap, 0)} MB`,
      String(ours.elements),
      String(ours.nodes),
    ],
    ...(plain === undefined
      ? []
      : [
          [
            `${tables}, plain`,
            '',
            '',
            '',
            '',
            '',
            `${fixed(plain.seen, 2)} s`,
            '',
            '',
            `${fixed(plain.heap, 0)} MB`,
            String(plain.elements),
            String(plain.nodes),
          ],
        ]),
  ]);
  print([head, ...rows]);
}

function gestures(measured: readonly Measured[], names: readonly GestureName[]): void {
  const head = ['tables', 'gesture', 'CPU ms a frame', 'fps', 'p95 frame', 'far redraws/s', 'plain: CPU ms', 'fps', 'p95', 'ratio'];
  const rows = measured.flatMap(({ tables, ours, plain }) =>
    names.map((name) => {
      const mine = ours.costs.get(name);
      const theirs = plain?.costs.get(name);
      return [
        String(tables),
        name,
        fixed(mine?.cpu, 1),
        fixed(mine?.fps, 0),
        `${fixed(mine?.p95, 0)} ms`,
        fixed(mine?.redraws, 0),
        fixed(theirs?.cpu, 0),
        fixed(theirs?.fps, 1),
        theirs === undefined ? '' : `${fixed(theirs.p95, 0)} ms`,
        theirs === undefined || mine === undefined ? '' : `${(theirs.cpu / mine.cpu).toFixed(0)}x`,
      ];
    }),
  );
  print([head, ...rows]);
}

export function printTables(measured: readonly Measured[], options: Options): void {
  console.log('\nFrom SQL to the canvas, and back again (every pane open; heap of the page; DOM near the hub)\n');
  sizes(measured);
  console.log(`\nGestures: ${options.moves} moves of a real mouse or wheel, the middle one of ${options.repeat}\n`);
  gestures(measured, options.gestures);
}
