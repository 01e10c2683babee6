import { isValidElement, type ReactNode } from 'react';
import { expect, it } from 'vitest';
import { WithCode } from './WithCode.tsx';

/** What a sentence becomes: plain pieces as they are, code in brackets. */
function pieces(text: string): string[] {
  return WithCode({ text }).map((part: ReactNode) =>
    isValidElement<{ children: string }>(part) ? `[${part.props.children}]` : String(part),
  );
}

it('sets what stands between backticks as code, and nothing else', () => {
  expect(pieces('Run `psql -At` and `quit`.')).toEqual(['Run ', '[psql -At]', ' and ', '[quit]', '.']);
  expect(pieces('Run it.')).toEqual(['Run it.']);
  expect(pieces('`<b>`')).toEqual(['', '[<b>]', '']);
});
