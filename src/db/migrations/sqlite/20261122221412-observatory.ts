import { Migration } from '@mikro-orm/migrations';

export class Migration20261122221412_observatory extends Migration {
  override name = 'Migration20261122221412_observatory';

  override up(): void | Promise<void> {
    this.addSql(
      `create table \`calibration_image\` (\`id\` integer not null primary key autoincrement, \`exposure_id\` text not null, \`state\` text not null, \`reason\` text not null, \`kind\` text not null, \`moment\` text not null, \`channel\` text not null, \`filter\` text not null, \`seconds\` double not null, \`start_at\` text not null, \`night\` text not null, \`path\` text not null, \`sha256\` text not null, \`bytes\` integer not null);`,
    );
    this.addSql(
      `create unique index \`calibration_image_exposure_id_unique\` on \`calibration_image\` (\`exposure_id\`);`,
    );
    this.addSql(
      `create index \`calibration_image_state_index\` on \`calibration_image\` (\`state\`);`,
    );
    this.addSql(
      `create index \`calibration_image_night_index\` on \`calibration_image\` (\`night\`);`,
    );

    this.addSql(
      `create table \`sensor_reading\` (\`id\` integer not null primary key autoincrement, \`device\` text not null, \`name\` text not null, \`value\` double null, \`unit\` text not null, \`raw\` text not null, \`quality\` text not null, \`at\` text null, \`used\` integer not null, \`updated\` text not null);`,
    );
    this.addSql(
      `create unique index \`sensor_reading_device_name_unique\` on \`sensor_reading\` (\`device\`, \`name\`);`,
    );

    this.addSql(`alter table \`observatory\` add column \`locked_by\` text not null default '';`);
    this.addSql(
      `alter table \`observatory\` add column \`locked_reason\` text not null default '';`,
    );
    this.addSql(`alter table \`observatory\` add column \`remote\` integer not null default 0;`);
    this.addSql(`alter table \`observatory\` add column \`remote_by\` text not null default '';`);
    this.addSql(`alter table \`observatory\` add column \`bypass\` integer not null default 0;`);
    this.addSql(`alter table \`observatory\` add column \`bypass_by\` text not null default '';`);
    this.addSql(
      `alter table \`observatory\` add column \`bypass_reason\` text not null default '';`,
    );
    this.addSql(`alter table \`observatory\` add column \`bypass_asked\` text null;`);
    this.addSql(`alter table \`observatory\` add column \`bypass_until\` text null;`);
    this.addSql(`alter table \`observatory\` add column \`version\` integer not null default 0;`);
    this.addSql(`alter table \`observatory\` add column \`pauses\` text not null default '[]';`);
    this.addSql(`alter table \`observatory\` add column \`calibrated\` text not null default '';`);

    this.addSql(
      `alter table \`plc_device_status\` add column \`bypass_state\` text not null default 'off';`,
    );
    this.addSql(`alter table \`plc_device_status\` add column \`bypass_since\` text null;`);
    this.addSql(
      `alter table \`plc_device_status\` add column \`raw_safe\` integer not null default 0;`,
    );
    this.addSql(
      `alter table \`plc_device_status\` add column \`causes\` text not null default '[]';`,
    );
    this.addSql(`alter table \`plc_device_status\` add column \`clock_offset\` double null;`);

    this.addSql(
      `alter table \`request\` add column \`interrupts\` text not null default 'discard';`,
    );

    this.addSql(`alter table \`sequence\` add column \`failures\` integer not null default 0;`);

    this.addSql(`alter table \`album\` add column \`dither_arcsec\` double not null default 0;`);

    this.addSql(`alter table \`image\` add column \`flags\` text not null default '[]';`);

    this.addSql(`alter table \`weather_watch\` add column \`dew_point\` double null;`);
    this.addSql(`alter table \`weather_watch\` add column \`dew_margin\` double null;`);
    this.addSql(`alter table \`weather_watch\` add column \`gust\` double null;`);
    this.addSql(`alter table \`weather_watch\` add column \`pressure_trend\` double null;`);
    this.addSql(`alter table \`weather_watch\` add column \`seeing\` double null;`);
    this.addSql(
      `alter table \`weather_watch\` add column \`sky_clarity\` text not null default 'Unknown';`,
    );

    this.addSql(`alter table \`weather_watch_history\` add column \`dew_point\` double null;`);
    this.addSql(`alter table \`weather_watch_history\` add column \`dew_margin\` double null;`);
    this.addSql(`alter table \`weather_watch_history\` add column \`gust\` double null;`);
    this.addSql(`alter table \`weather_watch_history\` add column \`pressure_trend\` double null;`);
    this.addSql(`alter table \`weather_watch_history\` add column \`seeing\` double null;`);
    this.addSql(
      `alter table \`weather_watch_history\` add column \`sky_clarity\` text not null default 'Unknown';`,
    );
  }

