import { defineEntity, p } from '@mikro-orm/core';
import { id, instant, integer, longText, real, text } from '#db/columns';

/** One plan of the rest of the night; the newest counts, the others are its history. */
export const ScheduleEntity = defineEntity({
  name: 'Schedule',
  tableName: 'schedule',
  properties: {
    id: id(),
    created: instant(),
    planStart: real(),
    planEnd: real(),
    night: text(10).index(),
    /** What made it necessary, for people. */
    reason: longText(),
  },
});

/** One sequence in one schedule: its slot, or why it has none. */
export const ScheduleHasSequencesEntity = defineEntity({
  name: 'ScheduleHasSequences',
  tableName: 'schedule_has_sequences',
  properties: {
    id: id(),
    schedule: () => p.manyToOne(ScheduleEntity),
    sequenceId: integer(),
    status: text(20),
    /** Time start planned and time end planned, Julian days; -1 when not planned. */
    tsp: real(),
    tep: real(),
    deltaTl: real(),
    deltaTr: real(),
    altDeg: real(),
    overheadSeconds: real(),
    reason: longText(),
  },
});
