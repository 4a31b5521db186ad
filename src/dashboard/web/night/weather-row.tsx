import type { Trace, TwilightMarks } from '../../tonight.ts';
import { reading, unitSymbol } from '../format/quantity.ts';
import { span } from '../format/time.ts';
import { freshness, TRACE, worse } from '../live/freshness.ts';
import { useAge, useLinkFreshness } from '../live/use-live.ts';
import type { TimeScale } from '../marks/time-scale.ts';
import { beyondPath, isBeyond, traceDomain, tracePath, valueY } from '../marks/trace-path.ts';
import { Shape } from '../parts/shape.tsx';
import { NightBackdrop, NowLine } from './night-backdrop.tsx';

interface WeatherRowProps {
  readonly trace: Trace;
  readonly marks: TwilightMarks;
  readonly scale: TimeScale;
}

const HEIGHT_PX = 40;
const PAD_PX = 3;

/** One quantity: its last value with age, and its trace with the limit that closes the dome. */
export function WeatherRow({ trace, marks, scale }: WeatherRowProps) {
  const last = trace.points.at(-1);
  const age = useAge(last?.at ?? null);
  const fresh = worse(freshness(age.seconds, TRACE), useLinkFreshness());
  const beyond = last !== undefined && isBeyond(last.value, trace.limit);
  return (
    <div className="trace" data-tone={beyond ? 'bad' : 'plain'} data-fresh={fresh}>
      <div className="trace-text">
        <span className="trace-name">{trace.label}</span>
        <span className="trace-value value">
          {beyond && <Shape tone="bad" size={12} />}
          {last ? reading(last.value, trace.unit) : '–'} <small>{unitSymbol(trace.unit)}</small>
        </span>
        <span className="trace-sensor">
          {beyond ? 'over the limit' : (trace.sensor ?? 'no sensor')}
        </span>
        <span className="trace-age">{age.seconds === null ? 'no reading' : span(age.seconds)}</span>
      </div>
      {scale.widthPx > 0 && <TracePlot trace={trace} marks={marks} scale={scale} />}
    </div>
  );
}

function TracePlot({ trace, marks, scale }: WeatherRowProps) {
  const domain = traceDomain(trace);
  const y = (value: number) => PAD_PX + valueY(value, domain, HEIGHT_PX - 2 * PAD_PX);
  const path = tracePath(trace.points, scale, y);
  const limitY = trace.limit ? y(trace.limit.value) : null;
  const isOnScale = limitY !== null && limitY >= 0 && limitY <= HEIGHT_PX;
  const bad = badZone(trace.limit, limitY);
  return (
    <svg
      width={scale.widthPx}
      height={HEIGHT_PX}
      role="img"
      aria-label={`${trace.label} over the night`}
    >
      <NightBackdrop marks={marks} scale={scale} topPx={0} bottomPx={HEIGHT_PX} />
      {bad && <rect className="limit-zone" width={scale.widthPx} {...bad} />}
      {isOnScale && <line className="limit-line" x2={scale.widthPx} y1={limitY} y2={limitY} />}
      <path className="trace-line" d={path} />
      <path className="trace-line trace-beyond" d={beyondPath(trace, scale, y)} />
      <LimitText trace={trace} scale={scale} y={isOnScale ? limitY : null} />
      <NowLine scale={scale} topPx={0} bottomPx={HEIGHT_PX} />
    </svg>
  );
}

/** The part of the plot on the wrong side of the limit. */
function badZone(
  limit: Trace['limit'],
  limitY: number | null,
): { y: number; height: number } | null {
  if (!limit || limitY === null) return null;
  const edge = Math.min(HEIGHT_PX, Math.max(0, limitY));
  return limit.side === 'above' ? { y: 0, height: edge } : { y: edge, height: HEIGHT_PX - edge };
}

interface LimitTextProps {
  readonly trace: Trace;
  readonly scale: TimeScale;
  /** Where the limit line is; null when it is off the scale. */
  readonly y: number | null;
}

/** Names the limit in the half of the night where the trace does not end. */
function LimitText({ trace, scale, y }: LimitTextProps) {
  if (!trace.limit) return null;
  const last = trace.points.at(-1);
  const isLate = last !== undefined && scale.x(Date.parse(last.at)) > scale.widthPx * 0.7;
  const x = isLate ? 4 : scale.widthPx - 4;
  const value = `${reading(trace.limit.value, trace.unit)} ${unitSymbol(trace.unit)}`;
  const text =
    y === null ? `limit ${value} ${trace.limit.side === 'above' ? '↑' : '↓'}` : `limit ${value}`;
  const low = y === null || y < 16;
  const at = y === null ? HEIGHT_PX - 5 : low ? y + 12 : y - 4;
  return (
    <text className="limit-text" x={x} y={at} textAnchor={isLate ? 'start' : 'end'}>
      {text}
    </text>
  );
}
