import { stopwatch } from '../format/time.ts';
import { useSilentSeconds, useSnapshot } from '../live/use-live.ts';
import { Shape } from './shape.tsx';

/** Says that the server is silent, and for how long; lies over the page so that nothing moves. */
export function LinkBanner() {
  const { link, tonight } = useSnapshot();
  const silent = useSilentSeconds();
  if (link !== 'lost') return null;
  return (
    <div className="link-banner" role="status" data-testid="link-banner">
      <Shape tone="warning" />
      <span aria-live="off">
        {tonight
          ? `Last seen ${stopwatch(silent)} ago — reconnecting`
          : `No answer from the observatory for ${stopwatch(silent)} — trying again`}
      </span>
    </div>
  );
}
