import { tell } from './wire.js';

/**
 * The app's action on any message, as a menu's item.
 * https://learn.microsoft.com/microsoftteams/platform/messaging-extensions/how-to/action-commands/define-action-command
 */
export function createTicketItem({ me, channel, message, onSaid }) {
  return {
    label: 'Create IT ticket',
    icon: 'shortcut',
    async onChoose() {
      const { as } = me;
      const { said } = await tell('message-action', {
        as,
        channel: channel.id,
        ts: message.ts,
        commandId: 'createTicket',
      });
      if (said !== null) onSaid(said);
    },
  };
}
