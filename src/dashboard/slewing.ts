import type { Fact } from '#agent';

/** Whether the telescope is on its way for a sequence, by the last that was told of it. */
export function isSlewing(facts: readonly Fact[], sequenceId: number): boolean {
  const last = facts.findLast(
    (fact) =>
      (fact.type === 'SlewStarted' ||
        fact.type === 'SlewEnded' ||
        fact.type === 'ExposureStarted' ||
        fact.type === 'SequenceEnded') &&
      fact.payload.sequenceId === sequenceId,
  );
  return last?.type === 'SlewStarted';
}
