/** Loaded first in each worker of vitest: one whose run is gone, by a signal, must not go on with its tests for nobody. */
process.on('disconnect', () => process.exit(1));
