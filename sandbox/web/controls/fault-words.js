const slack = {
  none: 'Answers at once, and delivers events at once.',
  slow: 'Answers and delivers three seconds late: the answer takes longer, and comes once.',
  'rate-limited': 'Says “too many requests” (429): Firstline waits as long as it is told, then tries again.',
  down: 'Takes and delivers nothing (503): what you write waits, and is answered when it is back.',
  deaf: 'Does what it is asked, but the answer is lost: Firstline looks before it posts again.',
};

const teams = {
  none: 'Answers at once, and delivers activities at once.',
  slow: 'Answers and delivers three seconds late: the answer takes longer, and comes once.',
  'rate-limited': 'Says “too many requests” (429): Firstline waits as long as it is told, then tries again.',
  down: 'Takes and delivers nothing (503): what you write waits, and is answered when it is back.',
  deaf: 'Does what it is asked, but the answer is lost: Firstline waits before it posts again.',
};

const jira = {
  none: 'Answers at once.',
  slow: 'Answers, and tells of changes, three seconds late: the ticket comes later, and once.',
  'rate-limited': 'Says “too many requests” (429): the ticket waits as long as Jira says.',
  down: 'Takes nothing (503) and tells nothing: the employee is told the request is taken, and gets the ticket when Jira is back.',
  deaf: 'Makes the ticket, but the answer is lost: Firstline looks for it before it makes another.',
};

const wiki = {
  none: 'Answers at once.',
  slow: 'Answers three seconds late: syncs take longer, and no question waits much longer for it.',
  'rate-limited': 'Says “too many requests” (429): Firstline reads on when it is told to.',
  down: 'Gives nothing (503): what was read of it stays known, and is read again when it is back.',
  deaf: 'Takes the request, but the answer is lost: Firstline asks again.',
};

const notes = { slack, teams, jira, notion: wiki, confluence: wiki };
const names = { slack: 'Slack', teams: 'Teams', jira: 'Jira', notion: 'Notion', confluence: 'Confluence' };

const labels = { none: 'Fine', slow: 'Slow', 'rate-limited': 'Rate-limited', down: 'Down', deaf: 'Loses answers' };

/** What a vendor can be made to do, and what to expect then. */
export function vendorFaults(system) {
  return Object.entries(labels).map(([value, label]) => ({ value, label, note: notes[system][value] }));
}

/** A vendor as people call it. */
export function vendorName(system) {
  return names[system];
}

/** How Jira sends its webhooks. */
export const webhookModes = [
  { value: 'once', label: 'Once', note: 'Jira tells of each change once, at once.' },
  { value: 'twice', label: 'Twice', note: 'Jira tells of each change twice: nothing is shown twice.' },
  { value: 'late', label: 'Late', note: 'Jira tells of each change eight seconds later; it is often found before.' },
  {
    value: 'shuffled',
    label: 'Shuffled',
    note: 'Late, twice, and in any order: the thread still says what the issue says.',
  },
  { value: 'dropped', label: 'Dropped', note: 'Jira tells of nothing: changes are found by asking now and then.' },
];

export const deliveries = [
  { value: '1', label: '1×', note: 'Each event is sent once.' },
  { value: '2', label: '2×', note: 'Each event is sent twice: it is answered once.' },
  { value: '5', label: '5×', note: 'Each event is sent five times: it is answered once.' },
];
