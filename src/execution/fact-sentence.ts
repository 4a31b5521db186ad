import type { Fact, FactPayloads, FactType } from '#agent';

type FactOf<T extends FactType> = Extract<Fact, { type: T }>;

export function factsOf<T extends FactType>(facts: readonly Fact[], type: T): FactOf<T>[] {
  return facts.filter((fact): fact is FactOf<T> => fact.type === type);
}

const deg = (value: number, digits = 4) => `${value.toFixed(digits)}°`;

type Sentences = { readonly [T in FactType]: (payload: FactPayloads[T]) => string };

const SENTENCES: Sentences = {
  AgentStarted: (p) => `${p.agent} started`,
  AgentRestarted: (p) => `${p.agent} restarted: ${p.reason}`,
  SelfTestEnded: (p) =>
    `Self-test of ${p.agent}: ${p.faults.length === 0 ? `ok, ${p.assertions} assertions` : p.faults.join('; ')}`,
  AgentGivenUp: (p) => `${p.agent} given up: ${p.reason}`,
  NightStarted: (p) => `Night ${p.night} begins`,
  NightAcknowledged: (p) => `Night acknowledged by ${p.by}`,
  NightEnded: (p) => `Night ${p.night} ends`,
  ModeChanged: (p) => `${p.from} → ${p.to}: ${p.reason}`,
  PausesChanged: (p) =>
    p.pauses.length === 0
      ? 'Nothing stands against observing'
      : `Waiting: ${p.pauses.map(({ sentence }) => sentence).join('; ')}`,
  SafetyChanged: (p) => (p.safe ? 'SAFE' : `UNSAFE: ${p.reasons.join('; ')}`),
  ConditionsChanged: (p) =>
    `Sky ${p.cloud}${p.seeingArcsec ? `, seeing ${p.seeingArcsec.toFixed(1)}″` : ''}`,
  PlcFrameRefused: (p) => `PLC frame refused (${p.count}): ${p.reason}`,
  DomeOpening: (p) => `Dome opening, Sun at ${deg(p.sunAltDeg, 1)}`,
  DomeOpened: () => 'Dome open',
  DomeClosing: (p) => `Dome closing (${p.by}): ${p.reason}`,
  DomeClosed: () => 'Dome closed',
  TelescopeParked: () => 'Telescope parked',
  AlertReceived: (p) =>
    `${p.mission} alert ${p.trigger} at RA ${deg(p.raDeg)} Dec ${deg(p.decDeg)}`,
  AlertUpdated: (p) => `${p.mission} ${p.trigger} refined to ${(p.errorDeg * 3600).toFixed(1)}″`,
  AlertRetracted: (p) => `Alert ${p.trigger} retracted`,
  AlertRefused: (p) => `Alert refused: ${p.reason}`,
  AlertIgnored: (p) => `Alert ignored: ${p.reason}`,
  RequestSubmitted: (p) => `Request ${p.name} of ${p.program} submitted`,
  RequestRefused: (p) => `Request ${p.source} refused: ${p.reasons.join('; ')}`,
  TargetMoved: (p) => `Target of ${p.name} moved to RA ${deg(p.raDeg)} Dec ${deg(p.decDeg)}`,
  SchedulePublished: (p) =>
    `Planned ${p.planned} sequences, ${p.unplanned} without a place: ${p.reason}`,
  PlanningFailed: (p) => `Planning failed: ${p.reason}`,
  SequenceRefused: (p) => `${p.name} cannot begin: ${p.reason}`,
  SequencePreempted: (p) => `${p.name} gives way to ${p.byName}`,
  SequenceStarted: (p) => `${p.isAlert ? 'ALERT ' : ''}${p.name} (${p.program}) begins`,
  SlewStarted: (p) =>
    `Slewing to RA ${deg(p.raDeg)} Dec ${deg(p.decDeg)}, ${deg(p.altDeg, 1)} high`,
  SlewEnded: (p) => `On target after ${p.seconds.toFixed(0)} s`,
  ExposureStarted: (p) => `${p.channel} exposing ${p.seconds} s in ${p.filter}`,
  ImageTaken: (p) => `${p.channel} ${p.filter} ${p.seconds} s image stored`,
  ExposureLost: (p) => `${p.channel} exposure ${p.state.toLowerCase()}: ${p.reason}`,
  SequenceEnded: (p) =>
    `${p.name} ${p.outcome}, ${p.images} images${p.reason ? `: ${p.reason}` : ''}`,
  SequenceRequeued: (p) => `${p.name} will be planned again (failure ${p.failures}): ${p.reason}`,
  PointingCorrected: (p) =>
    `Centred by ${p.offsetArcsec.toFixed(1)}″ after ${p.tries} ${p.tries === 1 ? 'try' : 'tries'}`,
  PointingFailed: (p) => `Not centred after ${p.tries} tries: ${p.reason}`,
  TelescopeDithered: (p) =>
    `Dithered to ${p.raArcsec.toFixed(1)}″, ${p.decArcsec.toFixed(1)}″ from the target`,
  AlarmRaised: (p) => `${p.severity}${p.count > 1 ? ` (${p.count})` : ''}: ${p.sentence}`,
  AlarmCleared: (p) => `Over: ${p.sentence}`,
  BypassAsked: (p) =>
    p.on
      ? `Bypass asked by ${p.by} until ${(p.until ?? '').slice(11, 16)}Z: ${p.reason}`
      : `End of the bypass asked by ${p.by}: ${p.reason}`,
  BypassChanged: (p) => (p.on ? 'The PLC shows the bypass' : 'The PLC shows no bypass any more'),
  BypassFailed: (p) => `Bypass of ${p.by} failed: ${p.reason}`,
  ObservatoryLocked: (p) => `Locked by ${p.by}: ${p.reason}`,
  ObservatoryUnlocked: (p) => `Unlocked by ${p.by}: ${p.reason}`,
  RemoteAsked: (p) => `${p.on ? 'Remote' : 'Scheduler'} mode asked by ${p.by}`,
  ClockJumped: (p) =>
    `The clock was set ${p.seconds > 0 ? 'forward' : 'back'} by ${Math.abs(p.seconds).toFixed(1)} s`,
  CalibrationsStarted: (p) => `Calibrations at ${p.moment} begin`,
  CalibrationTaken: (p) => `${p.channel} ${p.kind} ${p.filter} ${p.seconds} s stored`,
  CalibrationsEnded: (p) =>
    `Calibrations at ${p.moment} end, ${p.images} images${p.reason ? `: ${p.reason}` : ''}`,
  OrphanFound: (p) => `${p.path} ${p.became}: ${p.reason}`,
  OverheadMeasured: (p) =>
    `${p.kind} took ${p.seconds.toFixed(1)} s, planned ${p.plannedSeconds.toFixed(1)} s`,
  DeviceFailed: (p) => `${p.device} failed: ${p.reason}`,
};

/** One fact in one sentence, for people. */
export function sentenceOfFact(fact: Fact): string {
  const sentence = SENTENCES[fact.type] as (payload: Fact['payload']) => string;
  return sentence(fact.payload);
}
