import type { Notation } from '#model/layout-types.ts';
import { drawBarker } from './barker.ts';
import { drawChen } from './chen.ts';
import { drawCrowsFoot } from './crows-foot.ts';
import { drawIdef1x } from './idef1x.ts';
import type { Drawing, Line } from './line.ts';
import { drawMinMax } from './min-max.ts';
import { drawUml } from './uml.ts';

/** How relationships are drawn in each notation: all from the same ends. */
export const DRAW: Readonly<Record<Notation, (line: Line) => Drawing>> = {
  'crows-foot': drawCrowsFoot,
  idef1x: drawIdef1x,
  barker: drawBarker,
  uml: drawUml,
  chen: drawChen,
  'min-max': drawMinMax,
};

/** Every notation, in the order of the menu. */
export const NOTATIONS: readonly { readonly id: Notation; readonly name: string }[] = [
  { id: 'crows-foot', name: "Crow's foot" },
  { id: 'idef1x', name: 'IDEF1X' },
  { id: 'barker', name: 'Barker' },
  { id: 'uml', name: 'UML' },
  { id: 'chen', name: 'Chen' },
  { id: 'min-max', name: 'Min-max' },
];
