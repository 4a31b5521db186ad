import { expect, test } from 'vitest';
import { newestOnly } from './newest-only.ts';

function slowWork() {
  const begun: string[] = [];
  const ends: (() => void)[] = [];
  const ask = newestOnly(async (name: string) => {
    begun.push(name);
    await new Promise<void>((resolve) => ends.push(resolve));
    return name.toUpperCase();
  });
  return { begun, ask, end: () => ends.shift()?.() };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

test('what is asked alone is done', async () => {
  const { ask, end } = slowWork();
  const answer = ask('a');
  await turn();
  end();
  expect(await answer).toBe('A');
});

test('of what is asked meanwhile only the newest is begun; the others get no answer', async () => {
  const { begun, ask, end } = slowWork();
  const answers = [ask('a')];
  await turn();
  answers.push(ask('b'), ask('c'));
  end();
  await turn();
  end();
  expect(await Promise.all(answers)).toEqual(['A', null, 'C']);
  expect(begun).toEqual(['a', 'c']);
});

test('a failure is told to its asker and stops nobody else', async () => {
  const ask = newestOnly(async (fails: boolean) => {
    if (fails) throw new Error('no');
    return 'yes';
  });
  await expect(ask(true)).rejects.toThrow('no');
  expect(await ask(false)).toBe('yes');
});
