import { Migration } from '@mikro-orm/migrations';

/**
 * MariaDB commits each statement by itself: each passes again after a run that was cut short.
 */
export class Migration20261122133931_initial extends Migration {
  override name = 'Migration20261122133931_initial';

  override up(): void | Promise<void> {
    this.addSql(
      `create table if not exists \`agents_survey\` (\`name\` varchar(50) not null, \`created\` varchar(24) not null, \`updated\` varchar(24) not null, \`validity_duration_sec\` int not null, \`mode\` varchar(15) not null, \`status\` varchar(50) not null, \`pid\` int not null, primary key (\`name\`)) default character set utf8mb4 engine = InnoDB;`,
    );

    this.addSql(
      `create table if not exists \`alert\` (\`id\` int unsigned not null auto_increment primary key, \`ivorn\` varchar(250) not null, \`role\` varchar(20) not null, \`mission\` varchar(50) not null, \`trigger\` varchar(100) not null, \`kind\` varchar(50) not null, \`ra_deg\` double null, \`dec_deg\` double null, \`error_deg\` double null, \`event_at\` varchar(24) null, \`notice_at\` varchar(24) null, \`received_at\` varchar(24) not null, \`outcome\` longtext not null, \`packet\` longtext not null, \`burst\` longtext not null, \`sequence_ids\` longtext not null) default character set utf8mb4 engine = InnoDB;`,
    );
    this.addSql(
      `alter table \`alert\` add unique index if not exists \`alert_ivorn_unique\` (\`ivorn\`);`,
    );
    this.addSql(
      `alter table \`alert\` add index if not exists \`alert_trigger_index\` (\`trigger\`);`,
    );

    this.addSql(
      `create table if not exists \`command\` (\`id\` int unsigned not null auto_increment primary key, \`sender\` varchar(50) not null, \`recipient\` varchar(50) not null, \`name\` varchar(50) not null, \`payload\` longtext not null, \`deposit_time\` varchar(24) not null, \`validity_seconds\` double not null, \`r_read_time\` varchar(24) null, \`r_start_time\` varchar(24) null, \`r_end_time\` varchar(24) null, \`state\` varchar(20) not null, \`progress\` longtext not null, \`result\` longtext not null, \`error_code\` varchar(50) not null) default character set utf8mb4 engine = InnoDB;`,
    );
    this.addSql(
      `alter table \`command\` add index if not exists \`command_recipient_state_index\` (\`recipient\`, \`state\`);`,
    );

    this.addSql(
      `create table if not exists \`country\` (\`id\` int unsigned not null auto_increment primary key, \`name\` varchar(100) not null, \`description\` longtext not null, \`quota\` double not null) default character set utf8mb4 engine = InnoDB;`,
    );
    this.addSql(
      `alter table \`country\` add unique index if not exists \`country_name_unique\` (\`name\`);`,
    );

    this.addSql(
      `create table if not exists \`device_status\` (\`device\` varchar(50) not null, \`updated\` varchar(24) not null, \`status\` longtext not null, primary key (\`device\`)) default character set utf8mb4 engine = InnoDB;`,
    );

    this.addSql(
      `create table if not exists \`fact\` (\`id\` int unsigned not null auto_increment primary key, \`at\` varchar(24) not null, \`agent\` varchar(50) not null, \`type\` varchar(50) not null, \`payload\` longtext not null) default character set utf8mb4 engine = InnoDB;`,
    );

    this.addSql(
      `create table if not exists \`fact_cursor\` (\`agent\` varchar(50) not null, \`last_fact_id\` int not null, primary key (\`agent\`)) default character set utf8mb4 engine = InnoDB;`,
    );

    this.addSql(
      `create table if not exists \`image\` (\`id\` int unsigned not null auto_increment primary key, \`exposure_id\` varchar(100) not null, \`state\` varchar(20) not null, \`reason\` longtext not null, \`sequence_id\` int not null, \`plan_id\` int not null, \`number\` int not null, \`channel\` varchar(50) not null, \`filter\` varchar(50) not null, \`seconds\` double not null, \`start_at\` varchar(24) not null, \`night\` varchar(10) not null, \`path\` varchar(250) not null, \`sha256\` varchar(64) not null, \`bytes\` int not null) default character set utf8mb4 engine = InnoDB;`,
    );
    this.addSql(
      `alter table \`image\` add unique index if not exists \`image_exposure_id_unique\` (\`exposure_id\`);`,
    );
    this.addSql(`alter table \`image\` add index if not exists \`image_state_index\` (\`state\`);`);

    this.addSql(
      `create table if not exists \`log\` (\`id\` int unsigned not null auto_increment primary key, \`at\` varchar(24) not null, \`agent\` varchar(50) not null, \`level\` varchar(10) not null, \`message\` longtext not null) default character set utf8mb4 engine = InnoDB;`,
    );

    this.addSql(
      `create table if not exists \`observatory\` (\`id\` int unsigned not null auto_increment primary key, \`mode\` varchar(30) not null, \`since\` varchar(24) not null, \`reason\` longtext not null, \`locked\` int not null, \`night\` varchar(10) not null, \`night_ack\` int not null, \`running_sequence_id\` int not null, \`running_command_id\` int not null) default character set utf8mb4 engine = InnoDB;`,
    );

    this.addSql(
      `create table if not exists \`plc_device_status\` (\`id\` int unsigned not null auto_increment primary key, \`updated\` varchar(24) not null, \`frame_at\` varchar(24) not null, \`mode\` varchar(10) not null, \`night_ack\` int not null, \`bypass\` int not null, \`safe\` int not null, \`reasons\` longtext not null, \`refused_frames\` int not null) default character set utf8mb4 engine = InnoDB;`,
    );

    this.addSql(
      `create table if not exists \`request\` (\`id\` int unsigned not null auto_increment primary key, \`name\` varchar(200) not null, \`username\` varchar(100) not null, \`program\` varchar(100) not null, \`target_type\` varchar(50) not null, \`is_alert\` int not null, \`submitted\` varchar(24) not null) default character set utf8mb4 engine = InnoDB;`,
    );

    this.addSql(
      `create table if not exists \`schedule\` (\`id\` int unsigned not null auto_increment primary key, \`created\` varchar(24) not null, \`plan_start\` double not null, \`plan_end\` double not null, \`night\` varchar(10) not null, \`reason\` longtext not null) default character set utf8mb4 engine = InnoDB;`,
    );
    this.addSql(
      `alter table \`schedule\` add index if not exists \`schedule_night_index\` (\`night\`);`,
    );

    this.addSql(
      `create table if not exists \`schedule_has_sequences\` (\`id\` int unsigned not null auto_increment primary key, \`schedule_id\` int unsigned not null, \`sequence_id\` int not null, \`status\` varchar(20) not null, \`tsp\` double not null, \`tep\` double not null, \`delta_tl\` double not null, \`delta_tr\` double not null, \`alt_deg\` double not null, \`overhead_seconds\` double not null, \`reason\` longtext not null) default character set utf8mb4 engine = InnoDB;`,
    );
    this.addSql(
      `alter table \`schedule_has_sequences\` add index if not exists \`schedule_has_sequences_schedule_id_index\` (\`schedule_id\`);`,
    );

    this.addSql(
      `create table if not exists \`scientific_program\` (\`id\` int unsigned not null auto_increment primary key, \`name\` varchar(100) not null, \`description\` longtext not null, \`quota\` double not null, \`priority\` int not null) default character set utf8mb4 engine = InnoDB;`,
    );
    this.addSql(
      `alter table \`scientific_program\` add unique index if not exists \`scientific_program_name_unique\` (\`name\`);`,
    );

    this.addSql(
      `create table if not exists \`sequence\` (\`id\` int unsigned not null auto_increment primary key, \`request_id\` int unsigned not null, \`name\` varchar(200) not null, \`status\` varchar(20) not null, \`reason\` longtext not null, \`target\` varchar(200) not null, \`ra_deg\` double not null, \`dec_deg\` double not null, \`jd1\` double not null, \`jd2\` double not null, \`priority\` int not null, \`start_mode\` varchar(20) not null, \`t_prefered\` double not null, \`duration\` double not null) default character set utf8mb4 engine = InnoDB;`,
    );
    this.addSql(
      `alter table \`sequence\` add index if not exists \`sequence_request_id_index\` (\`request_id\`);`,
    );
    this.addSql(
      `alter table \`sequence\` add index if not exists \`sequence_status_index\` (\`status\`);`,
    );

    this.addSql(
      `create table if not exists \`album\` (\`id\` int unsigned not null auto_increment primary key, \`sequence_id\` int unsigned not null, \`name\` varchar(200) not null, \`detector\` varchar(50) not null) default character set utf8mb4 engine = InnoDB;`,
    );
    this.addSql(
      `alter table \`album\` add index if not exists \`album_sequence_id_index\` (\`sequence_id\`);`,
    );

    this.addSql(
      `create table if not exists \`plan\` (\`id\` int unsigned not null auto_increment primary key, \`album_id\` int unsigned not null, \`name\` varchar(200) not null, \`filter\` varchar(50) not null, \`duration\` double not null, \`nb_images\` int not null) default character set utf8mb4 engine = InnoDB;`,
    );
    this.addSql(
      `alter table \`plan\` add index if not exists \`plan_album_id_index\` (\`album_id\`);`,
    );

    this.addSql(
      `create table if not exists \`site_watch\` (\`id\` int unsigned not null auto_increment primary key, \`global_status\` varchar(20) not null, \`updated\` varchar(24) not null, \`lights\` varchar(20) not null, \`dome\` varchar(20) not null, \`doors\` varchar(20) not null, \`shutter\` varchar(20) not null, \`temperature\` double null, \`pressure\` double null, \`humidity\` double null) default character set utf8mb4 engine = InnoDB;`,
    );
    this.addSql(
      `alter table \`site_watch\` add index if not exists \`site_watch_updated_index\` (\`updated\`);`,
    );

    this.addSql(
      `create table if not exists \`site_watch_history\` (\`id\` int unsigned not null auto_increment primary key, \`global_status\` varchar(20) not null, \`updated\` varchar(24) not null, \`lights\` varchar(20) not null, \`dome\` varchar(20) not null, \`doors\` varchar(20) not null, \`shutter\` varchar(20) not null, \`temperature\` double null, \`pressure\` double null, \`humidity\` double null) default character set utf8mb4 engine = InnoDB;`,
    );
    this.addSql(
      `alter table \`site_watch_history\` add index if not exists \`site_watch_history_updated_index\` (\`updated\`);`,
    );

    this.addSql(
      `create table if not exists \`strategy_obs\` (\`id\` int unsigned not null auto_increment primary key, \`name\` varchar(100) not null, \`content\` longtext not null) default character set utf8mb4 engine = InnoDB;`,
    );
    this.addSql(
      `alter table \`strategy_obs\` add unique index if not exists \`strategy_obs_name_unique\` (\`name\`);`,
    );

    this.addSql(
      `create table if not exists \`user_level\` (\`id\` int unsigned not null auto_increment primary key, \`level\` int not null, \`name\` varchar(50) not null, \`description\` longtext not null) default character set utf8mb4 engine = InnoDB;`,
    );
    this.addSql(
      `alter table \`user_level\` add unique index if not exists \`user_level_level_unique\` (\`level\`);`,
    );

    this.addSql(
      `create table if not exists \`pyros_user\` (\`id\` int unsigned not null auto_increment primary key, \`username\` varchar(100) not null, \`email\` varchar(200) not null, \`is_active\` int not null, \`country_id\` int unsigned not null, \`user_level_id\` int unsigned not null) default character set utf8mb4 engine = InnoDB;`,
    );
    this.addSql(
      `alter table \`pyros_user\` add unique index if not exists \`pyros_user_username_unique\` (\`username\`);`,
    );
    this.addSql(
      `alter table \`pyros_user\` add index if not exists \`pyros_user_country_id_index\` (\`country_id\`);`,
    );
    this.addSql(
      `alter table \`pyros_user\` add index if not exists \`pyros_user_user_level_id_index\` (\`user_level_id\`);`,
    );

    this.addSql(
      `create table if not exists \`weather_watch\` (\`id\` int unsigned not null auto_increment primary key, \`global_status\` varchar(20) not null, \`updated\` varchar(24) not null, \`humidity\` double null, \`wind\` double null, \`wind_dir\` double null, \`temperature\` double null, \`pressure\` double null, \`rain\` double null, \`cloud\` double null) default character set utf8mb4 engine = InnoDB;`,
    );
    this.addSql(
      `alter table \`weather_watch\` add index if not exists \`weather_watch_updated_index\` (\`updated\`);`,
    );

    this.addSql(
      `create table if not exists \`weather_watch_history\` (\`id\` int unsigned not null auto_increment primary key, \`global_status\` varchar(20) not null, \`updated\` varchar(24) not null, \`humidity\` double null, \`wind\` double null, \`wind_dir\` double null, \`temperature\` double null, \`pressure\` double null, \`rain\` double null, \`cloud\` double null) default character set utf8mb4 engine = InnoDB;`,
    );
    this.addSql(
      `alter table \`weather_watch_history\` add index if not exists \`weather_watch_history_updated_index\` (\`updated\`);`,
    );

    this.addSql(
      `alter table \`schedule_has_sequences\` drop foreign key if exists \`schedule_has_sequences_schedule_id_foreign\`;`,
    );
    this.addSql(
      `alter table \`schedule_has_sequences\` add constraint \`schedule_has_sequences_schedule_id_foreign\` foreign key (\`schedule_id\`) references \`schedule\` (\`id\`);`,
    );

    this.addSql(
      `alter table \`sequence\` drop foreign key if exists \`sequence_request_id_foreign\`;`,
    );
    this.addSql(
      `alter table \`sequence\` add constraint \`sequence_request_id_foreign\` foreign key (\`request_id\`) references \`request\` (\`id\`);`,
    );

    this.addSql(`alter table \`album\` drop foreign key if exists \`album_sequence_id_foreign\`;`);
    this.addSql(
      `alter table \`album\` add constraint \`album_sequence_id_foreign\` foreign key (\`sequence_id\`) references \`sequence\` (\`id\`);`,
    );

    this.addSql(`alter table \`plan\` drop foreign key if exists \`plan_album_id_foreign\`;`);
    this.addSql(
      `alter table \`plan\` add constraint \`plan_album_id_foreign\` foreign key (\`album_id\`) references \`album\` (\`id\`);`,
    );

    this.addSql(
      `alter table \`pyros_user\` drop foreign key if exists \`pyros_user_country_id_foreign\`;`,
    );
    this.addSql(
      `alter table \`pyros_user\` add constraint \`pyros_user_country_id_foreign\` foreign key (\`country_id\`) references \`country\` (\`id\`);`,
    );
    this.addSql(
      `alter table \`pyros_user\` drop foreign key if exists \`pyros_user_user_level_id_foreign\`;`,
    );
    this.addSql(
      `alter table \`pyros_user\` add constraint \`pyros_user_user_level_id_foreign\` foreign key (\`user_level_id\`) references \`user_level\` (\`id\`);`,
    );
  }

