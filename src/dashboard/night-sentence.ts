import type { StoredSequence } from '#request';
import { sunBelow } from '#sky';
import { isFreshWord, shutterNow } from './fresh-word.ts';
import { reasonList } from './reason-list.ts';
import { isSlewing } from './slewing.ts';
import type { TonightSources } from './tonight-sources.ts';

/** The one sentence that matters: what is happening, or why nothing is. */
export function nightSentence(sources: TonightSources): string {
  const { observatory } = sources;
  if (!observatory) return 'Starting: the Majordome has not spoken yet.';
  const ended = sources.facts.findLast((fact) => fact.type === 'NightEnded');
  if (ended?.payload.night === observatory.night) {
    return 'The night is over: closed, parked, report written.';
  }
  switch (observatory.mode) {
    case 'STARTING':
      return 'Starting.';
    case 'PASSIVE_NO_PLC':
      return 'Passive: waiting for the PLC.';
    case 'PASSIVE':
      return `Passive: ${observatory.reason}.`;
    case 'SCHED_CLOSING':
      return `Closing the dome: ${observatory.reason}.`;
    case 'REMOTE':
      return 'Remote: a person commands the telescope.';
    case 'SHUTDOWN':
      return 'Shut down.';
    case 'STANDBY':
      return closedSentence(sources);
    default:
      return openSentence(sources);
  }
}

/** Closed, with each reason that stands in the way of opening. */
function closedSentence(sources: TonightSources): string {
  const { safety, observatory, unit, nowMs } = sources;
  const reasons: string[] = [];
  if (!safety || !isFreshWord(safety.updated, sources)) {
    reasons.push('safety is unknown');
  } else if (safety.safe !== 1) {
    reasons.push(...reasonList(JSON.parse(safety.reasons) as string[]));
  }
  if (observatory?.locked === 1) reasons.push('the observatory is locked');
  const open = sunBelow(unit.site, observatory?.night ?? '', unit.night.openSunAltDeg);
  if (!open) reasons.push('the Sun stays up');
  else if (nowMs < open.startMs) {
    reasons.push(`daylight, opening at ${clockTime(open.startMs)}`);
  } else if (nowMs > open.endMs) reasons.push('dawn');
  if (observatory?.night_ack !== 1 && open && nowMs < open.endMs) {
    reasons.push('waiting for the night acknowledgement');
  }
  return `${domeWord(sources)}: ${reasons.join('; ') || 'about to open'}.`;
}

/** What the dome itself said last: what is not known never reads as closed. */
function domeWord(sources: TonightSources): string {
  const shutter = shutterNow(sources.devices.get('dome'), sources);
  if (shutter === 'closed') return 'Closed';
  if (shutter === 'unknown') return 'Standing by, dome unknown';
  return `Standing by, dome ${shutter}`;
}

function openSentence(sources: TonightSources): string {
  const shutter = String(sources.devices.get('dome')?.status.shutter ?? 'unknown');
  if (shutter !== 'open')
    return shutter === 'opening' ? 'Opening the dome.' : 'About to open the dome.';
  const running = sources.sequences.find((sequence) => sequence.status === 'EXECUTING');
  return running ? runningSentence(sources, running) : waitingSentence(sources);
}

function runningSentence(sources: TonightSources, running: StoredSequence): string {
  const what = running.isAlert ? `the alert ${running.name}` : running.name;
  if (isSlewing(sources.facts, running.id)) return `Slewing to ${what}.`;
  const line = sources.schedule?.lines.find((one) => one.sequenceId === running.id);
  const isAhead = line?.endMs && line.endMs > sources.nowMs;
  return `Observing ${what}${isAhead ? ` until ${clockTime(line.endMs)}` : ''}.`;
}

function waitingSentence({ schedule, sequences, nowMs }: TonightSources): string {
  const planned = new Map(
    sequences.filter((one) => one.status === 'PLANNED').map((one) => [one.id, one.name]),
  );
  const next = schedule?.lines.find((line) => planned.has(line.sequenceId) && line.startMs);
  if (!next?.startMs) return 'Open, with nothing left to observe.';
  const name = planned.get(next.sequenceId);
  if (next.startMs <= nowMs) return `Open: ${name} begins.`;
  return `Open: ${name} begins at ${clockTime(next.startMs)}.`;
}

function clockTime(ms: number): string {
  return `${new Date(ms).toISOString().slice(11, 16)} UTC`;
}
