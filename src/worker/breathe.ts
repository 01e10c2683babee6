/** Milliseconds of work between two looks at what was said meanwhile. */
const MOST = 30;

/** Lets messages in: called again and again during long work, it now and then waits for a moment. */
export function breathing(): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < MOST) return;
    await new Promise((resolve) => {
      setTimeout(resolve, 0);
    });
    last = performance.now();
  };
}
