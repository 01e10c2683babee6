import { runCli } from './run.ts';

// Set, not passed to `exit`: what was written must still reach a pipe.
process.exitCode = await runCli(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
});
