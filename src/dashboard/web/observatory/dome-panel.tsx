import type { ObservatoryPage } from '../../tonight.ts';
import { words } from '../format/quantity.ts';
import { span } from '../format/time.ts';
import { useAge } from '../live/use-live.ts';
import { Section } from '../parts/section.tsx';
import { Shape } from '../parts/shape.tsx';
import { shutterTone } from '../parts/state-tones.ts';

/** The dome, and what lets it be open: the guardian's permit. */
export function DomePanel({ dome }: { dome: ObservatoryPage['dome'] }) {
  const age = useAge(dome.at);
  const tone = shutterTone(dome.shutter, dome.permitSeconds === null || dome.permitSeconds > 0);
  const guard = dome.guarded ? 'good' : 'bad';
  return (
    <Section title="Dome and guardian" className="area-dome" testId="dome-panel">
      <dl className="pairs" data-fresh={age.freshness}>
        <div data-tone={tone}>
          <dt>Shutter</dt>
          <dd className="with-shape value">
            <Shape tone={tone} size={12} />
            {words(dome.shutter)}
            <span className="faint">
              {age.seconds === null ? 'no reading' : `${span(age.seconds)} ago`}
            </span>
          </dd>
        </div>
        <div>
          <dt>Permit</dt>
          <dd className="value">{permitText(dome.permitSeconds)}</dd>
        </div>
        <div data-tone={guard}>
          <dt>Guardian</dt>
          <dd className="with-shape">
            <Shape tone={guard} size={12} />
            {dome.guarded ? 'Alive' : 'Not answering: the dome closes by itself'}
          </dd>
        </div>
      </dl>
    </Section>
  );
}

function permitText(seconds: number | null): string {
  if (seconds === null) return 'Not known';
  if (seconds <= 0) return 'None: it may not be open';
  return `May be open ${span(seconds)} without a new word of the guardian`;
}
