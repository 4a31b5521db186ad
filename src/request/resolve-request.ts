import { horizontalToIcrs, type Site } from '#sky';
import type { RelativeTarget, Request, RequestDraft, Target } from './request.ts';
import { isRelative } from './request.ts';

/**
 * The place of the sky that a relative target means at an instant (UTC ms): on the meridian, towards
 * the south, where RA is the local sidereal time and Dec the latitude minus the zenith distance, both
 * of date; returned in ICRS.
 */
export function resolveTarget(target: RelativeTarget, site: Site, ms: number): Target {
  const altDeg = 90 - target.zenithDistanceDeg;
  return { name: target.name, ...horizontalToIcrs({ altDeg, azDeg: 180 }, site, ms) };
}

/** Where and when a draft becomes a request. */
export interface Submission {
  readonly site: Site;
  /** UTC milliseconds. */
  readonly submittedAtMs: number;
  /** The moment that relative targets are taken at, UTC milliseconds. */
  readonly targetsAtMs: number;
}

/** The request that a draft stands for, its targets fixed. */
export function resolveRequest(draft: RequestDraft, submission: Submission): Request {
  const { submitted, sequences, ...terms } = draft;
  const status = submitted ? 'SUBMITTED' : 'INCOMPLETE';
  return {
    ...terms,
    submittedAtMs: submission.submittedAtMs,
    sequences: sequences.map((sequence) => {
      const { target } = sequence;
      const fixed = isRelative(target)
        ? resolveTarget(target, submission.site, submission.targetsAtMs)
        : target;
      return { ...sequence, target: fixed, status };
    }),
  };
}
