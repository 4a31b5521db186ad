import { type Guide, toGoAt } from './guide.ts';
import { Labels } from './labels.ts';
import { nextStart, type Placed, type Problem, type Tour, worthAt } from './problem.ts';
import { type Shortlist, shortlist } from './shortlist.ts';

/** A stretch of the night to fill. */
export interface Gap {
  readonly fromMs: number;
  /** The job that ends at `fromMs`, or −1. */
  readonly from: number;
  readonly untilMs: number;
  /** The job that starts at `untilMs`, or −1. */
  readonly until: number;
  /** 1 for the jobs that may not be used. */
  readonly taken: Uint8Array;
  /** What the accounts may spend here. */
  readonly left: Float64Array;
}

/** How far a beam looks. */
export interface BeamSize {
  /** Chains kept for each cell. */
  readonly width: number;
  /** Jobs looked at from each cell. */
  readonly choices: number;
  /** What idle time at the end is worth: a share of what the prices say. */
  readonly idleShare: number;
}

export interface Filling {
  readonly tour: Tour;
  /** Worth of the jobs, and of the idle time that is left at the end. */
  readonly promise: number;
}

/** A job that may follow a chain. */
interface Successor {
  readonly job: number;
  readonly startMs: number;
  readonly worth: number;
  readonly score: number;
}

/** Successors kept of each chain. */
const EXPANSIONS = 8;

/**
 * Fills gaps by a beam search over the cells of a guide: of all chains of jobs that end in the same
 * cell the most promising are kept, no two of them with the same last job. Slews and starts are exact;
 * a job is used once. The prices say what a job might earn elsewhere and what the remaining time is
 * worth, so that a chain is not preferred for having spent the best jobs early.
 */
export class Beam {
  readonly #problem: Problem;
  readonly #size: BeamSize;
  readonly #labels = new Labels();
  #guide: Guide;
  #gap: Gap;
  #list: Shortlist;
  #firstCell = 0;
  #cells = 0;
  /** The labels of each cell, the best first, and how many. */
  #kept = new Int32Array(0);
  #counts = new Int32Array(0);
  /** The last label that looked at a job: it may be on two lists. */
  readonly #seen: Int32Array;
  #best = 0;
  #promise = 0;
  /** The best successors of one label: job, start, worth and score. */
  readonly #nextJob = new Int32Array(EXPANSIONS + 1);
  readonly #nextStart = new Float64Array(EXPANSIONS + 1);
  readonly #nextWorth = new Float64Array(EXPANSIONS + 1);
  readonly #nextScore = new Float64Array(EXPANSIONS + 1);
  #nextCount = 0;

  constructor(problem: Problem, guide: Guide, size: BeamSize) {
    this.#problem = problem;
    this.#guide = guide;
    this.#size = size;
    this.#gap = emptyGap;
    this.#seen = new Int32Array(problem.n).fill(-1);
    this.#list = emptyList;
  }

