/** Loaded first in each worker of vitest: one whose run is gone, by a signal, must not go on with its tests for nobody. */
// While tests run, vitest has a function of its own in this place, which only throws.
const exit = process.exit.bind(process);
process.on('disconnect', () => exit(1));
