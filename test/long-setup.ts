/** Says with which seed a long run can be repeated. */
export function setup(): void {
  const { LONG_SEED, LONG_FACTOR } = process.env;
  process.stdout.write(`LONG_SEED=${LONG_SEED} LONG_FACTOR=${LONG_FACTOR}\n`);
}
