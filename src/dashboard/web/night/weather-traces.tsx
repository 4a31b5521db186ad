import type { Tonight } from '../../tonight.ts';
import { timeScale } from '../marks/time-scale.ts';
import { Section } from '../parts/section.tsx';
import { HourAxis } from './night-backdrop.tsx';
import { usePlot } from './use-plot.ts';
import { WeatherRow } from './weather-row.tsx';

/** The weather under the Gantt, on the same axis. */
export function WeatherTraces({ tonight }: { tonight: Tonight }) {
  const plot = usePlot();
  const { chartStart, chartEnd } = tonight.twilight;
  const scale = timeScale(Date.parse(chartStart), Date.parse(chartEnd), plot.widthPx);
  return (
    <Section title="Weather" className="weather" testId="weather">
      <div ref={plot.ref} className={plot.compact ? 'weather-compact' : 'weather-wide'}>
        {tonight.weather.map((trace) => (
          <WeatherRow key={trace.quantity} trace={trace} marks={tonight.twilight} scale={scale} />
        ))}
        {tonight.weather.length === 0 ? (
          <p className="empty">
            No sensor has reported yet. Without weather the observatory counts as unsafe and the
            dome stays closed.
          </p>
        ) : (
          <svg className="weather-axis" width={scale.widthPx} height={20} aria-hidden="true">
            <HourAxis scale={scale} y={14} />
          </svg>
        )}
      </div>
    </Section>
  );
}
