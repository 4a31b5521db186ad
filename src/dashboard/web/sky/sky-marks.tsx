import type { Tonight } from '../../tonight.ts';
import { moonPath, type Point, skyPoint } from '../marks/sky-projection.ts';

type Target = Tonight['sky']['targets'][number];

/** A short text beside a mark, on the side where there is room. */
export function Label({ at, text, faint }: { at: Point; text: string; faint?: boolean }) {
  return (
    <text className={faint ? 'sky-label sky-faint' : 'sky-label'} x={at.x} y={at.y}>
      {text}
    </text>
  );
}

function SideLabel({ at, text, away }: { at: Point; text: string; away: number }) {
  const left = at.x > 60;
  return (
    <text
      className="sky-label"
      x={at.x + (left ? -away : away)}
      y={at.y + 4}
      textAnchor={left ? 'end' : 'start'}
    >
      {text}
    </text>
  );
}

/** Where the telescope points: a reticle. */
export function TelescopeMark({ at, motion }: { at: Point; motion: string }) {
  const arms = 'M0-13V-7M0 7V13M-13 0H-7M7 0H13';
  return (
    <g className="telescope-mark" transform={`translate(${at.x.toFixed(1)} ${at.y.toFixed(1)})`}>
      <title>Telescope, {motion}</title>
      <path className="telescope-halo" d={arms} />
      <circle r="8" />
      <path d={arms} />
    </g>
  );
}

/** A target, drawn like its bar in the Gantt; only those that matter now carry their name. */
export function TargetMark({ target, radius }: { target: Target; radius: number }) {
  if (target.altDeg < 0) return null;
  const at = skyPoint(target, radius);
  const isNamed = target.isAlert || target.state === 'running';
  return (
    <g className={`target target-${target.state}${target.isAlert ? ' target-alert' : ''}`}>
      <title>
        {target.name}, {target.state}
      </title>
      <g transform={`translate(${at.x.toFixed(1)} ${at.y.toFixed(1)})`}>
        <path d={target.isAlert ? 'M0-9 2-2 9 0 2 2 0 9-2 2-9 0-2-2Z' : 'M0-4 4 0 0 4-4 0Z'} />
        {target.state === 'failed' && <path className="target-strike" d="M-5 5 5-5" />}
      </g>
      {isNamed && <SideLabel at={at} text={target.name} away={20} />}
    </g>
  );
}

export function Moon({ moon, radius }: { moon: Tonight['moon']; radius: number }) {
  if (moon.altDeg < 0) return null;
  const at = skyPoint(moon, radius);
  return (
    <g className="moon">
      <g transform={`translate(${at.x.toFixed(1)} ${at.y.toFixed(1)})`}>
        <title>Moon, {Math.round(moon.illumination * 100)} % lit</title>
        <circle className="moon-disc" r="7" />
        <path className="moon-lit" d={moonPath(moon.illumination, 7)} />
      </g>
      <SideLabel at={at} text="Moon" away={12} />
    </g>
  );
}

export function Sun({ sun, radius }: { sun: Tonight['sun']; radius: number }) {
  if (sun.altDeg < -1) return null;
  const at = skyPoint(sun, radius);
  const rays = 'M0-13V-9M0 9V13M-13 0H-9M9 0H13M-9-9-6-6M6 6 9 9M-9 9-6 6M6-6 9-9';
  return (
    <g className="sun">
      <g transform={`translate(${at.x.toFixed(1)} ${at.y.toFixed(1)})`}>
        <title>Sun</title>
        <circle r="6" />
        <path d={rays} />
      </g>
      <SideLabel at={at} text="Sun" away={17} />
    </g>
  );
}
