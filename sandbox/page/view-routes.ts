import { z } from 'zod';
import type { Chat } from './chat.ts';
import { Refusal } from './requests.ts';
import { route, type Routes } from './route.ts';

/** What a person entered in one element. See `Entered` of the local Slack server. */
type Entered = string | readonly string[] | null;
type EnteredValues = Readonly<Record<string, Readonly<Record<string, Entered>>>>;
type Json = Readonly<Record<string, unknown>>;

/** What was done with one element of a message or a view. */
interface Act {
  readonly as: string;
  readonly actionId: string;
  readonly blockId?: string;
  readonly value?: Entered;
  readonly values?: EnteredValues;
}

/** What the page needs of the local Slack server to let people use the app's blocks, modals, commands and Home tab. */
export interface PageViews {
  readonly app: { readonly commands: readonly { readonly command: string }[] };
  /** These return the app's HTTP status, 0 for none in three seconds. */
  click(click: Act & { channel: string; ts: string }): Promise<number>;
  clickInView(click: Act & { viewId: string }): Promise<number>;
  closeView(view: { as: string; all?: boolean }): Promise<number>;
  command(command: { as: string; channel: string; command: string; text: string }): Promise<number>;
  shortcut(shortcut: { as: string; callbackId: string; channel?: string; ts?: string }): Promise<number>;
  submitView(submission: { as: string; viewId?: string; values?: EnteredValues }): Promise<{
    status: number;
    errors: Readonly<Record<string, string>> | null;
    problem: string | null;
  }>;
  suggest(menu: {
    as: string;
    actionId: string;
    blockId?: string;
    words: string;
    place: { channel: string; ts: string } | { viewId: string };
  }): Promise<{ status: number; options: readonly Json[]; groups: readonly Json[] }>;
  modal(as: string): (Json & { readonly id: string }) | null;
  home(as: string): (Json & { readonly id: string }) | null;
  openApp(visit: { as: string; tab: 'home' | 'messages' }): void;
}

const Id = z.string().min(1).max(64);
const Name = z.string().min(1).max(255);
const Person = z.object({ as: Id });
const Place = Person.extend({ channel: Id });
const Value = z.union([z.string().max(12_000), z.array(z.string().max(255)).max(100), z.null()]);
const Values = z.record(Name, z.record(Name, Value));
const Element = Person.extend({ actionId: Name, blockId: Name.optional() });
const Doing = Element.extend({ value: Value.optional(), values: Values.optional() });
const Asking = Element.extend({
  words: z.string().max(255),
  channel: Id.optional(),
  ts: Id.optional(),
  viewId: Id.optional(),
});

interface Parts {
  readonly chat: Chat;
  readonly slack: PageViews;
}

/** What people do with the app other than speak: its buttons and menus, modals, Home tab, commands and shortcuts. */
export function viewRoutes(parts: Parts): Routes {
  return { ...callRoutes(parts), ...modalRoutes(parts) };
}

function callRoutes({ chat, slack }: Parts): Routes {
  return {
    'POST /api/chat/command': route(Place.extend({ command: Name, text: z.string().max(12_000) }), async (called) => {
      chat.check(called.as, called.channel);
      const isKnown = slack.app.commands.some(({ command }) => command === called.command);
      if (!isKnown) throw new Refusal(404, `${called.command} is not a valid command.`);
      const status = await slack.command(called);
      return { status, problem: problemOf(called.command, status) };
    }),
    'POST /api/chat/shortcut': route(
      Person.extend({ callbackId: Name, channel: Id.optional(), ts: Id.optional() }),
      async ({ channel, ts, ...called }) => {
        chat.check(called.as, channel);
        const at = channel === undefined || ts === undefined ? {} : { channel, ts };
        return { status: await orGone(slack.shortcut({ ...called, ...at })) };
      },
    ),
    'POST /api/chat/click': route(Doing.extend({ channel: Id, ts: Id }), async (click) => {
      chat.check(click.as, click.channel);
      return { status: await orGone(slack.click(given(click))) };
    }),
    'POST /api/view/options': route(Asking, async ({ channel, ts, viewId, ...asked }) => {
      chat.check(asked.as, channel);
      const inMessage = channel === undefined || ts === undefined ? null : { channel, ts };
      const place = inMessage ?? { viewId: viewId ?? '' };
      return orGone(slack.suggest(given({ ...asked, place })));
    }),
  };
}

function modalRoutes({ chat, slack }: Parts): Routes {
  const OfView = z.object({ viewId: Id });
  return {
    'GET /api/view/modal': route(Person, ({ as }) => {
      chat.check(as);
      return { view: slack.modal(as) };
    }),
    'GET /api/view/home': route(Person, ({ as }) => {
      chat.check(as);
      return { view: slack.home(as) };
    }),
    'POST /api/view/open-app': route(Person.extend({ tab: z.enum(['home', 'messages']) }), (visit) => {
      chat.check(visit.as);
      slack.openApp(visit);
      return {};
    }),
    'POST /api/view/submit': route(Person.extend(OfView.shape).extend({ values: Values }), (submission) => {
      chat.check(submission.as);
      return orGone(slack.submitView(submission));
    }),
    'POST /api/view/close': route(Person.extend({ all: z.boolean().optional() }), async (view) => {
      chat.check(view.as);
      return { status: await orGone(slack.closeView(given(view))) };
    }),
    'POST /api/view/click': route(Doing.extend(OfView.shape), async (click) => {
      chat.check(click.as);
      return { status: await orGone(slack.clickInView(given(click))) };
    }),
  };
}

/** What Slack tells a person whose command failed. https://docs.slack.dev/interactivity/implementing-slash-commands */
function problemOf(command: string, status: number): string | null {
  if (status >= 200 && status <= 299) return null;
  const code = status === 0 ? 'operation_timeout' : 'dispatch_failed';
  return `${command} failed with the error “${code}”: the app did not take it.`;
}

/** The server throws when the message, the view or the element is no longer there: nothing is wrong with the server. */
async function orGone<Outcome>(act: Promise<Outcome>): Promise<Outcome> {
  try {
    return await act;
  } catch {
    throw new Refusal(404, 'That is no longer there.');
  }
}

type Given<Input> = { [Key in keyof Input]: Exclude<Input[Key], undefined> };

/** Without the fields that were left out, which zod names undefined. */
function given<Input extends object>(input: Input): Given<Input> {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== undefined)) as Given<Input>;
}
