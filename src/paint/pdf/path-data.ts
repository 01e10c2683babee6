/** A part of a path in absolute coordinates: move, line, cubic curve, close. */
export type Segment =
  | readonly ['M' | 'L', number, number]
  | readonly ['C', number, number, number, number, number, number]
  | readonly ['Z'];

const COUNTS: Readonly<Record<string, number>> = { M: 2, L: 2, H: 1, V: 1, Q: 4, C: 6, A: 7, Z: 0 };

/** Commands of SVG path data with their numbers; a command without its letter repeats the last one. */
function* commands(data: string): Generator<readonly [string, readonly number[]]> {
  for (const [, letter = '', rest = ''] of data.matchAll(/([MLHVQCAZmlhvqcaz])([^MLHVQCAZmlhvqcaz]*)/g)) {
    const count = COUNTS[letter.toUpperCase()] as number;
    const numbers = (rest.match(/[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?/gi) ?? []).map(Number);
    if (count === 0) {
      yield [letter, []];
      continue;
    }
    for (let at = 0; at + count <= numbers.length; at += count) {
      // Further pairs after a move are lines.
      const again = at > 0 && letter === 'M' ? 'L' : at > 0 && letter === 'm' ? 'l' : letter;
      yield [again, numbers.slice(at, at + count)];
    }
  }
}

interface Arc {
  readonly cx: number;
  readonly cy: number;
  readonly rx: number;
  readonly ry: number;
  readonly turn: number;
  readonly from: number;
  readonly sweep: number;
}

/** Centre and angles of an arc given by its ends (SVG 2, appendix B.2.4). */
function centreOf(x0: number, y0: number, [rx0, ry0, degrees, large, clockwise, x, y]: readonly number[]): Arc | undefined {
  let rx = Math.abs(rx0 as number);
  let ry = Math.abs(ry0 as number);
  if (rx === 0 || ry === 0 || (x0 === x && y0 === y)) return undefined;
  const turn = ((degrees as number) * Math.PI) / 180;
  const cos = Math.cos(turn);
  const sin = Math.sin(turn);
  const hx = (x0 - (x as number)) / 2;
  const hy = (y0 - (y as number)) / 2;
  const px = cos * hx + sin * hy;
  const py = cos * hy - sin * hx;
  const short = (px / rx) ** 2 + (py / ry) ** 2;
  if (short > 1) {
    rx *= Math.sqrt(short);
    ry *= Math.sqrt(short);
  }
  const below = (rx * py) ** 2 + (ry * px) ** 2;
  const sign = (large === 0) === (clockwise === 0) ? -1 : 1;
  const factor = sign * Math.sqrt(Math.max(0, ((rx * ry) ** 2 - below) / below));
  const qx = (factor * rx * py) / ry;
  const qy = (-factor * ry * px) / rx;
  const angle = (ax: number, ay: number) => Math.atan2(ay / ry, ax / rx);
  const from = angle(px - qx, py - qy);
  let sweep = angle(-px - qx, -py - qy) - from;
  if (clockwise === 0 && sweep > 0) sweep -= 2 * Math.PI;
  if (clockwise !== 0 && sweep < 0) sweep += 2 * Math.PI;
  const cx = cos * qx - sin * qy + (x0 + (x as number)) / 2;
  const cy = sin * qx + cos * qy + (y0 + (y as number)) / 2;
  return { cx, cy, rx, ry, turn, from, sweep };
}

/** An arc as cubic curves of at most a quarter turn each. */
function arcCurves({ cx, cy, rx, ry, turn, from, sweep }: Arc): Segment[] {
  const parts = Math.max(1, Math.ceil(Math.abs(sweep) / (Math.PI / 2) - 1e-9));
  const step = sweep / parts;
  const k = (4 / 3) * Math.tan(step / 4);
  const place = (ex: number, ey: number) => {
    const x = ex * rx;
    const y = ey * ry;
    return [cx + Math.cos(turn) * x - Math.sin(turn) * y, cy + Math.sin(turn) * x + Math.cos(turn) * y] as const;
  };
  return Array.from({ length: parts }, (_, part): Segment => {
    const a = from + part * step;
    const b = a + step;
    const one = place(Math.cos(a) - k * Math.sin(a), Math.sin(a) + k * Math.cos(a));
    const two = place(Math.cos(b) + k * Math.sin(b), Math.sin(b) - k * Math.cos(b));
    const end = place(Math.cos(b), Math.sin(b));
    return ['C', ...one, ...two, ...end];
  });
}

/** A quadratic curve as a cubic one. */
function quadratic(x0: number, y0: number, [qx, qy, x, y]: readonly number[]): Segment {
  const third = (from: number, to: number) => from + (2 / 3) * (to - from);
  const at = [third(x0, qx as number), third(y0, qy as number), third(x as number, qx as number), third(y as number, qy as number)];
  return ['C', at[0] as number, at[1] as number, at[2] as number, at[3] as number, x as number, y as number];
}

/** Adds the pen's place to what a relative command says. */
function absolute(name: string, given: readonly number[], x: number, y: number): number[] {
  if (name === 'H') return given.map((value) => value + x);
  if (name === 'V') return given.map((value) => value + y);
  if (name === 'A') return given.map((value, at) => (at === 5 ? value + x : at === 6 ? value + y : value));
  return given.map((value, at) => value + (at % 2 === 0 ? x : y));
}

/** Reads SVG path data (SVG 2, chapter 9; without S and T) as absolute moves, lines and cubic curves. */
export function parsePath(data: string): Segment[] {
  const out: Segment[] = [];
  let x = 0;
  let y = 0;
  let startX = 0;
  let startY = 0;
  for (const [letter, given] of commands(data)) {
    const name = letter.toUpperCase();
    const at = letter === name ? [...given] : absolute(name, given, x, y);
    const endX = name === 'V' ? x : name === 'H' ? (at[0] as number) : (at.at(-2) ?? startX);
    const endY = name === 'H' ? y : (at.at(-1) ?? startY);
    if (name === 'M') {
      out.push(['M', endX, endY]);
      [startX, startY] = [endX, endY];
    } else if (name === 'Z') out.push(['Z']);
    else if (name === 'C') out.push(['C', ...(at as [number, number, number, number, number, number])]);
    else if (name === 'Q') out.push(quadratic(x, y, at));
    else if (name === 'A') {
      const arc = centreOf(x, y, at);
      if (arc === undefined) out.push(['L', endX, endY]);
      else out.push(...arcCurves(arc));
    } else out.push(['L', endX, endY]);
    [x, y] = [endX, endY];
  }
  return out;
}
