/** As the safety verdict words a quantity that must stay good for a while. */
const DWELL = /^([a-z][a-z ]*?) -?[\d.]+ .*is good again, (\d+) min of dwell left$/;

/** Reasons for people: quantities that only have to stay good for a while are told together. */
export function reasonList(reasons: readonly string[]): string[] {
  const waiting = reasons.flatMap((reason) => {
    const [, quantity, minutes] = DWELL.exec(reason) ?? [];
    return quantity === undefined ? [] : [{ quantity, minutes: Number(minutes) }];
  });
  if (waiting.length < 2) return [...reasons];
  const others = reasons.filter((reason) => !DWELL.test(reason));
  const minutes = Math.max(...waiting.map((one) => one.minutes));
  const names = waiting.map((one) => one.quantity);
  const list = `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
  return [...others, `${list} good again, ${minutes} min of dwell left`];
}
