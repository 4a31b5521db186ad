const NONE = 0;
const GIVEN = 1;
const SPENT = 2;

/**
 * The night's acknowledgement, as a number in the observatory's row: 0 none, 1 given,
 * 2 spent. A spent one becomes 0 when the button shows 0 again: a button that stays pressed does not
 * acknowledge a second night.
 */
export const acknowledgement = {
  spent: SPENT,
  isGiven: (ack: number): boolean => ack === GIVEN,
  atNewNight: (ack: number): number => (ack === NONE ? NONE : SPENT),
  /** After a look at the PLC's button: 1 pressed, 0 not, null not known. */
  afterButton: (ack: number, button: number | null): number => {
    if (ack === NONE && button === 1) return GIVEN;
    return ack === SPENT && button === 0 ? NONE : ack;
  },
} as const;
