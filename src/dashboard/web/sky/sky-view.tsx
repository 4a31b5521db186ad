import type { Tonight } from '../../tonight.ts';
import { angle, compass } from '../format/angle.ts';
import { useAge } from '../live/use-live.ts';
import { horizonPath, skyPoint, starRadius } from '../marks/sky-projection.ts';
import { Section } from '../parts/section.tsx';
import { Label, Moon, Sun, TargetMark, TelescopeMark } from './sky-marks.tsx';

const RADIUS = 168;
const MARGIN = 24;
const BOX = `${-RADIUS - MARGIN} ${-RADIUS - MARGIN} ${2 * (RADIUS + MARGIN)} ${2 * (RADIUS + MARGIN)}`;
const CARDINALS = [
  { name: 'N', azDeg: 0 },
  { name: 'E', azDeg: 90 },
  { name: 'S', azDeg: 180 },
  { name: 'W', azDeg: 270 },
];

/** The sky above the site now: zenith in the middle, north up, east left. */
export function SkyView({ tonight }: { tonight: Tonight }) {
  return (
    <Section
      title="Sky now"
      className="area-sky"
      testId="sky"
      aside={<span className="section-note">zenith at centre, east left</span>}
    >
      <svg
        className={`sky sky-${skyLight(tonight.sun.altDeg)}`}
        viewBox={BOX}
        role="img"
        aria-label={skySentence(tonight)}
      >
        <SkyDisc sky={tonight.sky} sunAltDeg={tonight.sun.altDeg} />
        <Moon moon={tonight.moon} radius={RADIUS} />
        <Sun sun={tonight.sun} radius={RADIUS} />
        {tonight.sky.targets.map((target) => (
          <TargetMark key={`${target.name}${target.azDeg}`} target={target} radius={RADIUS} />
        ))}
        <Telescope telescope={tonight.telescope} />
      </svg>
    </Section>
  );
}

function Telescope({ telescope }: { telescope: Tonight['telescope'] }) {
  const age = useAge(telescope.at);
  const { altDeg, azDeg } = telescope;
  if (altDeg === null || azDeg === null || altDeg < -5) return null;
  return (
    <g data-fresh={age.freshness} className="value">
      <TelescopeMark at={skyPoint({ altDeg, azDeg }, RADIUS)} motion={telescope.motion} />
    </g>
  );
}

function SkyDisc({ sky, sunAltDeg }: { sky: Tonight['sky']; sunAltDeg: number }) {
  return (
    <g>
      <circle className="sky-disc" r={RADIUS} />
      {[30, 60].map((altDeg) => (
        <circle key={altDeg} className="sky-ring" r={((90 - altDeg) / 90) * RADIUS} />
      ))}
      <path className="sky-ring" d={`M0 ${-RADIUS}V${RADIUS}M${-RADIUS} 0H${RADIUS}`} />
      <Label at={{ x: 3, y: -RADIUS / 3 - 4 }} text="60°" faint />
      <Label at={{ x: 3, y: (-2 * RADIUS) / 3 - 4 }} text="30°" faint />
      {sunAltDeg < -3 && <Stars stars={sky.stars} />}
      <path className="sky-horizon" fillRule="evenodd" d={horizonPath(sky.horizon, RADIUS)} />
      <circle className="sky-edge" r={RADIUS} />
      {CARDINALS.map(({ name, azDeg }) => {
        const { x, y } = skyPoint({ azDeg, altDeg: -8 }, RADIUS);
        return (
          <text key={name} className="cardinal" x={x} y={y + 4} textAnchor="middle">
            {name}
          </text>
        );
      })}
    </g>
  );
}

function Stars({ stars }: { stars: Tonight['sky']['stars'] }) {
  return (
    <g className="stars">
      {stars.map((star) => {
        const { x, y } = skyPoint(star, RADIUS);
        const key = `${star.magnitude}/${star.azDeg}`;
        return (
          <circle key={key} cx={x.toFixed(1)} cy={y.toFixed(1)} r={starRadius(star.magnitude)} />
        );
      })}
    </g>
  );
}

function skyLight(sunAltDeg: number): string {
  const steps = ['day', 'civil', 'nautical', 'astronomical', 'dark'];
  return steps[[0, -6, -12, -18].filter((limit) => sunAltDeg < limit).length] ?? 'dark';
}

function skySentence({ telescope, sky }: Tonight): string {
  const { altDeg, azDeg } = telescope;
  const where =
    altDeg === null || azDeg === null
      ? 'Where the telescope points is not known.'
      : `The telescope points ${angle(altDeg, 0)} high towards ${compass(azDeg)}.`;
  return `${where} ${sky.targets.length} targets of tonight are marked.`;
}
