import type { SightStep } from '../../tonight.ts';
import { CHARACTER_PX } from '../marks/place-labels.ts';
import type { TimeScale } from '../marks/time-scale.ts';

/** How many things stand against observing, at most: what the chart must have room for. */
export function highestLevel(...lines: readonly (readonly SightStep[])[]): number {
  return Math.max(1, ...lines.flat().map(({ against }) => against.length));
}

/** A line by steps as an SVG path; `y` gives the height of a level, px from the top. */
export function stepPath(
  steps: readonly SightStep[],
  scale: TimeScale,
  y: (level: number) => number,
): string {
  return steps
    .map(({ start, end, against }, i) => {
      const [x1, x2] = [scale.clampX(Date.parse(start)), scale.clampX(Date.parse(end))];
      const level = y(against.length).toFixed(1);
      return `${i === 0 ? `M${x1.toFixed(1)} ` : 'V'}${level}H${x2.toFixed(1)}`;
    })
    .join('');
}

/** What stands against observing, written where the step is wide enough for it. */
export interface StepLabel {
  readonly key: string;
  readonly text: string;
  readonly xPx: number;
  readonly level: number;
}

export function stepLabels(steps: readonly SightStep[], scale: TimeScale): StepLabel[] {
  return steps.flatMap(({ start, end, against }) => {
    const [x1, x2] = [scale.clampX(Date.parse(start)), scale.clampX(Date.parse(end))];
    const room = (x2 - x1 - 8) / CHARACTER_PX;
    const full = against.map(({ text }) => text).join(', ');
    const rest = against.length > 1 ? ` +${against.length - 1}` : '';
    const text = [full, `${against[0]?.text ?? ''}${rest}`].find((one) => one.length <= room);
    return text ? [{ key: start, text, xPx: (x1 + x2) / 2, level: against.length }] : [];
  });
}
