import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { altAz, horizonAltAt, moonPosition, placeOf, type SkyTarget, separationDeg } from '#sky';
import { candidatesOf, type Job } from '../job.ts';
import { calernNight, sequence } from '../plan-builders.ts';
import type { PlanInput } from '../schedule.ts';

const startMs = Date.UTC(2014, 3, 14, 21);
const nightMs = 5 * 3_600_000;
const horizon = [
  { azDeg: 0, altDeg: 12 },
  { azDeg: 75, altDeg: 33 },
  { azDeg: 79, altDeg: 15 },
  { azDeg: 160, altDeg: 10 },
  { azDeg: 200, altDeg: 45 },
  { azDeg: 201, altDeg: 10 },
  { azDeg: 265, altDeg: 27 },
];

const anyTarget: fc.Arbitrary<SkyTarget> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      raDeg: fc.double({ min: 90, max: 330, noNaN: true }),
      decDeg: fc.double({ min: -35, max: 89, noNaN: true }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<SkyTarget>(
      { kind: 'BODY', body: 'Mars' },
      { kind: 'BODY', body: 'Saturn' },
      {
        kind: 'EPHEMERIS',
        points: [
          { ms: startMs - 3_600_000, raDeg: 180, decDeg: 10 },
          { ms: startMs + 10_800_000, raDeg: 200, decDeg: 25 },
          { ms: startMs + 21_600_000, raDeg: 215, decDeg: 30 },
        ],
      },
    ),
  },
);

const anyInput = fc
  .record({
    target: anyTarget,
    minAltDeg: fc.double({ min: 5, max: 60, noNaN: true }),
    moonDistanceDeg: fc.double({ min: 0, max: 90, noNaN: true }),
    moonDistanceAlways: fc.boolean(),
  })
  .map(({ target, ...limits }) => {
    const input = calernNight([sequence(1, { target, limits, durationSeconds: 1 })], {
      night: { scienceStartMs: startMs, scienceEndMs: startMs + nightMs },
      nowMs: startMs,
    });
    return { ...input, constraints: { ...input.constraints, horizon } };
  });

/** How far the worst constraint is from refusing an instant, degrees; below 0 it refuses. */
function marginDeg({ constraints, sequences }: PlanInput, ms: number): number {
  const { site } = constraints;
  const asked = sequences[0];
  if (!asked?.target || !asked.limits) throw new Error('no target');
  const place = placeOf(asked.target, site, ms);
  const { altDeg, azDeg } = altAz(place, site, ms);
  const moon = moonPosition(site, ms);
  const { minAltDeg = 0, moonDistanceDeg = 0, moonDistanceAlways } = asked.limits;
  const far = separationDeg(moon, place) - moonDistanceDeg;
  // A step of the horizon is passed over in no time: the lower of its two sides counts.
  const nearAz = [-0.03, 0, 0.03].map((away) => horizonAltAt(constraints.horizon, azDeg + away));
  return Math.min(
    altDeg - minAltDeg,
    altDeg - Math.min(...nearAz),
    moonDistanceAlways ? far : Math.max(far, -moon.altDeg),
  );
}

function visibleOf(input: PlanInput): Job['visible'] {
  return candidatesOf(input).jobs[0]?.visible ?? [];
}

describe('where a sequence is visible', () => {
  it('all constraints hold at every instant, to 0.05°', () => {
    fc.assert(
      fc.property(anyInput, fc.double({ min: 0, max: 1, noNaN: true }), (input, share) => {
        for (const interval of visibleOf(input)) {
          const ms = interval.startMs + share * (interval.endMs - interval.startMs);
          for (const each of [interval.startMs, ms, interval.endMs]) {
            expect(marginDeg(input, each)).toBeGreaterThan(-0.05);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('no instant that all constraints allow is left out, to 0.05°', () => {
    fc.assert(
      fc.property(anyInput, fc.integer({ min: 0, max: nightMs }), (input, offset) => {
        const ms = startMs + offset;
        fc.pre(marginDeg(input, ms) > 0.05);
        // Passing a step of the horizon is exempt: its two sides are both near.
        const { azDeg } = altAz(
          placeOf(
            input.sequences[0]?.target ?? { raDeg: 0, decDeg: 0 },
            input.constraints.site,
            ms,
          ),
          input.constraints.site,
          ms,
        );
        fc.pre(horizon.every((step) => Math.abs(step.azDeg - azDeg) > 0.1));
        const inside = visibleOf(input).some((each) => each.startMs <= ms && ms <= each.endMs);
        expect(inside).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  it('meets a chimney that is narrower than a step of time', () => {
    const target = { raDeg: 213.9, decDeg: 19.2 };
    const night = { scienceStartMs: startMs, scienceEndMs: startMs + nightMs };
    const bare = calernNight([sequence(1, { target })], { night, nowMs: startMs });
    const behind = altAz(target, bare.constraints.site, startMs + 3_030_000).azDeg;
    const chimney = [
      { azDeg: 0, altDeg: 0 },
      { azDeg: behind, altDeg: 89 },
      { azDeg: behind + 0.2, altDeg: 0 },
    ];
    const input = { ...bare, constraints: { ...bare.constraints, horizon: chimney } };
    const visible = visibleOf(input);
    expect(visible).toHaveLength(2);
    const hidden = (visible[1]?.startMs ?? 0) - (visible[0]?.endMs ?? 0);
    expect(hidden).toBeGreaterThan(20_000);
    expect(hidden).toBeLessThan(60_000);
  });
});
