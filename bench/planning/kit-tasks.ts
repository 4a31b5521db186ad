import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { readInstance } from '#planning';
import { pathBound } from './path-bound.ts';
import {
  type Family,
  type JudgedPlan,
  nameOf,
  type Task,
  type Tasks,
  type Verdict,
} from './task.ts';

/** What the kit's judge says of a plan file. */
interface KitVerdict {
  readonly val: number;
  readonly bad: number;
  readonly over: number;
}

/**
 * Instances and verdicts of a benchmark kit: a folder with `gen.mjs`, which prints an instance, and
 * `eval.mjs`, which judges a plan. Both run in a copy, with dependencies of its own.
 */
export class KitTasks implements Tasks {
  readonly judgeName: string;
  readonly #folder: string;
  readonly #bounds = new Map<string, number>();

  private constructor(source: string, folder: string) {
    this.judgeName = `the kit's (${source})`;
    this.#folder = folder;
  }

  static open(source: string): KitTasks {
    const folder = mkdtempSync(join(tmpdir(), 'pyros-kit-'));
    const skipped = join(source, 'node_modules');
    cpSync(source, folder, { recursive: true, filter: (path) => path !== skipped });
    // The source may be read-only, and copies keep their modes.
    execFileSync('chmod', ['-R', 'u+w', folder]);
    for (const name of ['inst', 'out']) mkdirSync(join(folder, name), { recursive: true });
    execFileSync(npm(), ['install', '--no-audit', '--no-fund'], { cwd: folder, stdio: 'ignore' });
    return new KitTasks(source, folder);
  }

  task(family: Family, seed: number): Task {
    const name = nameOf(family, seed);
    const words = [family.kind, family.n, family.load, seed].map(String);
    const text = this.#node(['gen.mjs', ...words]);
    const reading = readInstance(text);
    if (!reading.ok) throw new Error(`the kit's ${name}: ${reading.reason}`);
    writeFileSync(join(this.#folder, 'inst', `${name}.json`), text);
    return { name, family, seed, instance: reading.instance };
  }

  judge(task: Task, plan: JudgedPlan): Verdict {
    const file = join('out', `${task.name}.${plan.by}.json`);
    writeFileSync(join(this.#folder, file), JSON.stringify({ inst: task.name, ...plan }));
    const code = `console.log(JSON.stringify((await import('./eval.mjs')).evaluate('${file}')))`;
    // The kit takes a second word for the script that was started.
    const text = this.#node(['--input-type=module', '--eval', code, 'judge']);
    const { val, bad, over } = JSON.parse(text) as KitVerdict;
    return { value: val, invalid: bad, overQuota: over, upperBound: this.#upperBound(task) };
  }

  close(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** The bound that is stored in the kit; else ours, of the same definition. */
  #upperBound({ name, instance }: Task): number {
    const known = this.#bounds.get(name);
    if (known !== undefined) return known;
    const stored = join(this.#folder, 'out', `${name}.ub.json`);
    const bound = existsSync(stored)
      ? (JSON.parse(readFileSync(stored, 'utf8')) as { UB: number }).UB
      : pathBound(instance);
    this.#bounds.set(name, bound);
    return bound;
  }

  #node(words: readonly string[]): string {
    const options = { cwd: this.#folder, encoding: 'utf8', maxBuffer: 1e8 } as const;
    return execFileSync(process.execPath, words, options);
  }
}

/** The npm that came with this Node, else the one on the path. */
function npm(): string {
  const beside = join(dirname(process.execPath), 'npm');
  return existsSync(beside) ? beside : 'npm';
}
