import { describe, expect, it } from 'vitest';
import { codeOf, PyrosError, sentenceOf } from './errors.ts';

describe('an error raised on purpose', () => {
  const cause = new Error('no route');
  const error = new PyrosError('LINK_LOST', 'The link is lost.', { remedy: 'Plug it in.', cause });

  it('keeps its code, its remedy and its cause', () => {
    expect(error).toMatchObject({ code: 'LINK_LOST', remedy: 'Plug it in.', cause });
  });

  it('is told with its remedy', () => {
    expect(sentenceOf(error)).toBe('The link is lost. Plug it in.');
  });

  it('is told without a remedy when it has none', () => {
    expect(sentenceOf(new PyrosError('A', 'It broke.'))).toBe('It broke.');
  });

  it('has a code that others lack', () => {
    expect([codeOf(error), codeOf(cause), codeOf('text')]).toEqual([
      'LINK_LOST',
      'UNEXPECTED',
      'UNEXPECTED',
    ]);
  });
});

it('anything else that is thrown has a sentence too', () => {
  expect([sentenceOf(new Error('oh')), sentenceOf(42)]).toEqual(['oh', '42']);
});
