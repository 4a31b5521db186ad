import { describe, expect, it } from 'vitest';
import { exposureProgress } from './exposure-progress.ts';

describe('an exposure', () => {
  it('advances with the clock', () => {
    expect(exposureProgress(0, 60, 15_000)).toEqual({ fraction: 0.25, elapsedSeconds: 15 });
  });

  it('never passes its end', () => {
    expect(exposureProgress(0, 60, 90_000)?.fraction).toBe(1);
  });

  it('has no progress before it is started', () => {
    expect(exposureProgress(null, 60, 0)).toBeNull();
    expect(exposureProgress(0, null, 0)).toBeNull();
  });
});
