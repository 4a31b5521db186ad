import type { CalibrationsSpec } from '#unit';
import type { CalibrationMoment } from './flat-exposure.ts';

/** A kind of image with a closed shutter, and how many of it are still owed. */
export interface OwedFrames {
  readonly kind: 'dark' | 'bias';
  readonly seconds: number;
  readonly images: number;
}

/** What was taken already, of one channel. */
export interface TakenFrame {
  readonly kind: string;
  readonly state: string;
  readonly moment: string;
  readonly filter: string;
  readonly seconds: number;
}

/** Darks and biases that a channel still owes its night. */
export function owedFrames(
  { darks, biases }: CalibrationsSpec,
  tried: readonly TakenFrame[],
): OwedFrames[] {
  const wanted: OwedFrames[] = [
    ...(biases ? [{ kind: 'bias' as const, seconds: 0, images: biases.images }] : []),
    ...(darks?.seconds ?? []).map((seconds) => {
      return { kind: 'dark' as const, seconds, images: darks?.images ?? 0 };
    }),
  ];
  return wanted.flatMap(({ kind, seconds, images }) => {
    const isSame = (one: TakenFrame) => one.kind === kind && one.seconds === seconds;
    const left = images - tried.filter((one) => isSame(one) && one.state === 'TAKEN').length;
    return left > 0 ? [{ kind, seconds, images: left }] : [];
  });
}

/** Flats of a filter that a channel still owes a twilight. */
export function owedFlats(
  { flats }: CalibrationsSpec,
  of: { readonly filter: string; readonly moment: CalibrationMoment },
  tried: readonly TakenFrame[],
): number {
  const taken = tried.filter(
    ({ kind, state, filter, moment }) =>
      kind === 'flat' && state === 'TAKEN' && filter === of.filter && moment === of.moment,
  );
  return Math.max(0, (flats?.images ?? 0) - taken.length);
}
