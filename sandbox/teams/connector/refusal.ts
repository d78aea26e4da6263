import type { Answer } from '../../http.ts';

/**
 * The connector's answers that are none.
 * https://learn.microsoft.com/en-us/microsoftteams/platform/bots/build-conversational-capability#status-codes-from-bot-conversational-apis
 */
export function refusal(status: number, code: string, message: string): Answer {
  return { status, body: { error: { code, message } } };
}

export const denied: Answer = {
  status: 401,
  headers: { 'www-authenticate': 'Bearer' },
  body: { message: 'Authorization has been denied for this request.' },
};
export const noConversation = refusal(404, 'ConversationNotFound', 'Conversation not found.');
export const noActivity = refusal(
  404,
  'ActivityNotFoundInConversation',
  'The activity was not found in the conversation.',
);
export const noMember = refusal(404, 'MemberNotFoundInConversation', 'The member was not found in the conversation.');
export const notInRoster = refusal(
  403,
  'BotNotInConversationRoster',
  'The bot is not part of the conversation roster.',
);
export const tooBig = refusal(413, 'MessageSizeTooBig', 'Message size too large.');

export function badSyntax(message: string): Answer {
  return refusal(400, 'BadSyntax', message);
}

/** What a fault of the sandbox says, in the connector's words. */
export function faultWords(status: number): unknown {
  const codes: Readonly<Record<number, string>> = {
    401: 'Unauthorized',
    403: 'BotDisabledByAdmin',
    404: 'ConversationNotFound',
    412: 'PreconditionFailed',
    429: 'TooManyRequests',
    502: 'BadGateway',
    503: 'ServiceUnavailable',
    504: 'GatewayTimeout',
  };
  const code = codes[status] ?? 'ServiceError';
  return { error: { code, message: `${code}.` } };
}
