import type { DeviceView } from '../../tonight.ts';
import { decimal } from '../format/angle.ts';
import { capital, words } from '../format/quantity.ts';
import { span, utcSeconds } from '../format/time.ts';
import { useAge } from '../live/use-live.ts';
import { Section } from '../parts/section.tsx';
import { Shape, type Tone } from '../parts/shape.tsx';

/** Every device with its statuses by the names of the guide (R-272 to R-300), and their age. */
export function DeviceTable({ devices }: { devices: readonly DeviceView[] }) {
  return (
    <Section title="Devices" className="area-devices" testId="devices">
      <div className="devices">
        {devices.map((device) => (
          <Device key={device.device} device={device} />
        ))}
      </div>
    </Section>
  );
}

const CONNECTED: Readonly<Record<string, { tone: Tone; word: string }>> = {
  true: { tone: 'good', word: 'Connected' },
  false: { tone: 'bad', word: 'Does not answer' },
  null: { tone: 'unknown', word: 'Not known' },
};

function Device({ device }: { device: DeviceView }) {
  const age = useAge(device.at);
  const { tone, word } = CONNECTED[String(device.connected)] ?? { tone: 'unknown', word: '' };
  return (
    <section
      className="device"
      data-tone={tone}
      data-fresh={age.freshness}
      aria-label={device.device}
    >
      <h3>{device.device}</h3>
      <p className="device-state with-shape">
        <Shape tone={tone} size={12} />
        {word}
        <span className="faint">{age.seconds === null ? '' : `${span(age.seconds)} ago`}</span>
      </p>
      <dl className="device-statuses">
        {device.statuses.map(({ name, value, unit, valid }) => (
          <div key={name} data-valid={valid}>
            <dt>{nameText(name)}</dt>
            <dd className="value">{valueText(value, unit)}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

/** `ccd_temperature` as people write it. */
function nameText(name: string): string {
  const text = name.replaceAll('_', ' ').replace(/\b(ccd|ra|ha)\b/, (short) => short.toUpperCase());
  return capital(text);
}

const SYMBOLS: Readonly<Record<string, string>> = { deg: '°', Celsius: ' °C' };

function valueText(value: number | string | null, unit: string): string {
  if (value === null) return '–';
  if (unit === 'bool') return value === 1 ? 'Yes' : 'No';
  if (unit === 'UTC') return instantText(String(value));
  if (typeof value === 'string')
    return /^[a-z]+$/.test(value) && value.length > 1 ? words(value) : value;
  const symbol = SYMBOLS[unit];
  return `${decimal(value, unit === 'deg' ? 2 : 1)}${symbol ?? ` ${unit}`}`;
}

/** A day as it is; of an instant the time alone. */
function instantText(value: string): string {
  const ms = Date.parse(value);
  return value.length <= 10 || Number.isNaN(ms) ? value : `${utcSeconds(ms)}Z`;
}
