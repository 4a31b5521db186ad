/** Conditions on the fields of an object, all of which must hold: `{name__icontains: 'fran'}`. */
export type Where = Readonly<Record<string, unknown>>;

type Part = Where | Condition;

/** A condition that can be joined with others: `Q({a: 1}).or(Q({b: 2}))`. */
export class Condition {
  readonly kind: 'fields' | 'and' | 'or' | 'not';
  readonly parts: readonly Part[];

  constructor(kind: Condition['kind'], parts: readonly Part[]) {
    this.kind = kind;
    this.parts = parts;
  }

  and(other: Part): Condition {
    return new Condition('and', [this, conditionOf(other)]);
  }

  or(other: Part): Condition {
    return new Condition('or', [this, conditionOf(other)]);
  }

  not(): Condition {
    return new Condition('not', [this]);
  }
}

/** Makes a condition that can be joined with others. */
export function Q(where: Where): Condition {
  return new Condition('fields', [where]);
}

export function conditionOf(part: Part): Condition {
  return part instanceof Condition ? part : Q(part);
}
