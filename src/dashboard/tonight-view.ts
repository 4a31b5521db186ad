import type { Fact, FactType } from '#agent';
import { sentenceOfFact } from '#execution';
import { parseIso } from '#platform';
import { nightId, siderealHours } from '#sky';
import { alertView } from './alert-view.ts';
import { isFreshWord, shutterNow } from './fresh-word.ts';
import { nightSentence } from './night-sentence.ts';
import { lostStretches, nightFraction, planBars, unplanned } from './plan-view.ts';
import { reasonList } from './reason-list.ts';
import { scheduleRevision } from './schedule-revision.ts';
import { simulatedDevices } from './simulated-devices.ts';
import { nightMarks, skyNow, sunAndMoon } from './sky-view.ts';
import type { FactTone, Tonight } from './tonight.ts';
import type { TonightSources } from './tonight-sources.ts';
import { weatherTraces } from './weather-view.ts';

const SHOWN_FACTS = 40;
/** The others are on the page "Schedule". */
const SHOWN_UNPLANNED = 20;
/** Hundreds a night, and drawn already by the cameras and the last images. */
const SHOWN_ELSEWHERE: ReadonlySet<FactType> = new Set<FactType>(['ExposureStarted', 'ImageTaken']);

/** The page, made of what the database holds: the same sources give the same page. */
export function tonightView(sources: TonightSources): Tonight {
  const { unit, nowMs, observatory } = sources;
  const night = nightId(nowMs, unit.site.lonDeg);
  const marks = nightMarks(sources, night);
  const bodies = sunAndMoon(sources);
  return {
    now: new Date(nowMs).toISOString(),
    rate: sources.rate,
    simulated: simulatedDevices(unit).length > 0,
    site: { ...unit.site },
    unit: unit.unit.alias,
    siderealHours: siderealHours(nowMs, unit.site.lonDeg),
    night,
    sentence: nightSentence(sources),
    mode: {
      name: observatory?.mode ?? 'STARTING',
      since: observatory?.since ?? null,
      reason: observatory?.reason ?? '',
    },
    safety: safetyView(sources),
    dome: domeView(sources),
    telescope: telescopeView(sources),
    cameras: unit.channels.map((channel) => cameraView(sources, channel.alias)),
    twilight: marks.twilight,
    moon: { ...marks.moon, ...bodies.moon },
    sun: bodies.sun,
    ...planView(sources),
    lost: lostStretches(sources),
    sky: skyNow(sources),
    weather: weatherTraces(sources),
    lastImages: lastImages(sources),
    alert: alertView(sources),
    agents: agentsView(sources),
    facts: factsView(sources.facts),
    progress: progressView(sources, marks.twilight),
    report: reportView(sources),
  };
}

function planView(sources: TonightSources) {
  const withoutPlace = unplanned(sources);
  return {
    plan: planBars(sources),
    scheduleRevision: scheduleRevision(sources),
    unplanned: withoutPlace.slice(0, SHOWN_UNPLANNED),
    unplannedCount: withoutPlace.length,
  };
}

function safetyView(sources: TonightSources): Tonight['safety'] {
  const { safety } = sources;
  if (!safety) return { safe: null, reasons: ['nothing is known yet'], at: null };
  const reasons = reasonList(JSON.parse(safety.reasons) as string[]);
  const at = safety.frame_at || null;
  const isFresh = isFreshWord(safety.updated, sources);
  if (!isFresh) return { safe: null, reasons: ['the last word on safety is too old'], at };
  return { safe: safety.safe === 1, reasons, at };
}

function domeView(sources: TonightSources): Tonight['dome'] {
  const dome = sources.devices.get('dome');
  return {
    at: dome?.updated ?? null,
    shutter: shutterNow(dome, sources),
    azimuthDeg: numberOf(dome?.status.azimuthDeg),
  };
}

function telescopeView({ devices, sequences }: TonightSources): Tonight['telescope'] {
  const telescope = devices.get('telescope');
  const status = telescope?.status ?? {};
  const running = sequences.find((sequence) => sequence.status === 'EXECUTING');
  return {
    at: telescope?.updated ?? null,
    motion: String(status.motion ?? 'unknown'),
    raDeg: numberOf(status.raDeg),
    decDeg: numberOf(status.decDeg),
    altDeg: numberOf(status.altDeg),
    azDeg: numberOf(status.azDeg),
    target: running?.target.name ?? null,
  };
}

