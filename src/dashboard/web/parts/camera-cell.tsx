import type { Tonight } from '../../tonight.ts';
import { decimal } from '../format/angle.ts';
import { words } from '../format/quantity.ts';
import { instant } from '../format/time.ts';
import { useNow } from '../live/use-live.ts';
import { exposureProgress } from '../marks/exposure-progress.ts';
import { StateCell } from './state-cell.tsx';
import { activityTone } from './state-tones.ts';

type Camera = Tonight['cameras'][number];

/** A camera: what it does, through which filter, and how far its exposure has come. */
export function CameraCell({ camera }: { camera: Camera }) {
  const filter = camera.filter ?? 'wheel moving';
  const temperature = camera.temperatureC;
  return (
    <StateCell
      label={`Camera ${camera.channel}`}
      testId={`camera-${camera.channel}`}
      tone={activityTone(camera.activity)}
      word={words(camera.activity)}
      at={camera.at}
    >
      <span className="line">
        Filter {filter}
        {temperature === null ? '' : ` · ${decimal(temperature, 0)} °C`}
      </span>
      <ExposureBar camera={camera} />
    </StateCell>
  );
}

function ExposureBar({ camera }: { camera: Camera }) {
  const now = useNow(250);
  const exposing = camera.activity === 'exposing';
  const startedMs = exposing ? instant(camera.startedAt) : null;
  const progress = exposureProgress(startedMs, camera.exposureSeconds, now);
  if (!progress) return <span className="line faint">No exposure</span>;
  const total = camera.exposureSeconds ?? 0;
  return (
    <span className="exposure">
      <progress aria-label={`Exposure of camera ${camera.channel}`} value={progress.fraction} />
      <span className="exposure-text">
        {Math.floor(progress.elapsedSeconds)} / {total} s
      </span>
    </span>
  );
}
