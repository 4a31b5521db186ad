import { expect, test } from 'vitest';
import { appendFact, type Fact } from '#agent';
import { iso, parseIso } from '#platform';
import { horizontalToIcrs } from '#sky';
import { swiftPacket } from '../../src/alert/swift-packet.ts';
import { dark, type PhaseRecord, type PhaseWorld, type Step, unit } from './phase-night.ts';
import { churnOf, faultsOf } from './plan-check.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
/** So many minutes into the dark. */
export const into = (minutes: number): number => dark.startMs + minutes * MINUTE;
export const everybody = [
  'guardian',
  'environment',
  'majordome',
  'observer',
  'scheduler',
  'alert',
] as const;

export const msOf = (fact: Fact): number => parseIso(fact.at);

/** What must hold in every night. */
export function alwaysHolds(
  name: string,
  night: () => PhaseRecord,
  outage: readonly [number, number] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
): void {
  test('every sequence has a slot or a reason at any time', () => {
    const { samples } = night();
    expect(samples.length).toBeGreaterThan(20);
    const isWell = ({ ms }: { ms: number }) => ms < outage[0] || ms > outage[1];
    for (const { lost } of samples.filter(isWell)) expect(lost).toEqual([]);
  });

  test('no plan overlaps, forgets a slew, or breaks a constraint', () => {
    const { versions, sequences, facts } = night();
    expect(versions.length).toBeGreaterThan(2);
    for (const version of versions) {
      const hasBegun = (id: number) => isUnderWay(facts, id, parseIso(version.created));
      expect(faultsOf(version, sequences, hasBegun)).toEqual([]);
    }
  });

  test('later starts change their order in at most a fifth of the cases', () => {
    const { kept, pushed, moved } = churnOf(night().versions);
    process.stderr.write(`${name}: later starts kept ${kept}, pushed ${pushed}, moved ${moved}\n`);
    expect(kept + pushed).toBeGreaterThan(5);
    expect(moved).toBeLessThanOrEqual(0.2 * (kept + pushed + moved));
  });
}

/** Begun and not ended at an instant. */
function isUnderWay(facts: readonly Fact[], id: number, ms: number): boolean {
  const last = facts.findLast(
    (fact) =>
      (fact.type === 'SequenceStarted' || fact.type === 'SequenceEnded') &&
      fact.payload.sequenceId === id &&
      msOf(fact) <= ms,
  );
  return last?.type === 'SequenceStarted';
}

export function tell(atMs: number, fact: Pick<Fact, 'type' | 'payload'>): Step {
  const act = async ({ database }: PhaseWorld) => {
    await database.transaction((work) =>
      appendFact(work, { atMs, agent: 'Somebody', ...fact } as never),
    );
  };
  return { atMs, act };
}

/** A burst that a satellite tells of at an instant, so high then. */
export function burst(
  atMs: number,
  { trigger, altDeg = 65 }: { trigger: string; altDeg?: number },
): Step {
  const place = horizontalToIcrs({ altDeg, azDeg: 200 }, unit.site, atMs);
  const eventAt = iso(atMs - MINUTE);
  const packet = swiftPacket({ packet: 'bat', trigger, eventAt, ...place, errorDeg: 0.05 }, atMs);
  return { atMs, act: (world) => world.receive(new TextEncoder().encode(packet)) };
}

export const named = ({ sequences }: PhaseRecord, name: string) => {
  const found = [...sequences.values()].find((one) => one.name === name);
  if (!found) throw new Error(`no sequence ${name}`);
  return found;
};

/** The site as the guide's scenario makes it: acknowledged before dusk, and what else happens. */
export function site(...events: { at: number; device: string; name: string; value: number }[]) {
  const acknowledged = [
    { at: into(-31), device: 'OBSERVATORY', name: 'NightAck', value: 0 },
    { at: into(-29), device: 'OBSERVATORY', name: 'NightAck', value: 1 },
  ];
  return [
    10,
    ...[...acknowledged, ...events].map(({ at, device, name, value }) => {
      return {
        at: iso(Math.round(at)),
        plcSimulator: { device_name: device, value_name: name, value },
      };
    }),
  ];
}

/** Both sensors of a quantity, for a while. */
export function weather(
  name: string,
  [bad, good]: [number, number],
  [fromMs, toMs]: [number, number],
) {
  return ['WXT520', 'VantagePro'].flatMap((device) => [
    { at: fromMs, device, name, value: bad },
    { at: toMs, device, name, value: good },
  ]);
}
