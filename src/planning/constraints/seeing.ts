import type { Conditions, Explanation, PlanSequence } from '../schedule.ts';
import { arcsecondsText } from '../wording.ts';

/**
 * Why the seeing of the moment is too poor for a sequence; undefined when it is not, or not measured.
 * It is compared as it is at the zenith, as the limit is.
 */
export function seeingRefusal(
  { limits }: PlanSequence,
  conditions: Conditions | undefined,
): Explanation | undefined {
  const worst = limits?.maxSeeingArcsec;
  const seeing = conditions?.seeingArcsec ?? null;
  if (worst === undefined || seeing === null || !(seeing > worst)) return undefined;
  const excess = arcsecondsText(seeing - worst);
  return {
    code: 'SEEING',
    sentence: `the seeing is ${arcsecondsText(seeing)}: ${excess} above its limit of ${arcsecondsText(worst)}`,
    remedy: `Accept ${arcsecondsText(seeing)}, or wait: it is planned again as soon as the seeing is better.`,
  };
}
