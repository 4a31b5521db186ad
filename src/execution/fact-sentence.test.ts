import { expect, test } from 'vitest';
import type { Fact, FactPayloads, FactType } from '#agent';
import { factsOf, sentenceOfFact } from './fact-sentence.ts';

const alert = {
  alertId: 1,
  ivorn: 'ivo://a#1',
  mission: 'Swift',
  trigger: '596958',
  raDeg: 202.9277,
  decDeg: 29.2583,
  errorDeg: 0.05,
  eventAt: null,
  noticeAt: '',
  receivedAt: '',
};
const exposure = { exposureId: '1-1-1-1', sequenceId: 1, channel: 'VIS' };

const PAYLOADS: { readonly [T in FactType]: FactPayloads[T] } = {
  AgentStarted: { agent: 'Observer', pid: 1 },
  AgentRestarted: { agent: 'Observer', reason: 'it died', restarts: 1 },
  AgentGivenUp: { agent: 'Observer', reason: 'it dies always' },
  SelfTestEnded: { agent: 'AgentA', assertions: 9, faults: [] },
  NightStarted: { night: '2026-10-12', sunsetAt: null, sunriseAt: null },
  NightAcknowledged: { by: "the PLC's button" },
  NightEnded: { night: '2026-10-12', report: 'r' },
  ModeChanged: { from: 'STANDBY', to: 'SCHED_READY', reason: 'night' },
  SafetyChanged: { safe: false, reasons: ['rain', 'wind'] },
  ConditionsChanged: { cloud: 'clear', windMs: null, humidityPercent: null },
  PlcFrameRefused: { reason: 'garbled', count: 10 },
  DomeOpening: { by: 'Majordome', sunAltDeg: -3.04 },
  DomeOpened: { by: 'Majordome' },
  DomeClosing: { by: 'Guardian', reason: 'rain' },
  DomeClosed: { by: 'Majordome' },
  TelescopeParked: { by: 'Observer' },
  AlertReceived: alert,
  AlertUpdated: { ...alert, errorDeg: 0.001 },
  AlertRetracted: { alertId: 1, ivorn: 'ivo://a#1', trigger: '596958' },
  AlertRefused: { reason: 'not XML', ivorn: null },
  AlertIgnored: { ivorn: 'ivo://a#1', reason: 'a test' },
  RequestSubmitted: { requestId: 1, name: 'R', program: 'P', isAlert: false, sequences: [1] },
  RequestRefused: { source: 'a.xml', reasons: ['no target'] },
  TargetMoved: { sequenceId: 1, name: 'A', raDeg: 1, decDeg: 2, alertId: 1 },
  SchedulePublished: { scheduleId: 1, reason: 'night', planned: 3, unplanned: 1, first: 1 },
  PlanningFailed: { reason: 'no horizon' },
  SequencePreempted: { sequenceId: 1, name: 'A', by: 2, byName: 'B' },
  SequenceRefused: { sequenceId: 3, name: 'M31', reason: 'it is 12.0° high.' },
  SequenceStarted: { sequenceId: 1, name: 'S', program: 'P', target: 'M 31', isAlert: true },
  SlewStarted: { sequenceId: 1, raDeg: 1, decDeg: 2, altDeg: 45 },
  SlewEnded: { sequenceId: 1, seconds: 21.6 },
  ExposureStarted: { ...exposure, filter: 'r', seconds: 30 },
  ImageTaken: {
    ...exposure,
    imageId: 1,
    filter: 'r',
    seconds: 30,
    startAt: '',
    path: '',
    sha256: '',
    altDeg: 45,
  },
  ExposureLost: { ...exposure, state: 'ABORTED', reason: 'rain' },
  SequenceEnded: { sequenceId: 1, name: 'S', outcome: 'DONE', reason: '', images: 4 },
  PausesChanged: { pauses: [{ kind: 'weather', key: 'rain', sentence: 'rain 3 mm/h' }] },
  SequenceRequeued: { sequenceId: 1, name: 'S', reason: 'camera silent', failures: 1 },
  PointingCorrected: { sequenceId: 1, offsetArcsec: 12.34, tries: 1 },
  PointingFailed: { sequenceId: 1, tries: 3, reason: 'no stars' },
  TelescopeDithered: { sequenceId: 1, raArcsec: 3, decArcsec: -4 },
  AlarmRaised: { key: 'dome', severity: 'CRITICAL', sentence: 'It does not close', count: 2 },
  AlarmCleared: { key: 'dome', sentence: 'It does not close' },
  BypassAsked: { on: true, by: 'ak', reason: 'humid', until: '2026-10-12T22:30:00.000Z' },
  BypassChanged: { on: true, by: 'ak', reason: 'humid', until: null },
  BypassFailed: { by: 'ak', reason: 'PLC KO' },
  ObservatoryLocked: { by: 'ak', reason: 'a visit' },
  ObservatoryUnlocked: { by: 'ak', reason: 'the visit is over' },
  RemoteAsked: { on: true, by: 'ak' },
  ClockJumped: { seconds: -3600 },
  CalibrationsStarted: { moment: 'dusk', night: '2026-10-12' },
  CalibrationTaken: {
    exposureId: 'c1',
    kind: 'flat',
    channel: 'VIS',
    filter: 'r',
    seconds: 3,
    path: '',
    sha256: '',
  },
  CalibrationsEnded: { moment: 'dusk', night: '2026-10-12', images: 10, reason: '' },
  OrphanFound: { path: 'a.fits', became: 'recovered', reason: 'a row waits for it' },
  OverheadMeasured: { kind: 'slew', seconds: 21.4, plannedSeconds: 20 },
  DeviceFailed: { device: 'NIR', code: 'DEVICE_UNREACHABLE', reason: 'no answer' },
};

const TYPES = Object.keys(PAYLOADS) as FactType[];

function fact(type: FactType, changes: object = {}): Fact {
  const payload = { ...PAYLOADS[type], ...changes };
  return { id: 1, at: '2026-10-12T22:00:00.000Z', agent: 'A', type, payload } as Fact;
}

test.each(TYPES)('%s has a sentence without holes', (type) => {
  const sentence = sentenceOfFact(fact(type));
  expect(sentence.length).toBeGreaterThan(5);
  expect(sentence).not.toMatch(/undefined|null|NaN|\[object/);
});

test('an unsafe site tells every reason', () => {
  expect(sentenceOfFact(fact('SafetyChanged'))).toBe('UNSAFE: rain; wind');
  expect(sentenceOfFact(fact('SafetyChanged', { safe: true, reasons: [] }))).toBe('SAFE');
});

test('a refinement tells its error in arcseconds', () => {
  expect(sentenceOfFact(fact('AlertUpdated'))).toBe('Swift 596958 refined to 3.6″');
});

test('a sequence tells the reason of its end when there is one', () => {
  expect(sentenceOfFact(fact('SequenceEnded'))).toBe('S DONE, 4 images');
  expect(sentenceOfFact(fact('SequenceEnded', { outcome: 'PARTIAL', reason: 'rain' }))).toBe(
    'S PARTIAL, 4 images: rain',
  );
});

test('facts are chosen by their type, in their order', () => {
  const facts = [fact('DomeOpened'), fact('DomeClosed'), fact('DomeOpened')];
  expect(factsOf(facts, 'DomeOpened')).toHaveLength(2);
});
