import { parseIso } from '#platform';
import { sunBelow } from '#sky';
import type { TonightSources } from './tonight-sources.ts';

/** The one sentence that matters: what is happening, or why nothing is. */
export function nightSentence(sources: TonightSources): string {
  const { observatory, nowMs } = sources;
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
      return openSentence(sources, nowMs);
  }
}

/** Closed, with each reason that stands in the way of opening. */
function closedSentence(sources: TonightSources): string {
  const { safety, observatory, unit, nowMs } = sources;
  const reasons: string[] = [];
  if (!safety || nowMs - parseIso(safety.updated) > sources.maxAgeSeconds * 1000) {
    reasons.push('safety is unknown');
  } else if (safety.safe !== 1) {
    reasons.push(...(JSON.parse(safety.reasons) as string[]));
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
  return `Closed: ${reasons.join('; ') || 'about to open'}.`;
}

function openSentence(sources: TonightSources, nowMs: number): string {
  const shutter = String(sources.devices.get('dome')?.status.shutter ?? 'unknown');
  if (shutter !== 'open')
    return shutter === 'opening' ? 'Opening the dome.' : 'About to open the dome.';
  const running = sources.sequences.find((sequence) => sequence.status === 'EXECUTING');
  if (running) {
    const line = sources.schedule?.lines.find((one) => one.sequenceId === running.id);
    const until = line?.endMs && line.endMs > nowMs ? ` until ${clockTime(line.endMs)}` : '';
    const what = running.isAlert
      ? `Observing the alert ${running.name}`
      : `Observing ${running.name}`;
    return `${what}${until}.`;
  }
  const next = sources.schedule?.lines.find(
    (line) => line.startMs !== null && line.startMs > nowMs,
  );
  if (!next?.startMs) return 'Open, with nothing left to observe.';
  const sequence = sources.sequences.find((one) => one.id === next.sequenceId);
  return `Open: ${sequence?.name ?? 'next'} begins at ${clockTime(next.startMs)}.`;
}

function clockTime(ms: number): string {
  return `${new Date(ms).toISOString().slice(11, 16)} UTC`;
}