  override down(): void | Promise<void> {
    this.addSql(`drop table if exists \`calibration_image\`;`);
    this.addSql(`drop table if exists \`sensor_reading\`;`);

    this.addSql(`alter table \`album\` drop column \`dither_arcsec\`;`);

    this.addSql(`alter table \`image\` drop column \`flags\`;`);

    this.addSql(`alter table \`observatory\` drop column \`locked_by\`;`);
    this.addSql(`alter table \`observatory\` drop column \`locked_reason\`;`);
    this.addSql(`alter table \`observatory\` drop column \`remote\`;`);
    this.addSql(`alter table \`observatory\` drop column \`remote_by\`;`);
    this.addSql(`alter table \`observatory\` drop column \`bypass\`;`);
    this.addSql(`alter table \`observatory\` drop column \`bypass_by\`;`);
    this.addSql(`alter table \`observatory\` drop column \`bypass_reason\`;`);
    this.addSql(`alter table \`observatory\` drop column \`bypass_asked\`;`);
    this.addSql(`alter table \`observatory\` drop column \`bypass_until\`;`);
    this.addSql(`alter table \`observatory\` drop column \`version\`;`);
    this.addSql(`alter table \`observatory\` drop column \`pauses\`;`);
    this.addSql(`alter table \`observatory\` drop column \`calibrated\`;`);

    this.addSql(`alter table \`plc_device_status\` drop column \`bypass_state\`;`);
    this.addSql(`alter table \`plc_device_status\` drop column \`bypass_since\`;`);
    this.addSql(`alter table \`plc_device_status\` drop column \`raw_safe\`;`);
    this.addSql(`alter table \`plc_device_status\` drop column \`causes\`;`);
    this.addSql(`alter table \`plc_device_status\` drop column \`clock_offset\`;`);

    this.addSql(`alter table \`request\` drop column \`interrupts\`;`);

    this.addSql(`alter table \`sequence\` drop column \`failures\`;`);

    this.addSql(`alter table \`weather_watch\` drop column \`dew_point\`;`);
    this.addSql(`alter table \`weather_watch\` drop column \`dew_margin\`;`);
    this.addSql(`alter table \`weather_watch\` drop column \`gust\`;`);
    this.addSql(`alter table \`weather_watch\` drop column \`pressure_trend\`;`);
    this.addSql(`alter table \`weather_watch\` drop column \`seeing\`;`);
    this.addSql(`alter table \`weather_watch\` drop column \`sky_clarity\`;`);

    this.addSql(`alter table \`weather_watch_history\` drop column \`dew_point\`;`);
    this.addSql(`alter table \`weather_watch_history\` drop column \`dew_margin\`;`);
    this.addSql(`alter table \`weather_watch_history\` drop column \`gust\`;`);
    this.addSql(`alter table \`weather_watch_history\` drop column \`pressure_trend\`;`);
    this.addSql(`alter table \`weather_watch_history\` drop column \`seeing\`;`);
    this.addSql(`alter table \`weather_watch_history\` drop column \`sky_clarity\`;`);
  }
}
