import { horizontalToIcrs, placeOf, type Site } from '#sky';
import type {
  RelativeTarget,
  Request,
  RequestDraft,
  Sequence,
  SequenceDraft,
  Target,
} from './request.ts';

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

/** The request that a draft stands for: every target has a place, one that moves that of the start. */
export function resolveRequest(draft: RequestDraft, submission: Submission): Request {
  const { submitted, sequences, ...terms } = draft;
  const status = submitted ? 'SUBMITTED' : 'INCOMPLETE';
  return {
    ...terms,
    submittedAtMs: submission.submittedAtMs,
    sequences: sequences.map((sequence) => {
      return { ...sequence, ...placed(sequence, submission), status };
    }),
  };
}

function placed(
  { target, windowStartMs }: SequenceDraft,
  { site, targetsAtMs }: Submission,
): Pick<Sequence, 'target' | 'path'> {
  if ('zenithDistanceDeg' in target) return { target: resolveTarget(target, site, targetsAtMs) };
  if (!('path' in target)) return { target };
  const { name, path } = target;
  const { raDeg, decDeg } = placeOf(path, site, windowStartMs);
  return { target: { name, raDeg, decDeg }, path };
}
