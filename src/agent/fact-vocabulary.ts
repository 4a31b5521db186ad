/**
 * The facts of the observatory: what happened, in the past tense, in the words of the guide. This is
 * the one list that every room shares; a fact's payload is plain JSON. Instants are ISO-8601 UTC.
 */
export interface FactPayloads {
  AgentStarted: { agent: string; pid: number };
  AgentRestarted: { agent: string; reason: string; restarts: number };
  AgentGivenUp: { agent: string; reason: string };
  SelfTestEnded: { agent: string; assertions: number; faults: string[] };
  NightStarted: { night: string; sunsetAt: string | null; sunriseAt: string | null };
  NightAcknowledged: { by: string };
  NightEnded: { night: string; report: string };
  ModeChanged: { from: string; to: string; reason: string };
  /** What stands against observing is another than before; an empty list: nothing does. */
  PausesChanged: { pauses: { kind: string; key: string; sentence: string }[] };
  SafetyChanged: { safe: boolean; reasons: string[] };
  ConditionsChanged: {
    cloud: string;
    windMs: number | null;
    humidityPercent: number | null;
    /** Full width at half maximum at the zenith; absent or null: not measured. */
    seeingArcsec?: number | null;
  };
  PlcFrameRefused: { reason: string; count: number };
  /** Something that a person should know; told again, with a greater count, while it lasts. */
  AlarmRaised: {
    key: string;
    severity: 'WARNING' | 'SERIOUS' | 'CRITICAL';
    sentence: string;
    count: number;
  };
  AlarmCleared: { key: string; sentence: string };
  /** A bypass of the PLC was asked for, shown by the PLC, ended or refused. */
  BypassAsked: { on: boolean; by: string; reason: string; until: string | null };
  BypassChanged: { on: boolean; by: string; reason: string; until: string | null };
  BypassFailed: { by: string; reason: string };
  ObservatoryLocked: { by: string; reason: string };
  ObservatoryUnlocked: { by: string; reason: string };
  RemoteAsked: { on: boolean; by: string };
  /** The machine's clock was set, or drifts; seconds, positive: it went forward. */
  ClockJumped: { seconds: number };
  DomeOpening: { by: string; sunAltDeg: number };
  DomeOpened: { by: string };
  DomeClosing: { by: string; reason: string };
  DomeClosed: { by: string };
  TelescopeParked: { by: string };
  AlertReceived: AlertFact;
  AlertUpdated: AlertFact;
  AlertRetracted: { alertId: number; ivorn: string; trigger: string };
  AlertRefused: { reason: string; ivorn: string | null };
  AlertIgnored: { ivorn: string; reason: string };
  RequestSubmitted: {
    requestId: number;
    name: string;
    program: string;
    isAlert: boolean;
    sequences: number[];
  };
  RequestRefused: { source: string; reasons: string[] };
  TargetMoved: { sequenceId: number; name: string; raDeg: number; decDeg: number; alertId: number };
  SchedulePublished: {
    scheduleId: number;
    reason: string;
    planned: number;
    unplanned: number;
    first: number | null;
  };
  PlanningFailed: { reason: string };
  SequencePreempted: { sequenceId: number; name: string; by: number; byName: string };
  /** At the moment to start, its target or its window no longer allowed it. */
  SequenceRefused: { sequenceId: number; name: string; reason: string };
  SequenceStarted: {
    sequenceId: number;
    name: string;
    program: string;
    target: string;
    isAlert: boolean;
  };
  SlewStarted: { sequenceId: number; raDeg: number; decDeg: number; altDeg: number };
  /** `plannedSeconds`: what the planner reckons for such a slew. */
  SlewEnded: { sequenceId: number; seconds: number; plannedSeconds?: number };
  /** The telescope was centred by what an image showed. */
  PointingCorrected: { sequenceId: number; offsetArcsec: number; tries: number };
  PointingFailed: { sequenceId: number; tries: number; reason: string };
  /** Between two exposures, by so much in the sky. */
  TelescopeDithered: { sequenceId: number; raArcsec: number; decArcsec: number };
  ExposureStarted: {
    exposureId: string;
    sequenceId: number;
    channel: string;
    filter: string;
    seconds: number;
  };
  ImageTaken: ImageFact;
  ExposureLost: {
    exposureId: string;
    sequenceId: number;
    channel: string;
    state: string;
    reason: string;
  };
  SequenceEnded: {
    sequenceId: number;
    name: string;
    outcome: string;
    reason: string;
    images: number;
  };
  /**
   * A failure was not the observer's fault: it will be planned again and its time is given back.
   * `failures`: how many there were so far; 0 when it was only too late to begin.
   */
  SequenceRequeued: { sequenceId: number; name: string; reason: string; failures: number };
  CalibrationsStarted: { moment: 'dusk' | 'dawn'; night: string };
  CalibrationTaken: {
    exposureId: string;
    kind: 'flat' | 'dark' | 'bias';
    channel: string;
    filter: string;
    seconds: number;
    path: string;
    sha256: string;
  };
  CalibrationsEnded: {
    moment: 'dusk' | 'dawn';
    night: string;
    images: number;
    reason: string;
  };
  /** A file without its row was found at start: taken up again, or put aside. */
  OrphanFound: { path: string; became: 'recovered' | 'quarantined'; reason: string };
  OverheadMeasured: { kind: string; seconds: number; plannedSeconds: number };
  DeviceFailed: { device: string; code: string; reason: string };
}

/** What the alert agent tells of one VOEvent. */
export interface AlertFact {
  alertId: number;
  ivorn: string;
  mission: string;
  trigger: string;
  raDeg: number;
  decDeg: number;
  errorDeg: number;
  /** When the burst happened. */
  eventAt: string | null;
  /** When the notice says it was written. */
  noticeAt: string;
  /** When its last byte arrived here. */
  receivedAt: string;
}

/** What the observer tells of one image on disk. */
export interface ImageFact {
  imageId: number;
  exposureId: string;
  sequenceId: number;
  /** What is wrong with it, e.g. `vignetted`; absent: nothing. */
  flags?: readonly string[];
  channel: string;
  filter: string;
  seconds: number;
  startAt: string;
  path: string;
  /** SHA-256 of the file, hexadecimal. */
  sha256: string;
  altDeg: number;
}

export type FactType = keyof FactPayloads;

/** One row of the append-only list of facts. */
export type Fact = {
  [T in FactType]: {
    readonly id: number;
    readonly at: string;
    readonly agent: string;
    readonly type: T;
    readonly payload: FactPayloads[T];
  };
}[FactType];