/** The exposure comes from the facts: the camera's own status is seconds old on a fast clock. */
function cameraView(sources: TonightSources, channel: string): Tonight['cameras'][number] {
  const camera = sources.devices.get(`camera-${channel}`);
  const status = camera?.status ?? {};
  const last = sources.facts.findLast(
    (fact) =>
      (fact.type === 'ExposureStarted' ||
        fact.type === 'ImageTaken' ||
        fact.type === 'ExposureLost') &&
      fact.payload.channel === channel,
  );
  const isOver = (at: string, seconds: number) => sources.nowMs > parseIso(at) + seconds * 1000;
  const started = last?.type === 'ExposureStarted' ? last : null;
  const exposing = started && !isOver(started.at, started.payload.seconds) ? started : null;
  return {
    channel,
    at: camera?.updated ?? null,
    activity: exposing ? 'exposing' : activityAfter(status.activity),
    filter: started?.payload.filter ?? textOf(status.filter),
    temperatureC: numberOf(status.temperatureC),
    exposureSeconds: exposing?.payload.seconds ?? null,
    startedAt: exposing?.at ?? null,
  };
}

/** A status that still says exposing when the time is over is only late: the chip is read. */
function activityAfter(activity: unknown): string {
  return activity === 'exposing' ? 'reading' : String(activity ?? 'unknown');
}

function lastImages({ images, sequences }: TonightSources): Tonight['lastImages'] {
  return images.map((image) => ({
    imageId: image.id,
    channel: image.channel,
    filter: image.filter,
    seconds: image.seconds,
    startAt: image.start_at,
    sequence: sequences.find((one) => one.id === image.sequence_id)?.name ?? '',
    preview: `/api/images/${image.id}/preview.png`,
  }));
}

function agentsView({ unit, surveys, nowMs }: TonightSources): Tonight['agents'] {
  const started = surveys.filter((survey) => survey.status !== 'NOT_STARTED');
  const shown = unit.agents.filter(
    ({ alias, start }) => start === 'with-unit' || started.some((one) => one.name === alias),
  );
  return shown.map(({ alias }) => {
    const survey = surveys.find((one) => one.name === alias);
    if (!survey) return { name: alias, status: 'not seen', at: null, alive: false };
    const alive = nowMs - survey.atMs <= survey.validitySeconds * 1000;
    return { name: alias, status: survey.status, at: new Date(survey.atMs).toISOString(), alive };
  });
}

function factsView(facts: readonly Fact[]): Tonight['facts'] {
  return facts
    .filter((fact) => !SHOWN_ELSEWHERE.has(fact.type) && !isToldAgain(fact))
    .slice(-SHOWN_FACTS)
    .reverse()
    .map((fact) => {
      return {
        id: fact.id,
        at: fact.at,
        type: fact.type,
        sentence: sentenceOfFact(fact),
        tone: toneOf(fact),
      };
    });
}

/** An alarm that stands is told again and again: each time would push out what else happened. */
function isToldAgain(fact: Fact): boolean {
  return fact.type === 'AlarmRaised' && fact.payload.count > 1;
}

function toneOf(fact: Fact): FactTone {
  switch (fact.type) {
    case 'AlarmRaised':
      return fact.payload.severity === 'WARNING' ? 'warning' : 'bad';
    case 'SafetyChanged':
      return fact.payload.safe ? 'good' : 'bad';
    case 'SequenceEnded':
      return fact.payload.outcome === 'DONE' ? 'good' : 'warning';
    case 'AlertReceived':
    case 'AlertUpdated':
    case 'SequencePreempted':
    case 'TargetMoved':
      return 'alert';
    case 'DomeClosing':
    case 'ExposureLost':
    case 'AgentRestarted':
    case 'PlcFrameRefused':
    case 'AlertRefused':
    case 'RequestRefused':
      return 'warning';
    case 'DeviceFailed':
    case 'AgentGivenUp':
    case 'PlanningFailed':
      return 'bad';
    default:
      return 'plain';
  }
}

function progressView(
  sources: TonightSources,
  marks: { chartStart: string; chartEnd: string },
): Tonight['progress'] {
  const { sequences } = sources;
  const counted = sequences.filter((one) => one.status !== 'UNPLANNABLE');
  return {
    fraction: nightFraction(marks, sources.nowMs),
    sequencesDone: sequences.filter((one) => one.status === 'DONE').length,
    sequencesPlanned: counted.length,
    images: sources.imageCount,
  };
}

function reportView({ facts }: TonightSources): Tonight['report'] {
  const ended = facts.findLast((fact) => fact.type === 'NightEnded');
  return ended ? { path: '/report', headline: `Report of the night ${ended.payload.night}` } : null;
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
