/**
 * Wraps work that takes long and of which only the newest counts: while one is under way the next
 * waits, and a newer one takes the place of that which waits, whose answer is then null.
 */
export function newestOnly<Asked, Answer>(
  work: (asked: Asked) => Promise<Answer>,
): (asked: Asked) => Promise<Answer | null> {
  let underWay: Promise<unknown> = Promise.resolve();
  let newest = 0;
  return async (asked) => {
    const number = ++newest;
    const before = underWay;
    const { promise, resolve } = Promise.withResolvers<void>();
    underWay = promise;
    try {
      await before;
      return number === newest ? await work(asked) : null;
    } finally {
      resolve();
    }
  };
}
