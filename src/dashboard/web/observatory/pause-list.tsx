import type { PauseView } from '../../tonight.ts';
import { capital, count } from '../format/quantity.ts';
import { instant, span, utcMinutes } from '../format/time.ts';
import { useNow } from '../live/use-live.ts';
import { Section } from '../parts/section.tsx';
import { Shape, type Tone } from '../parts/shape.tsx';

const TONES: Readonly<Record<string, Tone>> = {
  weather: 'warning',
  site: 'bad',
  hardware: 'bad',
  clock: 'bad',
  person: 'warning',
  daylight: 'quiet',
  acknowledgement: 'quiet',
  calibration: 'busy',
};

/** Why nothing is observed, each reason with since when and until when at the earliest. */
export function PauseList({ pauses }: { pauses: readonly PauseView[] }) {
  const now = useNow();
  return (
    <Section
      title="Paused by"
      className="area-pauses"
      testId="pauses"
      aside={<span className="section-note">{count(pauses.length, 'reason')}</span>}
    >
      {pauses.length === 0 ? (
        <p className="empty">Nothing stands against observing.</p>
      ) : (
        <table className="rows-table">
          <thead>
            <tr>
              <th>Kind</th>
              <th>Reason</th>
              <th>Since</th>
              <th>Ends not before</th>
            </tr>
          </thead>
          <tbody>
            {pauses.map((pause) => (
              <tr key={`${pause.kind} ${pause.key}`} data-tone={TONES[pause.kind] ?? 'unknown'}>
                <th scope="row" className="with-shape">
                  <Shape tone={TONES[pause.kind] ?? 'unknown'} size={12} />
                  {capital(pause.kind)}
                </th>
                <td>{capital(pause.sentence)}</td>
                <td className="when">{sinceText(pause.since, now)}</td>
                <td className="when">{untilText(pause.earliestEnd, now)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Section>
  );
}

function sinceText(at: string | null, now: number): string {
  const ms = instant(at);
  return ms === null ? '–' : `${utcMinutes(ms)}Z, ${span((now - ms) / 1000)}`;
}

function untilText(at: string | null, now: number): string {
  const ms = instant(at);
  if (ms === null) return 'nobody can tell';
  const left = (ms - now) / 1000;
  return left > 0 ? `${utcMinutes(ms)}Z, in ${span(left)}` : 'any moment';
}
