/*
 * What of Teams the program uses and its app's manifest has to declare: test/teams-package.test.ts holds
 * adapters/teams/app/manifest.json against these lists, so that it asks for nothing more and nothing less.
 */

/**
 * Actions in the menu of a message: the `commandId` of `composeExtension/fetchTask` and `composeExtension/submitAction`.
 * https://learn.microsoft.com/en-us/microsoftteams/platform/messaging-extensions/how-to/action-commands/define-action-command
 */
export const MESSAGE_ACTIONS = ['createTicket'] as const;

/**
 * Consents of a team's or a chat's owner with which replies arrive that do not mention us. Without them all else works.
 * https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/conversations/channel-messages-with-rsc
 */
export const RSC_PERMISSIONS = ['ChannelMessage.Read.Group', 'ChatMessage.Read.Chat'] as const;
