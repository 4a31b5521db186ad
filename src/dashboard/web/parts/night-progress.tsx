import type { Tonight } from '../../tonight.ts';
import { count } from '../format/quantity.ts';
import { Section } from './section.tsx';

/** How much of the night is over, what was done, and the report once there is one. */
export function NightProgress({ tonight }: { tonight: Tonight }) {
  const { fraction, sequencesDone, sequencesPlanned, images } = tonight.progress;
  const percent = Math.round(Math.min(1, Math.max(0, fraction)) * 100);
  return (
    <Section
      title="Night so far"
      className="area-progress"
      aside={<span className="section-note">{percent} %</span>}
    >
      <progress
        className="night-bar"
        aria-label="Part of the night that is over"
        value={fraction}
      />
      <p className="progress-text">
        <strong>{sequencesDone}</strong> of {count(sequencesPlanned, 'planned sequence')} done,{' '}
        <strong>{images}</strong> {images === 1 ? 'image' : 'images'}
      </p>
      <p className="report-line">
        {tonight.report ? (
          <a href={tonight.report.path}>{tonight.report.headline}</a>
        ) : (
          <span className="faint">The report is written when the night ends.</span>
        )}
      </p>
    </Section>
  );
}
