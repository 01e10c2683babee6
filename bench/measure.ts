/** Milliseconds of each run, after one run that does not count. */
export function timesOf(runs: number, work: (run: number) => void): number[] {
  work(-1);
  return Array.from({ length: runs }, (_, run) => {
    const start = performance.now();
    work(run);
    return performance.now() - start;
  });
}

export function quantile(times: readonly number[], share: number): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

export interface Row {
  readonly what: string;
  readonly times: readonly number[];
}

/** Prints median, 95th percentile, and the ratio of each median to the first row's. */
export function printTable(title: string, rows: readonly Row[]): void {
  const base = quantile(rows[0]?.times ?? [], 0.5);
  console.log(`\n${title}`);
  console.log(`${'median ms'.padStart(12)}${'p95 ms'.padStart(10)}${'ratio'.padStart(10)}  work`);
  for (const { what, times } of rows) {
    const median = quantile(times, 0.5);
    const ratio = base === 0 ? 0 : median / base;
    console.log(
      `${median.toFixed(2).padStart(12)}${quantile(times, 0.95).toFixed(2).padStart(10)}${`${ratio.toFixed(3)}x`.padStart(10)}  ${what}`,
    );
  }
}
