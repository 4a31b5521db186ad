import { Migration } from '@mikro-orm/migrations';

/** What a sequence asks of the sky and where it moves; what a plan is worth, and its reasons. */
export class Migration20261122190600_planning extends Migration {
  override name = 'Migration20261122190600_planning';

  override up(): void | Promise<void> {
    this.addSql(
      `alter table "schedule" add "value" double precision not null default 0, add "bound" double precision not null default 0, add "gap" double precision not null default 0, add "kind" varchar(20) not null default 'FULL', add "preempts" int null;`,
    );

    this.addSql(
      `alter table "sequence" add "target_form" varchar(20) not null default 'FIXED', add "pm_ra" double precision not null default 0, add "pm_dec" double precision not null default 0, add "epoch" double precision not null default 2000, add "ephemeris" text null, add "min_useful_seconds" double precision null, add "min_alt_deg" double precision null, add "moon_distance_deg" double precision null, add "sun_distance_deg" double precision null, add "sky_brightness" double precision null, add "max_seeing" double precision null;`,
    );

    this.addSql(
      `alter table "schedule_has_sequences" add "code" varchar(20) not null default '', add "remedy" text not null default '', add "is_shortened" int not null default 0;`,
    );
  }
}
