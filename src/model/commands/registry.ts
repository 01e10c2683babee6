/** Every command by name. Adding a command = one file, one line here. */
import { putRecords } from './put-records.ts';

export const COMMANDS = {
  putRecords,
} as const;

export type CommandName = keyof typeof COMMANDS;

type ArgsOf<N extends CommandName> = Parameters<(typeof COMMANDS)[N]['run']>[1];

/** A command with its arguments, as plain data. */
export type CommandCall = { [N in CommandName]: { readonly name: N; readonly args: ArgsOf<N> } }[CommandName];
