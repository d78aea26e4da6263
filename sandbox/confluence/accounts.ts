import { createHash } from 'node:crypto';
import type { Account, Person, Settings } from './model.ts';

/** The accounts of the site. */
export interface Accounts {
  /** The account whose credentials the bot has. */
  readonly bot: Account;
  /** Everybody who is no guest, with the bot: addresses in lower case. */
  readonly employees: readonly string[];
  byId(accountId: string): Account | null;
  byEmail(email: string): Account | null;
  /** The account with the address; one is made for an address that is not known. */
  named(email: string): Account;
}

/** Accounts of the company's own people, and one of the bot. */
export function createAccounts(people: readonly Person[]): Accounts {
  const domain = people[0]?.email.split('@')[1] ?? 'example.com';
  const bot = accountOf({ name: 'Firstline', email: `firstline@${domain}` });
  const byEmail = new Map<string, Account>();
  const byId = new Map<string, Account>();

  function add(account: Account): Account {
    byEmail.set(account.email, account);
    byId.set(account.accountId, account);
    return account;
  }

  add(bot);
  for (const person of people) add(accountOf(person));
  return {
    bot,
    employees: [...people.filter(({ guest }) => guest !== true).map(({ email }) => email.toLowerCase()), bot.email],
    byId: (accountId) => byId.get(accountId) ?? null,
    byEmail: (email) => byEmail.get(email.toLowerCase()) ?? null,
    named: (email) => byEmail.get(email.toLowerCase()) ?? add(accountOf({ name: nameOf(email), email })),
  };
}

/** The address as others may see it: an empty text when it is hidden. */
export function shownEmail({ email, hidesEmail }: Account, { hideEmails }: Pick<Settings, 'hideEmails'>): string {
  return hidesEmail || hideEmails ? '' : email;
}

function accountOf({ name, email, jiraAccountId, guest = false, hidesEmail = false }: Person): Account {
  const made = createHash('sha256').update(`${email.toLowerCase()}/${name}`).digest('hex').slice(0, 24);
  const accountId = jiraAccountId ?? made;
  return { accountId, displayName: name, email: email.toLowerCase(), isGuest: guest, hidesEmail };
}

function nameOf(email: string): string {
  return email.split('@')[0] ?? email;
}
