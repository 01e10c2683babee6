import { type Case, plural, singular, toCase } from './words.ts';

/** How names are made anew; the steps go in this order, each on what the one before it made. */
export interface NameRule {
  readonly find: string;
  readonly replace: string;
  /** `find` is a regular expression, and `replace` may say `$1`. */
  readonly regex: boolean;
  readonly matchCase: boolean;
  readonly case: Case | 'same';
  readonly number: 'same' | 'singular' | 'plural';
  readonly removePrefix: string;
  readonly removeSuffix: string;
  readonly prefix: string;
  readonly suffix: string;
}

export const NO_RULE: NameRule = {
  find: '',
  replace: '',
  regex: false,
  matchCase: true,
  case: 'same',
  number: 'same',
  removePrefix: '',
  removeSuffix: '',
  prefix: '',
  suffix: '',
};

function replaceAll(name: string, { find, replace, matchCase }: NameRule): string {
  if (find === '') return name;
  if (matchCase) return name.split(find).join(replace);
  const [low, wanted] = [name.toLowerCase(), find.toLowerCase()];
  // Letters whose lower case is longer would shift the places: such names are taken as they are.
  if (low.length !== name.length) return name.split(find).join(replace);
  let out = '';
  let from = 0;
  for (let at = low.indexOf(wanted); at >= 0; at = low.indexOf(wanted, from)) {
    out += name.slice(from, at) + replace;
    from = at + find.length;
  }
  return out + name.slice(from);
}

/** What a rule makes of a name whose find-and-replace by regular expression is done already, if it has one. */
export function afterFinding(name: string, rule: NameRule): string {
  let next = name;
  if (rule.removePrefix !== '' && next.startsWith(rule.removePrefix)) next = next.slice(rule.removePrefix.length);
  if (rule.removeSuffix !== '' && next.endsWith(rule.removeSuffix)) next = next.slice(0, -rule.removeSuffix.length);
  if (rule.number === 'singular') next = singular(next);
  if (rule.number === 'plural') next = plural(next);
  if (rule.case !== 'same') next = toCase(next, rule.case);
  return rule.prefix + next + rule.suffix;
}

/** What a rule without a regular expression makes of a name. */
export function renamedBy(name: string, rule: NameRule): string {
  return afterFinding(rule.regex ? name : replaceAll(name, rule), rule);
}
