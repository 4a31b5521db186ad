import { Migration } from '@mikro-orm/migrations';

export class Migration20261122221412_observatory extends Migration {
  override name = 'Migration20261122221412_observatory';

  override up(): void | Promise<void> {
    this.addSql(
      `create table "calibration_image" ("id" serial primary key, "exposure_id" varchar(100) not null, "state" varchar(20) not null, "reason" text not null, "kind" varchar(10) not null, "moment" varchar(10) not null, "channel" varchar(50) not null, "filter" varchar(50) not null, "seconds" double precision not null, "start_at" varchar(24) not null, "night" varchar(10) not null, "path" varchar(250) not null, "sha256" varchar(64) not null, "bytes" int not null);`,
    );
    this.addSql(
      `alter table "calibration_image" add constraint "calibration_image_exposure_id_unique" unique ("exposure_id");`,
    );
    this.addSql(`create index "calibration_image_state_index" on "calibration_image" ("state");`);
    this.addSql(`create index "calibration_image_night_index" on "calibration_image" ("night");`);

    this.addSql(
      `create table "sensor_reading" ("id" serial primary key, "device" varchar(100) not null, "name" varchar(100) not null, "value" double precision null, "unit" varchar(20) not null, "raw" text not null, "quality" varchar(20) not null, "at" varchar(24) null, "used" int not null, "updated" varchar(24) not null);`,
    );
    this.addSql(
      `alter table "sensor_reading" add constraint "sensor_reading_device_name_unique" unique ("device", "name");`,
    );

    this.addSql(
      `alter table "observatory" add "locked_by" varchar(100) not null default '', add "locked_reason" text not null default '', add "remote" int not null default 0, add "remote_by" varchar(100) not null default '', add "bypass" int not null default 0, add "bypass_by" varchar(100) not null default '', add "bypass_reason" text not null default '', add "bypass_asked" varchar(24) null, add "bypass_until" varchar(24) null, add "version" int not null default 0, add "pauses" text not null default '[]', add "calibrated" varchar(20) not null default '';`,
    );

    this.addSql(
      `alter table "plc_device_status" add "bypass_state" varchar(10) not null default 'off', add "bypass_since" varchar(24) null, add "raw_safe" int not null default 0, add "causes" text not null default '[]', add "clock_offset" double precision null;`,
    );

    this.addSql(`alter table "request" add "interrupts" varchar(10) not null default 'discard';`);

    this.addSql(`alter table "sequence" add "failures" int not null default 0;`);

    this.addSql(`alter table "album" add "dither_arcsec" double precision not null default 0;`);

    this.addSql(`alter table "image" add "flags" text not null default '[]';`);

    this.addSql(
      `alter table "weather_watch" add "dew_point" double precision null, add "dew_margin" double precision null, add "gust" double precision null, add "pressure_trend" double precision null, add "seeing" double precision null, add "sky_clarity" varchar(20) not null default 'Unknown';`,
    );

    this.addSql(
      `alter table "weather_watch_history" add "dew_point" double precision null, add "dew_margin" double precision null, add "gust" double precision null, add "pressure_trend" double precision null, add "seeing" double precision null, add "sky_clarity" varchar(20) not null default 'Unknown';`,
    );
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists "calibration_image" cascade;`);
    this.addSql(`drop table if exists "sensor_reading" cascade;`);

    this.addSql(`alter table "album" drop column "dither_arcsec";`);

    this.addSql(`alter table "image" drop column "flags";`);

    this.addSql(
      `alter table "observatory" drop column "locked_by", drop column "locked_reason", drop column "remote", drop column "remote_by", drop column "bypass", drop column "bypass_by", drop column "bypass_reason", drop column "bypass_asked", drop column "bypass_until", drop column "version", drop column "pauses", drop column "calibrated";`,
    );

    this.addSql(
      `alter table "plc_device_status" drop column "bypass_state", drop column "bypass_since", drop column "raw_safe", drop column "causes", drop column "clock_offset";`,
    );

    this.addSql(`alter table "request" drop column "interrupts";`);

    this.addSql(`alter table "sequence" drop column "failures";`);

    this.addSql(
      `alter table "weather_watch" drop column "dew_point", drop column "dew_margin", drop column "gust", drop column "pressure_trend", drop column "seeing", drop column "sky_clarity";`,
    );

    this.addSql(
      `alter table "weather_watch_history" drop column "dew_point", drop column "dew_margin", drop column "gust", drop column "pressure_trend", drop column "seeing", drop column "sky_clarity";`,
    );
  }
}
