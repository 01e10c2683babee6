import { UsageError } from './command.ts';

export interface Arguments {
  readonly files: readonly string[];
  readonly options: ReadonlyMap<string, string>;
  readonly flags: ReadonlySet<string>;
}

/**
 * Splits a command line into files, `--name value` (or `--name=value`) options and `--flags`.
 * @param known names of the options that take a value. @param flags names of those that take none.
 */
export function parseArguments(args: readonly string[], known: readonly string[], flags: readonly string[] = []): Arguments {
  const files: string[] = [];
  const options = new Map<string, string>();
  const set = new Set<string>();
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] as string;
    if (!arg.startsWith('--')) {
      files.push(arg);
      continue;
    }
    const [name = '', inline] = arg.slice(2).split(/=(.*)/s);
    if (flags.includes(name) && inline === undefined) set.add(name);
    else if (known.includes(name)) {
      const value = inline ?? args[++i];
      if (value === undefined) throw new UsageError(`--${name} needs a value.`);
      options.set(name, value);
    } else throw new UsageError(`There is no option --${name}.`);
  }
  return { files, options, flags: set };
}
