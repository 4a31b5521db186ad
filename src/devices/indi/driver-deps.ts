import type { Clock } from '#platform';
import type { IndiClient } from './indi-client.ts';

/** What drivers of INDI devices are made with. */
export interface IndiDriverDeps {
  readonly client: IndiClient;
  readonly clock: Clock;
  readonly log: (sentence: string) => void;
}
