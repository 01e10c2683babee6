/**
 * npm run fidelity -- [--moves] [--dialect NAME] [file...]: the scoreboard. Exit 1 when a target is missed. With --moves
 * every file is moved to every other dialect, or to the one named.
 */
import { sh } from './lib.mjs';

const DIALECTS = ['postgresql', 'mysql', 'mariadb', 'sqlite', 'mssql', 'oracle'];
const dialects = [];
const files = [];
const args = process.argv.slice(2).filter((one) => one !== '--moves');
const moves = process.argv.includes('--moves');
for (let at = 0; at < args.length; at++) {
  const [name, value] = args[at].startsWith('--dialect=') ? ['--dialect', args[at].slice(10)] : [args[at], args[at + 1]];
  if (name !== '--dialect') files.push(name);
  else {
    if (name === args[at]) at++;
    if (!DIALECTS.includes(value)) {
      console.error(`There is no dialect ${value}. Known: ${DIALECTS.join(', ')}.`);
      process.exit(2);
    }
    dialects.push(value);
  }
}
const env = { FIDELITY_DIALECT: dialects.join(','), FIDELITY_FILES: files.join(','), FIDELITY_MOVES: moves ? '1' : '' };
process.exit(await sh('npx', ['vitest', 'run', '--config', 'vitest.fidelity.config.ts'], { env }));
