/**
 * Processor time that work takes, in milliseconds: for tests that look for what grows faster than its input. What else the
 * machine does at that time makes it wait, which does not count.
 */
export function cpuMs(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  return process.cpuUsage(before).user / 1000;
}
