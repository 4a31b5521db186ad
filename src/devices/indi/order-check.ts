import type { IndiOrder, IndiVector } from './indi-message.ts';

/**
 * Why a vector cannot take an order; undefined when it can. Drivers drop what is out of range without
 * a word, or with words that say the opposite, and one bad member takes the whole vector with it.
 */
export function impossibleOrder(vector: IndiVector, order: IndiOrder): string | undefined {
  if (vector.kind !== order.kind) return `${vector.name} is a ${vector.kind}, not a ${order.kind}.`;
  const unknown = Object.keys(order.values).filter((name) => !vector.members.has(name));
  if (unknown.length > 0) return `${vector.name} has no ${unknown.join(', ')}.`;
  if (vector.kind !== 'number' || order.kind !== 'number') return undefined;
  for (const [name, value] of Object.entries(order.values)) {
    const { min = 0, max = 0 } = vector.members.get(name) ?? {};
    if (!Number.isFinite(value)) return `${vector.name}.${name} must be a number.`;
    if (max > min && (value < min || value > max)) {
      return `${vector.name}.${name} lies between ${min} and ${max}; ${value} was asked.`;
    }
  }
  return undefined;
}

/** How far a number may come back from what was asked: drivers keep some as floats. */
const ROUNDING = 1e-4;

/** Whether a vector shows what it was told: values are believed, not messages. */
export function showsValues(vector: IndiVector, order: IndiOrder): boolean {
  return Object.entries(order.values).every(([name, asked]) => {
    const shown: unknown = vector.members.get(name)?.value;
    if (typeof asked !== 'number') return order.kind === 'text' || shown === asked;
    return (
      typeof shown === 'number' &&
      Math.abs(shown - asked) <= ROUNDING * Math.max(1, Math.abs(asked))
    );
  });
}
