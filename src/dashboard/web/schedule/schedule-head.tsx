import type { SchedulePage } from '../../tonight.ts';
import { utcOf } from '../format/time.ts';
import { useLinkFreshness } from '../live/use-live.ts';
import { points } from './plan-words.ts';

/** What is planned in one sentence, and what the plan is worth. */
export function ScheduleHead({ page }: { page: SchedulePage }) {
  const fresh = useLinkFreshness();
  const { plan } = page;
  return (
    <section className="sentence schedule-head" data-fresh={fresh} aria-label="The plan">
      <title>{`${page.sentence} — PyROS`}</title>
      <h1 className="value" data-testid="plan-sentence" aria-live="polite">
        {page.sentence}
      </h1>
      {plan ? (
        <p className="plan-worth" data-testid="plan-worth">
          <span>{plan.worth}</span>{' '}
          {plan.bound > 0 && (
            <span className="faint">
              Value {points(plan.value)}, bound {points(plan.bound)}.
            </span>
          )}{' '}
          <span className="faint">
            {plan.kind === 'FIRST' ? 'First valid plan' : 'Planned'} at {utcOf(plan.created)}Z:{' '}
            {plan.cause}.
          </span>
        </p>
      ) : (
        <p className="plan-worth faint">{page.dark ? WAITING : NO_NIGHT}</p>
      )}
    </section>
  );
}

const WAITING =
  'The scheduler plans when the night begins, when a request or an alert comes in, and whenever a sequence ends.';
const NO_NIGHT = 'Sequences whose window is long enough wait for a darker season.';
