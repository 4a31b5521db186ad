import type { PlanVersion, SchedulePage } from '../../tonight.ts';
import { capital } from '../format/quantity.ts';
import { utcOf } from '../format/time.ts';
import { useLinkFreshness, useSnapshot } from '../live/use-live.ts';
import { kindWord, points, typeset } from './plan-words.ts';

/** What is planned in one sentence, and what the plan is worth. */
export function ScheduleHead({ page }: { page: SchedulePage }) {
  const fresh = useLinkFreshness();
  const { tonight } = useSnapshot();
  const { plan } = page;
  return (
    <section className="sentence schedule-head" data-fresh={fresh} aria-label="The plan">
      <title>{`${page.sentence} — PyROS`}</title>
      <h1 className="value" data-testid="plan-sentence" aria-live="polite">
        {page.sentence}
      </h1>
      {tonight && <p className="plan-now">Now: {tonight.sentence}</p>}
      {plan ? (
        <p className="plan-worth" data-testid="plan-worth">
          {!isOver(page) && <Worth plan={plan} />}
          <span className="faint">
            {isOver(page) ? 'Last plan' : capital(`${kindWord(plan.kind)} plan`)} at{' '}
            {utcOf(plan.created)}Z: {typeset(plan.cause)}.
          </span>
        </p>
      ) : (
        <p className="plan-worth faint">{page.dark ? WAITING : NO_NIGHT}</p>
      )}
    </section>
  );
}

function Worth({ plan }: { plan: PlanVersion }) {
  return (
    <>
      <span>{typeset(plan.worth)}</span>{' '}
      {plan.bound > 0 && (
        <span className="faint">
          Value {points(plan.value)}, bound {points(plan.bound)}.{' '}
        </span>
      )}
    </>
  );
}

/** What the last plan of a night had still been worth says nothing about the night. */
function isOver({ now, dark }: SchedulePage): boolean {
  return dark !== null && Date.parse(now) > Date.parse(dark.end);
}

const WAITING =
  'The scheduler plans when the night begins, when a request or an alert comes in, and whenever a sequence ends.';
const NO_NIGHT = 'Sequences whose window is long enough wait for a darker season.';
