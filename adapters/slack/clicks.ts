import { z } from 'zod';
import type { Action, Click } from '#domain/conversation.ts';
import { personRef, toAddress } from './events.ts';
import { readFormOrigin, readFormValues } from './forms.ts';
import { BlockActions, SlashCommand, ViewSubmission } from './schema.ts';
import type { ButtonAction } from '#domain/button-words.ts';
import { actionIds, formCallbackId } from './usage.ts';

/** The clicks of a payload, and by what they can be answered at once. */
export interface Clicks {
  readonly clicks: readonly Click[];
  /** Opens a form: good for three seconds, once. */
  readonly triggerId: string;
  /** Takes what only who pressed is to see; '' for none. It comes from outside. */
  readonly responseUrl: string;
}

/**
 * The clicks on our buttons in a `block_actions` payload; none when it is another button, a link for instance.
 * The id of a click is made of what stays the same when the payload is delivered again.
 *
 * @throws ZodError when Slack sends a shape that is not known here.
 */
export function readClicks(body: unknown): Clicks {
  const { userId, userTeam, triggerId, responseUrl, post, thread, actions } = BlockActions.parse(body);
  const clicks: Click[] = [];
  for (const { id, ts, value } of actions) {
    const action = ownAction(id);
    if (action === null || value === '' || ts === null) continue;
    clicks.push({
      eventId: `slack/action/${post}/${ts}/${userId}/${id}`,
      address: toAddress(thread),
      turnId: value,
      personRef: personRef(userTeam, userId),
      action,
      // epoch seconds with a fraction
      at: new Date(Math.floor(Number(ts) * 1000)),
      values: null,
    });
  }
  return { clicks, triggerId, responseUrl };
}

function ownAction(id: string): Action | null {
  for (const [action, own] of Object.entries(actionIds)) if (own === id) return action as ButtonAction;
  return null;
}

/**
 * The submission of a form of ours in a `view_submission` payload; null when it is of another. Its id is made of the
 * form as it was shown: sent again after a lost acknowledgement it is the same.
 *
 * @param at the moment, which the payload does not tell.
 * @throws ZodError when Slack sends a shape that is not known here, or a form of ours has another's origin in it.
 */
export function readSubmission(body: unknown, at: Date): Click | null {
  const { userId, userTeam, viewId, hash, callbackId, metadata, entered } = ViewSubmission.parse(body);
  if (callbackId !== formCallbackId) return null;
  const { action, turnId, address } = readFormOrigin(metadata);
  return {
    eventId: `slack/view/${viewId}/${hash}`,
    address,
    turnId,
    personRef: personRef(userTeam, userId),
    action,
    at,
    values: readFormValues(entered),
  };
}

/** A delivery that one of the listeners for clicks, forms and commands takes. */
export const Interaction = z.union([BlockActions, ViewSubmission, SlashCommand]);
