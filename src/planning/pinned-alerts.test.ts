import { describe, expect, it } from 'vitest';
import { pinAlerts, startsBeside } from './pinned-alerts.ts';
import { jobsOf, minutes, openSky, sequence, slewingTelescope, timed } from './plan-builders.ts';
import { quotaLedger } from './quota-ledger.ts';
import type { PlanSequence, Quota } from './schedule.ts';

const telescope = slewingTelescope(null, 60);
const alert = { isAlert: true, target: { raDeg: 0, decDeg: 0 } };

function pinned(sequences: readonly PlanSequence[], quotas = new Map<string, Quota>()) {
  const found = pinAlerts(jobsOf(openSky(sequences, 60)), telescope, quotaLedger(quotas));
  return found.map(({ job, startMs }) => [job.sequence.id, startMs / 60_000]);
}

describe('alerts', () => {
  it('take their first possible start, the most urgent first', () => {
    const [late, urgent] = [
      sequence(1, { ...timed([0, 60], 10), ...alert, priority: 5 }),
      sequence(2, { ...timed([5, 60], 10), ...alert, priority: 1 }),
    ];
    expect(pinned([late, urgent])).toEqual([
      [2, 5],
      [1, 15],
    ]);
  });

  it('of less urgency may come earlier in time, where there is room', () => {
    const [short, urgent] = [
      sequence(1, { ...timed([0, 60], 5), ...alert, priority: 5 }),
      sequence(2, { ...timed([5, 60], 10), ...alert, priority: 1 }),
    ];
    expect(pinned([short, urgent])).toEqual([
      [1, 0],
      [2, 5],
    ]);
  });

  it('leave time for the slew between them', () => {
    const [a, b] = [
      sequence(1, { ...timed([0, 60], 5), ...alert, priority: 1 }),
      sequence(2, {
        ...timed([0, 60], 5),
        ...alert,
        target: { raDeg: 90, decDeg: 0 },
        priority: 2,
      }),
    ];
    expect(pinned([a, b])).toEqual([
      [1, 0],
      [2, 6.5],
    ]);
  });

  it('that cannot be paid for, or have no room, are left out', () => {
    const quotas = new Map([['program "P"', { quotaSeconds: 300, chargedSeconds: 0 }]]);
    const pair = [1, 2].map((id) => sequence(id, { ...timed([0, 60], 5), ...alert, priority: id }));
    expect(pinned(pair, quotas)).toEqual([[1, 0]]);
    const crowd = [1, 2].map((id) => sequence(id, { ...timed([0, 9], 5), ...alert, priority: id }));
    expect(pinned(crowd)).toEqual([[1, 0]]);
  });

  it('are all that is pinned', () => {
    expect(pinned([sequence(1)])).toEqual([]);
  });
});

describe('the starts beside pinned blocks', () => {
  const [fixed, free] = jobsOf(
    openSky(
      [
        sequence(1, { ...timed([20, 30], 10), ...alert }),
        sequence(2, { ...timed([0, 60], 5), target: { raDeg: 60, decDeg: 0 } }),
      ],
      60,
    ),
  );
  if (fixed === undefined || free === undefined) throw new Error('the sky refuses them');
  const agenda = [{ job: fixed, startMs: minutes(20) }];

  it('keep away from them by the slews', () => {
    expect(startsBeside(free, agenda, telescope)).toEqual([
      { startMs: 0, endMs: minutes(14) },
      { startMs: minutes(31), endMs: minutes(55) },
    ]);
  });

  it('begin with the slew from where the telescope looks', () => {
    const looking = slewingTelescope({ raDeg: 0, decDeg: 0 }, 60);
    expect(startsBeside(free, [], looking)).toEqual([{ startMs: minutes(1), endMs: minutes(55) }]);
  });
});
