import type { Dependent, QueryFunctions } from './queries.ts';
import { dependentsOf, renameCalls } from './sql/expressions.ts';
import { planText, type TextContext, textProblems, typedProblems } from './sql/typed/plan-text.ts';
import { refInWords } from './sql/typed/words.ts';
import { analyseQuery } from './workload/analyse.ts';

/** The answers to questions about one document. */
export function answersOf(context: TextContext): QueryFunctions {
  const { document, language } = context;
  const { parser } = language;
  return {
    rename: ({ ref, name }) => {
      const renaming = renameCalls(document, parser, ref, name);
      return renaming.ok ? { ok: true, value: renaming.value.calls } : renaming;
    },
    dependents: ({ refs }) => {
      const found = new Map<string, Dependent>();
      for (const ref of refs) {
        for (const one of dependentsOf(document, parser, ref)) {
          found.set(`${one.ref.record}\n${one.ref.part ?? ''}`, { ref: one.ref, label: refInWords(document, one.ref) });
        }
      }
      return [...found.values()];
    },
    check: ({ sql, kind }) => (sql.trim() === '' ? undefined : language.check(sql, kind)),
    parse: ({ text, keys }) => (keys === undefined ? textProblems(text, language) : typedProblems(context, { text, keys })),
    text: (typed) => planText(context, typed),
    reading: (input) => analyseQuery(document, input, parser),
  };
}
