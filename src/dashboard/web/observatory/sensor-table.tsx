import type { SensorView } from '../../tonight.ts';
import { reading, unitSymbol, words } from '../format/quantity.ts';
import { span } from '../format/time.ts';
import { useAge } from '../live/use-live.ts';
import { Section } from '../parts/section.tsx';
import { Shape, type Tone } from '../parts/shape.tsx';

/** Every sensor: what it says, how good that is, how old, and whether it decides. */
export function SensorTable({ sensors }: { sensors: readonly SensorView[] }) {
  const good = sensors.filter(({ quality }) => quality === 'good').length;
  return (
    <Section
      title="Sensors"
      className="area-sensors"
      testId="sensors"
      aside={
        <span className="section-note">
          {good} of {sensors.length} good
        </span>
      }
    >
      {sensors.length === 0 ? (
        <p className="empty">No sensor has reported yet.</p>
      ) : (
        <div className="wide-table">
          <table className="rows-table">
            <thead>
              <tr>
                <th>Sensor</th>
                <th className="number">Value</th>
                <th>Quality</th>
                <th className="number">Age</th>
                <th>Used</th>
                <th>Limit</th>
              </tr>
            </thead>
            <tbody>
              {sensors.map((sensor) => (
                <SensorRow key={sensor.name} sensor={sensor} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Section>
  );
}

function SensorRow({ sensor }: { sensor: SensorView }) {
  const { name, value, unit, quality, at, used, limit, beyond } = sensor;
  const age = useAge(at);
  const tone: Tone = quality === 'good' ? (beyond ? 'bad' : 'good') : 'warning';
  return (
    <tr data-tone={tone} data-fresh={age.freshness} data-used={used}>
      <th scope="row" className="with-shape">
        <Shape tone={tone} size={12} />
        <span>{name}</span>
      </th>
      <td className="number value">
        {value === null ? '–' : reading(value, unit)} <small>{unitSymbol(unit)}</small>
      </td>
      <td>{beyond ? 'Beyond its limit' : words(quality)}</td>
      <td className="number faint">{age.seconds === null ? 'never' : span(age.seconds)}</td>
      <td>{used ? 'Decides' : <span className="faint">Stands by</span>}</td>
      <td className="when">
        {limit ? `bad ${limit.side} ${reading(limit.value, unit)} ${unitSymbol(unit)}` : ''}
      </td>
    </tr>
  );
}
