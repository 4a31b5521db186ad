import { type Interval, intersect, longestMs } from '../interval.ts';
import type { Explanation } from '../schedule.ts';
import type { TargetPath } from '../visibility/target-path.ts';
import { choicesText, clockTime, degreesText, secondsText } from '../wording.ts';
import type { Refused } from './constraint.ts';
import { minAltOf, takesText, whereText } from './limits.ts';
import { easedLimit, movedText, shorterText } from './remedy.ts';
import { cosinesBetween, farthestIn } from './separation.ts';

/** What a target must keep away from. */
export interface Kept {
  readonly name: 'Moon' | 'Sun';
  readonly path: TargetPath;
  readonly limit: 'moonDistance' | 'sunDistance';
  readonly limitDeg: number;
  /** Where the limit is kept. */
  readonly allowed: readonly Interval[];
}

/** Why a target is not far enough from a body for long enough. */
export function distanceReason(refused: Refused, kept: Kept): Omit<Explanation, 'code'> {
  const { subject, within } = refused;
  const longest = longestMs(intersect(within, kept.allowed));
  const remedy = remedyOf(refused, kept, longest);
  const limit = degreesText(kept.limitDeg);
  const { path, tables, sequence } = subject;
  const best =
    path === null || longest > 0
      ? undefined
      : farthestIn(cosinesBetween(path, kept.path), tables.grid, within);
  const sentence = best
    ? `${kept.name} at ${degreesText(best.deg)} at best ${whereText(subject)}, at ${clockTime(best.ms)}; the limit is ${limit}`
    : `${limit} from the ${kept.name} for ${secondsText(longest / 1000)} only ${whereText(subject)}, and ${takesText(sequence)}`;
  return { sentence, remedy };
}

function remedyOf(refused: Refused, kept: Kept, longest: number): string {
  const { subject } = refused;
  const name = `${kept.limit}Deg` as const;
  const lower = easedLimit(refused, name, { least: 5, asked: kept.limitDeg, step: 1 });
  const lowered = lower === undefined ? undefined : `lower ${kept.limit} to ${lower}`;
  const shorter = shorterText(subject.sequence, longest);
  const moved = movedText(refused, { minAltDeg: minAltOf(subject), [name]: kept.limitDeg });
  const never = `ask another site: no night of the coming year keeps it that far from the ${kept.name}`;
  return choicesText([lowered, shorter, moved ?? never].filter((each) => each !== undefined));
}
