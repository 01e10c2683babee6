/** CPU milliseconds this process has used so far, on all its threads: what waits for a busy machine does not count. */
export function cpu(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** CPU milliseconds of each run, after one run that does not count. */
export function timesOf(runs: number, work: (run: number) => void): number[] {
  work(-1);
  return Array.from({ length: runs }, (_, run) => {
    const start = cpu();
    work(run);
    return cpu() - start;
  });
}

/** CPU milliseconds of each step of each run: a list for every step, after one run that does not count. */
export function stepsOf<S extends string>(runs: number, work: (run: number, step: <T>(name: S, of: () => T) => T) => void) {
  const times = new Map<S, number[]>();
  let counts = false;
  const step = <T>(name: S, of: () => T): T => {
    const start = cpu();
    const value = of();
    if (counts) times.set(name, [...(times.get(name) ?? []), cpu() - start]);
    return value;
  };
  work(-1, step);
  counts = true;
  for (let run = 0; run < runs; run++) work(run, step);
  return times;
}

export function quantile(times: readonly number[], share: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

export interface Row {
  readonly what: string;
  readonly times: readonly number[];
}

/** Prints median CPU time, its 95th percentile, and the ratio of each median to the first row's. */
export function printTable(title: string, rows: readonly Row[]): void {
  const base = quantile(rows[0]?.times ?? [], 0.5);
  console.log(`\n${title}`);
  console.log(`${'CPU ms'.padStart(12)}${'p95'.padStart(10)}${'ratio'.padStart(10)}  work`);
  for (const { what, times } of rows) {
    const median = quantile(times, 0.5);
    const ratio = base === 0 ? 0 : median / base;
    console.log(
      `${median.toFixed(2).padStart(12)}${quantile(times, 0.95).toFixed(2).padStart(10)}${`${ratio.toFixed(3)}x`.padStart(10)}  ${what}`,
    );
  }
}
