import type { AlarmView } from '../../tonight.ts';
import { capital, words } from '../format/quantity.ts';
import { utcOf } from '../format/time.ts';
import { Section } from '../parts/section.tsx';
import { Shape, type Tone } from '../parts/shape.tsx';

const TONES: Readonly<Record<AlarmView['severity'], Tone>> = {
  WARNING: 'warning',
  SERIOUS: 'bad',
  CRITICAL: 'bad',
};

/** Alarms that stand, the worst first. */
export function AlarmList({ alarms }: { alarms: readonly AlarmView[] }) {
  return (
    <Section title="Alarms" className="area-alarms" testId="alarms">
      {alarms.length === 0 ? (
        <p className="empty">No alarm stands.</p>
      ) : (
        <ul className="alarms">
          {alarms.map(({ key, severity, sentence, since, count }) => (
            <li key={key} data-tone={TONES[severity]}>
              <Shape tone={TONES[severity]} size={12} />
              <span>
                <strong>{words(severity)}</strong> {capital(sentence)}
                <span className="faint">
                  {' '}
                  since {utcOf(since)}Z{count > 1 ? `, told ${count} times` : ''}
                </span>
              </span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
