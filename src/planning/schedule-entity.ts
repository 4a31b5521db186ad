import { defineEntity, p } from '@mikro-orm/core';
import { belongsTo, id, instant, integer, longText, real, text } from '#db/columns';
import type { SequenceEntity } from '#request';

/** One plan of the rest of the night; the newest counts, the others are its history. */
export const ScheduleEntity = defineEntity({
  name: 'Schedule',
  tableName: 'schedule',
  properties: {
    id: id(),
    created: instant(),
    /** Julian days. */
    planStart: real(),
    planEnd: real(),
    night: text(10).index(),
    /** What made it necessary, for people. */
    reason: longText(),
    /** What it is worth, what no plan of the same sequences exceeds, and (bound - value) / bound. */
    value: real().default(0),
    bound: real().default(0),
    gap: real().default(0),
    /** `FIRST`: a valid plan at once after a change; `FULL`: an optimised one. */
    kind: text(20).default('FULL'),
    /** Number of the running sequence that it stops; null: none. */
    preempts: integer().nullable(),
    shs: () => p.oneToMany(ScheduleHasSequencesEntity).mappedBy('schedule'),
  },
});

/** One sequence in one schedule: its slot, or why it has none. */
export const ScheduleHasSequencesEntity = defineEntity({
  name: 'ScheduleHasSequences',
  tableName: 'schedule_has_sequences',
  properties: {
    id: id(),
    schedule: () => p.manyToOne(ScheduleEntity).deleteRule('cascade').index(),
    sequence: () => belongsTo<typeof SequenceEntity>('Sequence').deleteRule('cascade').index(),
    /** `PLANNED` or `UNPLANNABLE`. */
    status: text(20),
    /** Time start planned and time end planned, Julian days; -1 when not planned. */
    tsp: real(),
    tep: real(),
    /** How much earlier, and later, it could start with the others where they are, seconds. */
    deltaTl: real(),
    deltaTr: real(),
    /** Elevation of the target at the start. */
    altDeg: real(),
    /** Needed before it: slew, dome, wheels. */
    overheadSeconds: real(),
    /** Why it has no slot; empty when it has one. */
    reason: longText(),
    /** The kind of that reason, e.g. `ELEVATION`, and what its observer may do about it. */
    code: text(20).default(''),
    remedy: longText().default(''),
    /** 1 when only the useful part has room. */
    isShortened: integer().default(0),
  },
});
