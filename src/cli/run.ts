import { type Command, type ExitCode, type Streams, UsageError } from './command.ts';
import { COMMANDS } from './commands/registry.ts';

function usage(commands: readonly Command[]): string {
  const lines = commands.map(({ name, usage: tail, summary }) => `  crowfoot ${name} ${tail}\n      ${summary}`);
  return `Usage:\n${lines.join('\n')}\n`;
}

/** Runs one command line (without the program's name) and says how it ended. */
export async function runCli(args: readonly string[], streams: Streams): Promise<ExitCode> {
  const [name, ...rest] = args;
  if (name === undefined || name === 'help' || name === '--help') {
    const text = usage(COMMANDS);
    if (name === undefined) streams.err(text);
    else streams.out(text);
    return name === undefined ? 2 : 0;
  }
  const command = COMMANDS.find((one) => one.name === name);
  if (command === undefined) {
    streams.err(`There is no command ${name}.\n${usage(COMMANDS)}`);
    return 2;
  }
  if (rest.includes('--help')) {
    streams.out(usage([command]));
    return 0;
  }
  try {
    return await command.run(rest, streams);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    streams.err(`${error.message}\n${usage([command])}`);
    return 2;
  }
}