  override down(): void | Promise<void> {
    this.addSql(`alter table \`pyros_user\` drop foreign key \`pyros_user_country_id_foreign\`;`);
    this.addSql(`alter table \`sequence\` drop foreign key \`sequence_request_id_foreign\`;`);
    this.addSql(
      `alter table \`schedule_has_sequences\` drop foreign key \`schedule_has_sequences_schedule_id_foreign\`;`,
    );
    this.addSql(`alter table \`album\` drop foreign key \`album_sequence_id_foreign\`;`);
    this.addSql(`alter table \`plan\` drop foreign key \`plan_album_id_foreign\`;`);
    this.addSql(
      `alter table \`pyros_user\` drop foreign key \`pyros_user_user_level_id_foreign\`;`,
    );

    this.addSql(`drop table if exists \`agents_survey\`;`);
    this.addSql(`drop table if exists \`alert\`;`);
    this.addSql(`drop table if exists \`command\`;`);
    this.addSql(`drop table if exists \`country\`;`);
    this.addSql(`drop table if exists \`device_status\`;`);
    this.addSql(`drop table if exists \`fact\`;`);
    this.addSql(`drop table if exists \`fact_cursor\`;`);
    this.addSql(`drop table if exists \`image\`;`);
    this.addSql(`drop table if exists \`log\`;`);
    this.addSql(`drop table if exists \`observatory\`;`);
    this.addSql(`drop table if exists \`plc_device_status\`;`);
    this.addSql(`drop table if exists \`request\`;`);
    this.addSql(`drop table if exists \`schedule\`;`);
    this.addSql(`drop table if exists \`schedule_has_sequences\`;`);
    this.addSql(`drop table if exists \`scientific_program\`;`);
    this.addSql(`drop table if exists \`sequence\`;`);
    this.addSql(`drop table if exists \`album\`;`);
    this.addSql(`drop table if exists \`plan\`;`);
    this.addSql(`drop table if exists \`site_watch\`;`);
    this.addSql(`drop table if exists \`site_watch_history\`;`);
    this.addSql(`drop table if exists \`strategy_obs\`;`);
    this.addSql(`drop table if exists \`user_level\`;`);
    this.addSql(`drop table if exists \`pyros_user\`;`);
    this.addSql(`drop table if exists \`weather_watch\`;`);
    this.addSql(`drop table if exists \`weather_watch_history\`;`);
  }
}
