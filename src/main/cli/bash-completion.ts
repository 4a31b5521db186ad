import type { Command } from 'commander';
import { OBSERVATORY_WORDS } from './observatory-command.ts';

/** Commands whose operands are agents. */
const TAKES_AGENTS: ReadonlySet<string> = new Set(['start', 'stop', 'send']);

/** The script that completes the commands, options and agents of a program in bash. */
export function bashCompletion(program: Command, agents: readonly string[]): string {
  const commands = visible(program);
  const names = commands.map((command) => command.name());
  const cases = commands.flatMap((command) => {
    const words = [...optionsOf(command), ...operandsOf(command, agents)];
    return [
      `    ${[command.name(), ...command.aliases()].join('|')}) words="${words.join(' ')}" ;;`,
    ];
  });
  return `# Completion of PyROS for bash: eval "$(./pyros completion bash)"
_pyros() {
  local current=\${COMP_WORDS[COMP_CWORD]} command='' word words
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case " ${names.join(' ')} " in
      *" $word "*) command=$word; break ;;
    esac
  done
  case $command in
    '') words="${[...optionsOf(program), ...names].join(' ')}" ;;
${cases.join('\n')}
    *) words='' ;;
  esac
  # Agents come with commas between them.
  local before=''
  case $command:$current in
    start:*,*|stop:*,*) before=\${current%,*},; current=\${current##*,} ;;
  esac
  mapfile -t COMPREPLY < <(compgen -P "$before" -W "$words" -- "$current")
}
complete -o default -F _pyros pyros ./pyros
`;
}

function visible(program: Command): Command[] {
  return program.createHelp().visibleCommands(program) as Command[];
}

function optionsOf(command: Command): string[] {
  return command
    .createHelp()
    .visibleOptions(command)
    .flatMap((option) => option.long ?? option.short ?? []);
}

function operandsOf(command: Command, agents: readonly string[]): readonly string[] {
  if (command.name() === 'completion') return ['bash'];
  if (command.name() === 'sims') return ['faults', 'set', 'clear', 'value'];
  if (command.name() === 'observatory') return OBSERVATORY_WORDS;
  if (!TAKES_AGENTS.has(command.name())) return [];
  return command.name() === 'start' ? ['all', ...agents] : agents;
}
