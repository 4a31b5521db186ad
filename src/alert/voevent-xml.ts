import type { CitationKind, VOEvent, VOEventParam, VOEventRole } from './voevent.ts';
import { readPosition } from './voevent-position.ts';
import { child, childrenOf, descend, parseXml, type XmlTree } from './xml-tree.ts';

export type VOEventParse =
  | { readonly ok: true; readonly event: VOEvent }
  | { readonly ok: false; readonly reason: string };

/** Longest ivorn that every database can hold as a unique key. */
const LONGEST_IVORN = 250;
const LONGEST_DESCRIPTION = 2000;
const namespaces = /^(|http:\/\/www\.ivoa\.net\/xml\/VOEvent\/v(1\.1|2\.0|2\.1))$/;
const roles: readonly string[] = ['observation', 'test', 'prediction', 'utility'];
const citationKinds: readonly string[] = ['followup', 'supersedes', 'retraction'];

/**
 * Reads a VOEvent packet as it came from the network. What real authors get wrong without harm is
 * accepted (no namespace, unknown attributes, stray text, no author); what would make the alert
 * ambiguous is refused, every reason at once.
 */
export function parseVOEvent(input: Uint8Array | string): VOEventParse {
  const parsed = parseXml(input);
  if (!parsed.ok) return parsed;
  const problems = problemsOf(parsed.root);
  if (problems.length > 0) return { ok: false, reason: problems.join('; ') };
  return { ok: true, event: readEvent(parsed.root) };
}

/** Whether a text may identify an event: `ivo://authority/path#fragment`. */
export function isIvorn(text: string): boolean {
  return (
    text.length <= LONGEST_IVORN && /^ivo:\/\/[\w.~-]+(\/[^\s<>"'#]*)?(#[^\s<>"']+)?$/.test(text)
  );
}

function problemsOf(root: XmlTree): string[] {
  if (root.name !== 'VOEvent') return [`the root element is "${root.name}", not VOEvent`];
  const version = root.attributes.get('version') ?? '';
  const role = root.attributes.get('role') ?? '';
  const ivorn = root.attributes.get('ivorn') ?? '';
  const date = descend(root, 'Who', 'Date')?.text ?? '';
  const checks: readonly [boolean, string][] = [
    [namespaces.test(root.namespace), `namespace "${root.namespace}" is not a VOEvent's`],
    [/^(1\.1|2\.0|2\.1)$/.test(version), `version "${version}" is not 1.1, 2.0 or 2.1`],
    [isIvorn(ivorn), `ivorn "${ivorn.slice(0, 80)}" is missing or malformed`],
    [roles.includes(role), `role "${role}" is not one of ${roles.join(', ')}`],
    [instantIn(date) !== null, `Who/Date "${date.slice(0, 40)}" is not an ISO 8601 instant`],
    ...citationNodes(root).map(checkCitation),
  ];
  return checks.filter(([isGood]) => !isGood).map(([, problem]) => problem);
}

function checkCitation(node: XmlTree): [boolean, string] {
  const kind = citeOf(node);
  const isGood = citationKinds.includes(kind) && isIvorn(node.text);
  return [isGood, `citation "${kind}" of "${node.text.slice(0, 80)}" is malformed`];
}

/** Called once {@link problemsOf} has found none. */
function readEvent(root: XmlTree): VOEvent {
  const observation = descend(root, 'WhereWhen', 'ObsDataLocation', 'ObservationLocation');
  const eventTime = descend(observation, 'AstroCoords', 'Time', 'TimeInstant', 'ISOTime');
  return {
    ivorn: root.attributes.get('ivorn') ?? '',
    role: root.attributes.get('role') as VOEventRole,
    version: root.attributes.get('version') ?? '',
    authorIvorn: descend(root, 'Who', 'AuthorIVORN')?.text || null,
    dateMs: instantIn(descend(root, 'Who', 'Date')?.text ?? '') ?? 0,
    description: readDescription(root),
    params: readParams(child(root, 'What')),
    ...readPosition(observation),
    eventMs: instantIn(eventTime?.text ?? ''),
    citations: citationNodes(root).map((node) => ({
      ivorn: node.text,
      cite: citeOf(node) as CitationKind,
    })),
    importance: readImportance(child(root, 'Why')),
    inferredName: readName(child(root, 'Why')),
  };
}

function readDescription(root: XmlTree): string {
  const text = child(root, 'Description')?.text || descend(root, 'What', 'Description')?.text || '';
  return text.slice(0, LONGEST_DESCRIPTION);
}

function readParams(what: XmlTree | undefined): VOEventParam[] {
  const own = childrenOf(what, 'Param').map((param) => readParam(param, null));
  const grouped = childrenOf(what, 'Group').flatMap((group) => {
    const name = group.attributes.get('name') ?? '';
    return childrenOf(group, 'Param').map((param) => readParam(param, name));
  });
  return [...own, ...grouped];
}

function readParam(param: XmlTree, group: string | null): VOEventParam {
  return {
    group,
    name: param.attributes.get('name') ?? '',
    value: (param.attributes.get('value') ?? child(param, 'Value')?.text ?? '').trim(),
    unit: param.attributes.get('unit') ?? null,
  };
}

function readImportance(why: XmlTree | undefined): number | null {
  const importance = Number(why?.attributes.get('importance') || Number.NaN);
  return importance >= 0 && importance <= 1 ? importance : null;
}

function readName(why: XmlTree | undefined): string | null {
  const text = descend(why, 'Inference', 'Name')?.text || child(why, 'Name')?.text;
  return text ? text.slice(0, 100) : null;
}

function citationNodes(root: XmlTree): XmlTree[] {
  return childrenOf(root, 'Citations').flatMap((node) => childrenOf(node, 'EventIVORN'));
}

function citeOf(node: XmlTree): string {
  return node.attributes.get('cite')?.toLowerCase() ?? 'followup';
}

/** UTC milliseconds of an ISO 8601 instant; no zone means UTC. Null when it is none. */
function instantIn(text: string): number | null {
  const found = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,12})?)(Z|[+-]\d\d:\d\d)?$/.exec(text);
  const ms = found ? Date.parse(`${found[1]}${found[2] ?? 'Z'}`) : Number.NaN;
  return Number.isNaN(ms) ? null : ms;
}
