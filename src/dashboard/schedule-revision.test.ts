import { describe, expect, it } from 'vitest';
import { factsTold, tonightSources } from '#testing';
import { planLine, storedPlan } from './schedule-builders.ts';
import { scheduleRevision } from './schedule-revision.ts';

const published = { scheduleId: 1, reason: '', planned: 1, unplanned: 0, first: null };
const exposure = { exposureId: 'a', sequenceId: 1, channel: 'VIS', filter: 'r', seconds: 60 };

describe('the revision of the schedule', () => {
  it('changes with the plan', () => {
    const one = tonightSources({ schedule: storedPlan([planLine(1, null)]) });
    const two = tonightSources({ schedule: storedPlan([], { id: 2 }) });
    expect(scheduleRevision(one)).not.toBe(scheduleRevision(two));
    expect(scheduleRevision(tonightSources())).toBe('0.0');
  });

  it('changes with what begins and ends, not with each image', () => {
    const told = factsTold(['20:00:00', 'SchedulePublished', published]);
    const after = factsTold(
      ['20:00:00', 'SchedulePublished', published],
      ['20:01:00', 'ExposureStarted', exposure],
    );
    expect(scheduleRevision(tonightSources({ facts: after }))).toBe(
      scheduleRevision(tonightSources({ facts: told })),
    );
    const ended = factsTold(
      ['20:00:00', 'SchedulePublished', published],
      [
        '20:01:00',
        'SequenceEnded',
        { sequenceId: 1, name: 'S1', outcome: 'DONE', reason: '', images: 3 },
      ],
    );
    expect(scheduleRevision(tonightSources({ facts: ended }))).toBe('0.2');
  });
});
