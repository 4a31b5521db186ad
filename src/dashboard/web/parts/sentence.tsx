import type { Tonight } from '../../tonight.ts';
import { useLinkFreshness } from '../live/use-live.ts';

/** Characters that still fit two lines of the large size. */
const LONG = 120;

/** The one sentence: what is happening, or why nothing is. */
export function Sentence({ tonight }: { tonight: Tonight }) {
  const fresh = useLinkFreshness();
  const isLong = tonight.sentence.length > LONG;
  return (
    <section className="sentence" data-fresh={fresh} aria-label="What is happening">
      <title>{`${tonight.sentence} — PyROS`}</title>
      <h1 className="value" data-testid="sentence" data-long={isLong} aria-live="polite">
        {tonight.sentence}
      </h1>
    </section>
  );
}
