import type { Tonight } from '../../tonight.ts';
import { useLinkFreshness } from '../live/use-live.ts';

/** The one sentence: what is happening, or why nothing is. */
export function Sentence({ tonight }: { tonight: Tonight }) {
  const fresh = useLinkFreshness();
  return (
    <section className="sentence" data-fresh={fresh} aria-label="What is happening">
      <title>{`${tonight.sentence} — PyROS`}</title>
      <h1 className="value" data-testid="sentence" aria-live="polite">
        {tonight.sentence}
      </h1>
    </section>
  );
}
