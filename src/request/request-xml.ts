import type { Channel } from '#unit';
import { readAlbum } from './album-xml.ts';
import { albumsSeconds } from './cost.ts';
import { ElementReader } from './element-reader.ts';
import { readLimits, readUseful } from './limits-xml.ts';
import type { RequestDraft, SequenceDraft } from './request.ts';
import { defaultPriority } from './request.ts';
import { readTarget } from './target-xml.ts';
import { readPreferedTime, readWindow } from './window-xml.ts';
import { readXml } from './xml-tree.ts';

/** What a request file is read against. */
export interface RequestXmlContext {
  /** The moment of submission, UTC milliseconds: where relative windows count from. */
  readonly submittedAtMs: number;
  /** The channels of the unit: detectors and filters are named after them. */
  readonly channels: readonly Channel[];
}

export type RequestXmlReading =
  | { readonly ok: true; readonly request: RequestDraft; readonly warnings: readonly string[] }
  | { readonly ok: false; readonly errors: readonly string[] };

/** What the readers of the parts of a request share. */
export interface SequenceContext extends RequestXmlContext {
  /** Windows are seconds from submission, and a lone number is a zenith distance. */
  readonly isRelative: boolean;
  readonly warnings: string[];
}

const maxSequences = 200;
const maxAlbums = 20;

/**
 * Reads the guide's request file: request > sequence > album > plan. Every fault is
 * reported at once, with its path and line and what was expected; unknown names are faults. Warnings
 * tell where PyROS understood something else than what was written.
 */
export function parseRequestXml(xml: string, context: RequestXmlContext): RequestXmlReading {
  const tree = readXml(xml);
  if (!tree.ok) return tree;
  if (tree.root.tag !== 'request') {
    return { ok: false, errors: [`expected <request> at the top, got <${tree.root.tag}>`] };
  }
  const errors: string[] = [];
  const warnings: string[] = [];
  const request = readRequest(new ElementReader(tree.root, errors), { ...context, warnings });
  return errors.length > 0 ? { ok: false, errors } : { ok: true, request, warnings };
}

function readRequest(
  reader: ElementReader,
  context: Omit<SequenceContext, 'isRelative'>,
): RequestDraft {
  const submitted = reader.oneOf('submitted', ['0', '1']) === '1';
  const isRelative = reader.oneOf('relative', ['0', '1']) === '1';
  const name = reader.text('name', 'the name of the request');
  const program = reader.text('scientific_program', 'the name of the scientific program');
  const targetType = reader.text('target_type', 'a word for the kind of target');
  const interrupts = reader.oneOf('interrupts', ['discard', 'readout'], 'discard');
  reader.noOtherAttributes();
  const sequences = reader
    .children('sequence', maxSequences)
    .map((each) => readSequence(each, { ...context, isRelative }));
  const kept = interrupts === 'readout' ? { interrupts } : {};
  return { name, program, targetType, isAlert: false, ...kept, submitted, sequences };
}

function readSequence(reader: ElementReader, context: SequenceContext): SequenceDraft {
  const name = reader.text('name', 'the name of the sequence');
  const declared = reader.number('duration', { min: 0.001, max: 86400, what: 'seconds' });
  const window = readWindow(reader, context);
  const target = readTarget(reader, { ...context, ...window, sequenceName: name });
  const priority = readPriority(reader);
  const startMode = reader.oneOf('start', ['IMMEDIATE', 'BESTELEV'], 'IMMEDIATE') ?? 'IMMEDIATE';
  const tPreferedMs = readPreferedTime(reader, context, window);
  const limits = readLimits(reader);
  const albums = reader
    .children('album', maxAlbums)
    .map((each) => readAlbum(each, context.channels));
  const computed = albumsSeconds(albums, context.channels);
  const durationSeconds = Math.max(declared, computed);
  const useful = readUseful(reader, durationSeconds);
  reader.noOtherAttributes();
  warnOfDuration({ name, declared, computed }, context.warnings);
  checkFit(reader, window, durationSeconds);
  const wishes = { priority, startMode, tPreferedMs, ...limits };
  return { name, target, ...window, ...wishes, durationSeconds, ...useful, albums };
}

function readPriority(reader: ElementReader): number {
  if (reader.optional('priority') === undefined) return defaultPriority;
  const what = 'priority, small = urgent, below 10 only for alerts';
  return reader.number('priority', { min: 10, max: 100, integer: true, what });
}

function warnOfDuration(
  sequence: { readonly name: string; readonly declared: number; readonly computed: number },
  warnings: string[],
): void {
  const { name, declared, computed } = sequence;
  if (declared === computed || Number.isNaN(declared + computed)) return;
  const kept = Math.max(declared, computed);
  warnings.push(
    `Sequence "${name}" declares ${declared} s, but its images take ${computed} s: ${kept} s are planned.`,
  );
}

function checkFit(
  reader: ElementReader,
  window: { readonly windowStartMs: number; readonly windowEndMs: number },
  durationSeconds: number,
): void {
  const seconds = (window.windowEndMs - window.windowStartMs) / 1000;
  if (seconds > 0 && durationSeconds > seconds) {
    reader.fault(`the window of ${seconds} s is too short for ${durationSeconds} s of observation`);
  }
}
