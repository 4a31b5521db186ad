import type { Tonight } from '../../tonight.ts';
import { angle, compass, declination, rightAscension } from '../format/angle.ts';
import { words } from '../format/quantity.ts';
import { instant, span } from '../format/time.ts';
import { useNow } from '../live/use-live.ts';
import { CameraCell } from './camera-cell.tsx';
import { StateCell } from './state-cell.tsx';
import { modeTone, motionTone, safetyTone, safetyWord, shutterTone } from './state-tones.ts';

/** The state of the observatory in one row. */
export function StateRow({ tonight }: { tonight: Tonight }) {
  return (
    <section className="states" aria-label="State of the observatory">
      <dl className="cells">
        <SafetyCell safety={tonight.safety} />
        <ModeCell mode={tonight.mode} now={tonight.now} />
        <DomeCell dome={tonight.dome} safe={tonight.safety.safe} />
        <TelescopeCell telescope={tonight.telescope} />
        {tonight.cameras.map((camera) => (
          <CameraCell key={camera.channel} camera={camera} />
        ))}
      </dl>
    </section>
  );
}

function SafetyCell({ safety }: { safety: Tonight['safety'] }) {
  const usual = safety.safe ? 'Every limit is kept' : 'No reason was given';
  return (
    <StateCell
      label="Safety"
      testId="safety"
      tone={safetyTone(safety.safe)}
      word={safetyWord(safety.safe)}
      at={safety.at}
      alwaysAge
    >
      <span className="lines">{safety.reasons.join(' · ') || usual}</span>
    </StateCell>
  );
}

function ModeCell({ mode, now }: { mode: Tonight['mode']; now: string }) {
  return (
    <StateCell
      label="Mode"
      testId="mode"
      tone={modeTone(mode.name)}
      word={words(mode.name)}
      at={now}
    >
      <span className="line">
        <Since at={mode.since} />
      </span>
      <span className="line">{mode.reason}</span>
    </StateCell>
  );
}

/** How long a state has lasted, on the observatory's clock. */
function Since({ at }: { at: string | null }) {
  const now = useNow();
  const since = instant(at);
  return <>{since === null ? '' : `for ${span((now - since) / 1000)}`}</>;
}

function DomeCell({ dome, safe }: { dome: Tonight['dome']; safe: boolean | null }) {
  const azimuth = dome.azimuthDeg;
  return (
    <StateCell
      label="Dome"
      testId="dome"
      tone={shutterTone(dome.shutter, safe !== false)}
      word={words(dome.shutter)}
      at={dome.at}
    >
      <span className="line">
        {azimuth === null ? 'Slit –' : `Slit at ${angle(azimuth, 0)} ${compass(azimuth)}`}
      </span>
    </StateCell>
  );
}

function TelescopeCell({ telescope }: { telescope: Tonight['telescope'] }) {
  const { raDeg, decDeg } = telescope;
  return (
    <StateCell
      label="Telescope"
      testId="telescope"
      tone={motionTone(telescope.motion)}
      word={words(telescope.motion)}
      at={telescope.at}
    >
      <span className="line">{telescope.target ?? 'No target'}</span>
      <span className="line">
        Alt {angle(telescope.altDeg)} Az {angle(telescope.azDeg)}
      </span>
      <span className="line">
        {raDeg === null || decDeg === null
          ? 'Coordinates –'
          : `${rightAscension(raDeg)} ${declination(decDeg)}`}
      </span>
    </StateCell>
  );
}