  /** The most promising tour found for a gap; empty when nothing fits. */
  fill(gap: Gap, guide: Guide): Filling {
    this.#prepare(gap, guide);
    const { stepMs } = guide.cells;
    for (let offset = 0; offset < this.#cells; offset++) {
      const from = offset * this.#size.width;
      for (let at = from; at < from + (this.#counts[offset] as number); at++) {
        const label = this.#kept[at] as number;
        this.#expand(label, offset);
        const nextMs = (this.#firstCell + offset + 1) * stepMs;
        if (offset + 1 < this.#cells) this.#wait(label, offset + 1, nextMs);
      }
    }
    return { tour: this.#tour(), promise: this.#promise };
  }

  #prepare(gap: Gap, guide: Guide): void {
    const { stepMs, count } = guide.cells;
    const { width, choices, idleShare } = this.#size;
    this.#gap = gap;
    this.#guide = guide;
    this.#firstCell = Math.floor(gap.fromMs / stepMs);
    const lastCell = Math.max(
      this.#firstCell,
      Math.min(count - 1, Math.floor(gap.untilMs / stepMs)),
    );
    this.#cells = lastCell - this.#firstCell + 1;
    this.#list = shortlist(guide, {
      firstCell: this.#firstCell,
      lastCell: Math.min(count - 1, lastCell + 1),
      choices,
      taken: gap.taken,
    });
    if (this.#counts.length < this.#cells) {
      this.#counts = new Int32Array(this.#cells);
      this.#kept = new Int32Array(this.#cells * width);
    }
    this.#counts.fill(0);
    this.#seen.fill(-1);
    this.#labels.clear(this.#list.size, this.#problem.left.length);
    this.#kept[0] = this.#labels.root(gap.fromMs, gap.from);
    this.#counts[0] = 1;
    this.#best = 0;
    this.#promise = idleShare * this.#idleWorth(gap.fromMs);
  }

  #idleWorth(endMs: number): number {
    return toGoAt(this.#guide, endMs) - toGoAt(this.#guide, this.#gap.untilMs);
  }

  /** Adds the best successors of a label to the cells where they end. */
  #expand(label: number, offset: number): void {
    this.#rankSuccessors(label, offset);
    const { stepMs } = this.#guide.cells;
    for (let i = 0; i < this.#nextCount; i++) {
      const job = this.#nextJob[i] as number;
      const endMs = (this.#nextStart[i] as number) + (this.#problem.blockMs[job] as number);
      const cell = Math.floor(endMs / stepMs) - this.#firstCell;
      const promise =
        (this.#labels.worth[label] as number) +
        (this.#nextWorth[i] as number) +
        this.#size.idleShare * this.#idleWorth(endMs);
      const isBest = promise > this.#promise;
      const place =
        cell < this.#cells ? this.#placeFor(cell, job, this.#nextScore[i] as number) : -1;
      if (!isBest && place < 0) continue;
      const longer = this.#longer(label, i, endMs);
      if (isBest) {
        this.#best = longer;
        this.#promise = promise;
      }
      if (place >= 0) this.#kept[place] = longer;
    }
  }

  #longer(label: number, next: number, endMs: number): number {
    const labels = this.#labels;
    const job = this.#nextJob[next] as number;
    const worth = this.#nextWorth[next] as number;
    const longer = labels.longer(label, this.#list.local[job] as number);
    labels.endMs[longer] = endMs;
    labels.startMs[longer] = this.#nextStart[next] as number;
    labels.job[longer] = job;
    labels.worth[longer] = (labels.worth[label] as number) + worth;
    const toll = this.#guide.toll[job] as number;
    labels.earned[longer] = (labels.earned[label] as number) + worth - toll;
    const charge = this.#problem.charge[job] as number;
    for (const account of this.#problem.accounts[job] as readonly number[]) {
      labels.spend(longer, account, charge);
    }
    return longer;
  }

  #wait(label: number, offset: number, untilMs: number): void {
    const labels = this.#labels;
    const endMs = Math.max(labels.endMs[label] as number, untilMs);
    const score = (labels.earned[label] as number) + toGoAt(this.#guide, endMs);
    const place = this.#placeFor(offset, labels.job[label] as number, score);
    if (place >= 0) this.#kept[place] = labels.waited(label, endMs);
  }

  /** Leaves the best successors of a label in the `next` arrays. */
  #rankSuccessors(label: number, offset: number): void {
    const { jobs, choices, counts, local } = this.#list;
    const problem = this.#problem;
    const readyMs = this.#labels.endMs[label] as number;
    const last = this.#labels.job[label] as number;
    const earned = this.#labels.earned[label] as number;
    // Waiting longer is left to the labels that waited.
    const patienceMs = readyMs + 2 * this.#guide.cells.stepMs;
    this.#nextCount = 0;
    // The next cell has the starts from here on; this one has the starts at this very instant.
    const isOnTheStroke = readyMs % this.#guide.cells.stepMs === 0;
    const from = (isOnTheStroke ? offset : offset + 1) * choices;
    const own = isOnTheStroke ? from + (counts[offset] as number) : from;
    const next = (offset + 1) * choices;
    const end = next + (counts[offset + 1] ?? 0);
    for (let at = from; at < end; at++) {
      if (at >= own && at < next) at = next;
      if (at >= end) break;
      const job = jobs[at] as number;
      if (this.#seen[job] === label || this.#labels.has(label, local[job] as number)) continue;
      this.#seen[job] = label;
      const thereMs = readyMs + problem.slewMs(last, job);
      const startMs = nextStart(problem, job, thereMs);
      if (startMs < 0 || (startMs > patienceMs && startMs > thereMs)) continue;
      const endMs = startMs + (problem.blockMs[job] as number);
      if (!this.#fits(label, job, endMs)) continue;
      const worth = worthAt(problem, job, startMs);
      const toll = this.#guide.toll[job] as number;
      this.#note({
        job,
        startMs,
        worth,
        score: earned + worth - toll + toGoAt(this.#guide, endMs),
      });
    }
  }

  #fits(label: number, job: number, endMs: number): boolean {
    const { until, untilMs, left } = this.#gap;
    const slewMs = until < 0 ? 0 : this.#problem.slewMs(job, until);
    if (endMs + slewMs > untilMs) return false;
    const charge = this.#problem.charge[job] as number;
    for (const account of this.#problem.accounts[job] as readonly number[]) {
      if (this.#labels.spentBy(label, account) + charge > (left[account] as number)) return false;
    }
    return true;
  }

  #note({ job, startMs, worth, score }: Successor): void {
    let at = this.#nextCount;
    if (at === EXPANSIONS && score <= (this.#nextScore[at - 1] as number)) return;
    if (at < EXPANSIONS) this.#nextCount++;
    else at--;
    for (; at > 0 && (this.#nextScore[at - 1] as number) < score; at--) {
      this.#nextScore[at] = this.#nextScore[at - 1] as number;
      this.#nextJob[at] = this.#nextJob[at - 1] as number;
      this.#nextStart[at] = this.#nextStart[at - 1] as number;
      this.#nextWorth[at] = this.#nextWorth[at - 1] as number;
    }
    this.#nextScore[at] = score;
    this.#nextJob[at] = job;
    this.#nextStart[at] = startMs;
    this.#nextWorth[at] = worth;
  }

  /** Makes room for a label among the best of a cell; −1 when it is not one of them. */
  #placeFor(offset: number, job: number, score: number): number {
    const { width } = this.#size;
    const base = offset * width;
    let count = this.#counts[offset] as number;
    if (count === width && score <= this.#scoreOf(base + count - 1)) return -1;
    for (let at = base; at < base + count; at++) {
      if (this.#labels.job[this.#kept[at] as number] !== job) continue;
      if (this.#scoreOf(at) >= score) return -1;
      this.#kept.copyWithin(at, at + 1, base + count);
      count--;
      break;
    }
    if (count === width) count--;
    let place = base + count;
    for (; place > base && this.#scoreOf(place - 1) < score; place--) {
      this.#kept[place] = this.#kept[place - 1] as number;
    }
    this.#counts[offset] = count + 1;
    return place;
  }

  #scoreOf(place: number): number {
    const label = this.#kept[place] as number;
    const { earned, endMs } = this.#labels;
    return (earned[label] as number) + toGoAt(this.#guide, endMs[label] as number);
  }

  #tour(): Tour {
    const { parent, startMs, job } = this.#labels;
    const tour: Placed[] = [];
    // Only the first label, and what waited after it, has no start.
    for (let at = this.#best; (startMs[at] as number) >= 0; at = parent[at] as number) {
      tour.push({ job: job[at] as number, startMs: startMs[at] as number });
    }
    return tour.reverse();
  }
}

const emptyGap: Gap = {
  fromMs: 0,
  from: -1,
  untilMs: 0,
  until: -1,
  taken: new Uint8Array(0),
  left: new Float64Array(0),
};

const emptyList: Shortlist = {
  jobs: new Int32Array(0),
  counts: new Int32Array(0),
  choices: 0,
  local: new Int32Array(0),
  size: 0,
};
