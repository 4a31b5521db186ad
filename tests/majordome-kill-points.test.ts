import { expect, it } from 'vitest';
import { type DeathAt, scriptedEvening } from '../src/testing/index.ts';

/** More writes than the evening has: the sweep is over before. */
const MOST_WRITES = 2000;
/** The sweep in so many parts, each within the patience of a test. */
const PARTS = 8;

const CASES = (['before', 'after'] as const).flatMap((when) =>
  Array.from({ length: PARTS }, (_, part) => ({ when, part: part + 1 })),
);

it.each(CASES)(
  'killed $when each of its writes, part $part, the Majordome takes the evening over: one effect for each order (F32)',
  async ({ when, part }) => {
    const found: string[] = [];
    let deaths = 0;
    for (let write = part; write < MOST_WRITES; write += PARTS) {
      const death: DeathAt = { write, when };
      const { died, problems } = await scriptedEvening(death);
      found.push(...problems.map((problem) => `write ${write}: ${problem}`));
      if (!died) break;
      deaths++;
    }
    process.stdout.write(`killed ${when}, part ${part}: ${deaths} deaths\n`);
    expect(found).toEqual([]);
    expect(deaths).toBeGreaterThan(5);
  },
);
