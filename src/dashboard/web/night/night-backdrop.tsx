import type { Tonight, TwilightMarks } from '../../tonight.ts';
import { instant, utcMinutes } from '../format/time.ts';
import { useNow } from '../live/use-live.ts';
import { moonStretches, nightBands } from '../marks/night-bands.ts';
import { placeLabels } from '../marks/place-labels.ts';
import { hourTicks, type TimeScale } from '../marks/time-scale.ts';

interface BackdropProps {
  readonly marks: TwilightMarks;
  readonly scale: TimeScale;
  readonly topPx: number;
  readonly bottomPx: number;
}

/** Day, twilights and dark as bands behind a chart, with a faint line at each round hour. */
export function NightBackdrop({ marks, scale, topPx, bottomPx }: BackdropProps) {
  const height = Math.max(0, bottomPx - topPx);
  return (
    <g>
      {nightBands(marks).map((band) => {
        const x = scale.clampX(band.fromMs);
        const width = scale.clampX(band.toMs) - x;
        const shape = { x, width, y: topPx, height };
        return <rect key={band.fromMs} className={`band band-${band.kind}`} {...shape} />;
      })}
      {hourTicks(scale).map((ms) => (
        <line
          key={ms}
          className="hour-line"
          x1={Math.round(scale.x(ms)) + 0.5}
          x2={Math.round(scale.x(ms)) + 0.5}
          y1={topPx}
          y2={bottomPx}
        />
      ))}
    </g>
  );
}

/** The hours of the axis. */
export function HourAxis({ scale, y }: { scale: TimeScale; y: number }) {
  const labels = placeLabels(
    hourTicks(scale).map((ms) => ({ text: utcMinutes(ms), xPx: scale.x(ms), rank: 0 })),
    scale.widthPx,
  );
  return (
    <g className="axis">
      {labels.map(({ text, xPx, anchor }) => (
        <text key={`${text}${xPx}`} x={xPx} y={y} textAnchor={anchor}>
          {text}
        </text>
      ))}
    </g>
  );
}

/** Sunset, dark, dawn and sunrise with their times, as far as there is room. */
export function TwilightLabels({ marks, scale }: { marks: TwilightMarks; scale: TimeScale }) {
  const wanted = [
    { name: 'Sunset', at: marks.sunset, rank: 0 },
    { name: 'Sunrise', at: marks.sunrise, rank: 0 },
    { name: 'Dusk ends', at: marks.astronomicalDusk, rank: 1 },
    { name: 'Dawn', at: marks.astronomicalDawn, rank: 1 },
  ].flatMap(({ name, at, rank }) => {
    const ms = instant(at);
    return ms === null ? [] : [{ text: `${name} ${utcMinutes(ms)}`, xPx: scale.x(ms), rank }];
  });
  return (
    <g className="axis">
      {placeLabels(wanted, scale.widthPx).map(({ text, xPx, anchor }) => (
        <text key={text} x={xPx} y={14} textAnchor={anchor}>
          {text}
        </text>
      ))}
    </g>
  );
}

interface MoonBandProps {
  readonly moon: Pick<Tonight['moon'], 'riseAt' | 'setAt' | 'altDeg'>;
  readonly scale: TimeScale;
  readonly y: number;
}

/** A line while the Moon is up. */
export function MoonBand({ moon, scale, y }: MoonBandProps) {
  const chart = { fromMs: scale.startMs, toMs: scale.endMs };
  return (
    <g className="moon-band">
      {moonStretches(moon, chart).map((up) => {
        const x = scale.clampX(up.fromMs);
        const width = scale.clampX(up.toMs) - x;
        return <rect key={up.fromMs} x={x} width={width} y={y + 5} height={6} rx={3} />;
      })}
    </g>
  );
}

/** Where the night stands; the same line through every chart of the night. */
export function NowLine({ scale, topPx, bottomPx }: Omit<BackdropProps, 'marks'>) {
  const halfPixelMs = (scale.endMs - scale.startMs) / Math.max(1, scale.widthPx) / 2;
  const now = useNow(halfPixelMs);
  if (now < scale.startMs || now > scale.endMs) return null;
  const x = scale.x(now);
  return <line className="now-line" x1={x} x2={x} y1={topPx} y2={bottomPx} />;
}
