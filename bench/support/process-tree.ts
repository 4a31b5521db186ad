import { readdirSync, readFileSync } from 'node:fs';

/** The memory of one process, bytes. Shared pages weigh in PSS by their share, in RSS whole. */
export interface ProcessMemory {
  readonly pid: number;
  /** Its title, as `ps` shows it. */
  readonly name: string;
  readonly pssBytes: number;
  readonly rssBytes: number;
}

/** The memory of a process and of everything below it. Linux only; those that end are left out. */
export function memoryOfTree(root: number): ProcessMemory[] {
  return pidsOfTree(root).flatMap((pid) => memoryOf(pid) ?? []);
}

/** Processor time that a process and everything below it have had, seconds. Linux only. */
export function processorSecondsOfTree(root: number): number {
  return pidsOfTree(root).reduce((sum, pid) => sum + processorSecondsOf(pid), 0);
}

/** Ticks of the kernel's accounts; the same on every Linux of today (proc(5), sysconf(3)). */
const TICKS_PER_SECOND = 100;

function processorSecondsOf(pid: number): number {
  const [user = 0, system = 0] = (statOf(pid) ?? []).slice(11, 13).map(Number);
  return (user + system) / TICKS_PER_SECOND;
}

function pidsOfTree(root: number): number[] {
  const children = new Map<number, number[]>();
  for (const entry of readdirSync('/proc')) {
    const pid = Number(entry);
    const parent = Number.isInteger(pid) ? parentOf(pid) : null;
    if (parent !== null) children.set(parent, [...(children.get(parent) ?? []), pid]);
  }
  const below = (pid: number): number[] => [pid, ...(children.get(pid) ?? []).flatMap(below)];
  return below(root);
}

function parentOf(pid: number): number | null {
  const words = statOf(pid);
  return words ? Number(words[1]) : null;
}

/** The words of a process's line of accounts that come after its name (proc(5)). */
function statOf(pid: number): readonly string[] | null {
  // The name in parentheses may hold blanks and parentheses itself.
  const afterName = read(`/proc/${pid}/stat`)?.replace(/^.*\) /s, '');
  return afterName?.split(' ') ?? null;
}

export function memoryOf(pid: number): ProcessMemory | null {
  const rollup = read(`/proc/${pid}/smaps_rollup`);
  const words = read(`/proc/${pid}/cmdline`);
  if (!rollup || words === null) return null;
  const bytes = (what: string) =>
    1024 * Number(new RegExp(`^${what}:\\s+(\\d+) kB`, 'm').exec(rollup)?.[1] ?? 0);
  const name = words.replaceAll('\0', ' ').trim();
  return { pid, name, pssBytes: bytes('Pss'), rssBytes: bytes('Rss') };
}

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}
