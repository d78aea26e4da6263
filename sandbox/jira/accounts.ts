import { createHash } from 'node:crypto';
import type { Account, Person } from './model.ts';

/** The accounts of the site. */
export interface Accounts {
  /** The account whose credentials the bot has. */
  readonly bot: Account;
  byId(accountId: string): Account | null;
  byEmail(email: string): Account | null;
  /** By e-mail address or name: an account, else one that is no longer there. */
  named(emailOrName: string): Account;
  /** All there are today. */
  readonly all: readonly Account[];
  /**
   * Accounts whose address or a word of whose name begins with the text.
   * https://developer.atlassian.com/cloud/jira/platform/rest/v3/api-group-user-search/#api-rest-api-3-user-search-get
   */
  search(text: string): readonly Account[];
  /** Who works on tickets: people whose role is `it-staff`; all employees when nobody has that role. */
  readonly staff: readonly Account[];
  add(account: Account): void;
}

/**
 * Accounts of the company's own people, and one of the bot. Where some people have a `jiraAccountId`, those without
 * have no account.
 */
export function createAccounts(people: readonly Person[]): Accounts {
  const isListed = people.some(({ jiraAccountId }) => jiraAccountId !== undefined);
  const employees = people.filter((person) => hasAccount(person, isListed));
  const domain = employees[0]?.email.split('@')[1] ?? 'example.com';
  const bot = accountOf({ name: 'Firstline', email: `firstline@${domain}` });
  const all = [bot, ...employees.map(accountOf)];
  // whom issues of the past name, with or without an account today
  const former = people.map(accountOf);
  const byEmail = new Map(all.map((account) => [account.emailAddress.toLowerCase(), account]));
  const staff = employees.filter(({ role }) => role === 'it-staff');
  return {
    bot,
    all,
    byId: (accountId) => all.find((account) => account.accountId === accountId) ?? null,
    byEmail: (email) => byEmail.get(email.toLowerCase()) ?? null,
    named: (emailOrName) =>
      [...all, ...former].find((account) => isNamed(account, emailOrName)) ??
      accountOf({ name: emailOrName, email: '' }),
    search: (text) => all.filter((account) => begins(account, text.toLowerCase())),
    staff: (staff.length === 0 ? employees : staff).map(accountOf),
    add(account) {
      all.push(account);
      byEmail.set(account.emailAddress.toLowerCase(), account);
    },
  };
}

/** A user as Jira shows it: without the address where its owner hides it. */
export function userBean(account: Account, url: string) {
  const { accountId, displayName, emailAddress, hidesEmail, isCustomer } = account;
  return {
    self: `${url}/rest/api/3/user?accountId=${accountId}`,
    accountId,
    accountType: isCustomer === true ? 'customer' : 'atlassian',
    ...(hidesEmail || emailAddress === '' ? {} : { emailAddress }),
    displayName,
    active: true,
    timeZone: 'Etc/UTC',
    avatarUrls: {},
  };
}

function hasAccount({ guest, foreignTeamId, jiraAccountId }: Person, isListed: boolean): boolean {
  return guest !== true && foreignTeamId === undefined && (!isListed || jiraAccountId !== undefined);
}

function accountOf({ name, email, jiraAccountId, hidesEmail = false }: Person): Account {
  const made = createHash('sha256').update(`${email.toLowerCase()}/${name}`).digest('hex').slice(0, 24);
  return { accountId: jiraAccountId ?? made, displayName: name, emailAddress: email, hidesEmail };
}

function isNamed({ displayName, emailAddress }: Account, emailOrName: string): boolean {
  return displayName === emailOrName || emailAddress.toLowerCase() === emailOrName.toLowerCase();
}

function begins({ displayName, emailAddress }: Account, text: string): boolean {
  const name = displayName.toLowerCase();
  return [emailAddress.toLowerCase(), name, ...name.split(/\s+/)].some((attribute) => attribute.startsWith(text));
}
