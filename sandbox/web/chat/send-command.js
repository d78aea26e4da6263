import { post } from '../api.js';

/**
 * What was typed, if Slack takes it for a command: a slash, a name and the rest. https://slack.com/help/articles/201259356
 * @returns `{ command, text }` or null
 */
export function commandIn(typed) {
  const found = /^(\/[^\s/]+)(?:\s+([\s\S]*))?$/.exec(typed);
  return found === null ? null : { command: found[1].toLowerCase(), text: found[2] ?? '' };
}

/**
 * Runs a command.
 * @throws Error in Slack's words when there is no such command, it cannot be run here, or the app did not take it
 */
export async function sendCommand({ command, text }, { as, channel, isThread, commands }) {
  if (!commands.some((known) => known.command === command)) {
    throw new Error(
      `${command} is not a valid command. In Slack, all messages that start with the “/” character are interpreted as commands. If you are trying to send a message and not run a command, try preceding the “/” with an empty space.`,
    );
  }
  if (isThread) throw new Error(`${command} is not supported in threads. Sorry!`);
  const { status } = await post('/api/chat/command', { as, channel, command, text });
  if (status === 0) throw new Error(`${command} failed because the app did not respond.`);
  if (status < 200 || status > 299) throw new Error(`${command} failed with the error “dispatch_failed”.`);
}
