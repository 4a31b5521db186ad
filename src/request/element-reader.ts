import type { XmlTree } from './xml-tree.ts';

/** The numbers that an attribute may hold. */
export interface NumberRange {
  readonly min: number;
  readonly max: number;
  /** What it is, for the error, e.g. `seconds`. */
  readonly what: string;
  readonly integer?: boolean;
}

/**
 * Reads one element against what is expected of it. Faults are added to a list shared by the whole
 * document, and reading goes on with a placeholder, so that the observer sees every fault at once.
 */
export class ElementReader {
  readonly element: XmlTree;
  readonly #errors: string[];
  readonly #known = new Set<string>();
  /** Tags of the children that were asked for one by one. */
  readonly #taken: string[] = [];

  constructor(element: XmlTree, errors: string[]) {
    this.element = element;
    this.#errors = errors;
  }

  /** Adds a fault of this element. */
  fault(sentence: string): void {
    this.#errors.push(`${this.element.path} (line ${this.element.line}): ${sentence}`);
  }

  /** Adds a fault of one of its attributes. */
  attributeFault(name: string, expected: string): void {
    const value = this.element.attributes.get(name);
    const { path, line } = this.element;
    const got = value === undefined ? 'it is missing' : `got "${shortened(value)}"`;
    this.#errors.push(`${path}/@${name} (line ${line}): expected ${expected}, ${got}`);
  }

  optional(name: string): string | undefined {
    this.#known.add(name);
    return this.element.attributes.get(name);
  }

  text(name: string, what: string): string {
    const value = this.optional(name)?.trim() ?? '';
    if (value === '' || value.length > 200)
      this.attributeFault(name, `${what} (1 to 200 characters)`);
    return value;
  }

  number(name: string, range: NumberRange): number {
    const value = this.optional(name)?.trim() ?? '';
    const number = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(value) ? Number(value) : Number.NaN;
    const inside = number >= range.min && number <= range.max;
    if (inside && (range.integer !== true || Number.isInteger(number))) return number;
    const kind = range.integer === true ? 'a whole number' : 'a number';
    this.attributeFault(name, `${kind} (${range.what}) from ${range.min} to ${range.max}`);
    return Number.NaN;
  }

  /** The attribute as a number; undefined when it is not there. */
  optionalNumber(name: string, range: NumberRange): number | undefined {
    return this.optional(name) === undefined ? undefined : this.number(name, range);
  }

  /** The attribute as one of the words, compared without case. */
  oneOf<Word extends string>(
    name: string,
    words: readonly Word[],
    fallback?: Word,
  ): Word | undefined {
    const value = this.optional(name)?.trim();
    if (value === undefined && fallback !== undefined) return fallback;
    const word = words.find((each) => each.toLowerCase() === value?.toLowerCase());
    if (word === undefined) this.attributeFault(name, `one of ${words.join(', ')}`);
    return word;
  }

  /**
   * Its children of that tag, each with its reader; any child but those that {@link only} took, and
   * any text, is a fault.
   */
  children(tag: string, max: number): ElementReader[] {
    const { children, text } = this.element;
    const wanted = children.filter((child) => child.tag === tag);
    if (wanted.length === 0 || wanted.length > max) {
      this.fault(`expected 1 to ${max} <${tag}>, got ${wanted.length}`);
    }
    const known = [...this.#taken, tag];
    for (const child of children) {
      if (known.includes(child.tag)) continue;
      this.fault(`unknown element <${child.tag}>, expected ${known.map(bracketed).join(', ')}`);
    }
    if (text !== '') this.fault(`unexpected text "${shortened(text)}"`);
    return wanted.map((child) => new ElementReader(child, this.#errors));
  }

  /** Its only child of that tag, if there is one; more are a fault. */
  only(tag: string): ElementReader | undefined {
    this.#taken.push(tag);
    const wanted = this.element.children.filter((child) => child.tag === tag);
    if (wanted.length > 1) this.fault(`expected one <${tag}>, got ${wanted.length}`);
    return wanted[0] && new ElementReader(wanted[0], this.#errors);
  }

  /** An element that holds nothing. */
  noChildren(): void {
    const { children, text } = this.element;
    for (const child of children) this.fault(`unknown element <${child.tag}>, expected none`);
    if (text !== '') this.fault(`unexpected text "${shortened(text)}"`);
  }

  /** Every attribute not asked for until now is a fault. */
  noOtherAttributes(): void {
    for (const name of this.element.attributes.keys()) {
      if (this.#known.has(name)) continue;
      const known = [...this.#known].join(', ') || 'none';
      this.fault(`unknown attribute "${name}", expected ${known}`);
    }
  }
}

function bracketed(tag: string): string {
  return `<${tag}>`;
}

function shortened(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
