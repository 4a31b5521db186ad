/** From here on a smaller number no longer means routine: 1 to 9 are alerts. */
export const firstRoutinePriority = 10;

/**
 * What a minute of a sequence is worth. A smaller priority number is more urgent: 100 is
 * worth 1, each step of urgency is worth 1 more, and beyond 100 the worth goes on falling without
 * ever being nothing. This is the only place that turns a priority into a number to add up; the order
 * of alerts does not depend on it, because they are placed first.
 */
export function weightOf(priority: number): number {
  return priority <= 100 ? 101 - priority : 1 / (priority - 99);
}
