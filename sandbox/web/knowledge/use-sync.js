import { post } from '../api.js';
import { announce } from '../live.js';
import { useQuery } from '../query.js';
import { useEffect, useState } from '../view.js';
import { lastRuns, runsAsked } from './sync-words.js';

const pollMs = 400;

/**
 * The bot's reading of the articles: followed from the moment it was asked for until it is over.
 * @returns `status`, what the server tells; `asked`, the last wish, or null; `follow(asked)`, to watch one;
 * `ask()`, to wish for one now; `problem`, why that could not be done
 */
export function useSync() {
  const { data: status, error } = useQuery('/api/knowledge/sync', ({ type }) => {
    return type === 'knowledge' || type === 'bot' || type === 'sync';
  });
  const [asked, setAsked] = useState(null);
  const [problem, setProblem] = useState(null);

  const syncs = status?.syncs ?? [];
  const isWaiting = asked !== null && runsAsked(syncs, asked).some((run) => run === null || run.state === 'running');
  const isReading = [...lastRuns(syncs).values()].some(({ state }) => state === 'running');
  const isBusy = status?.available === true && (isWaiting || isReading);
  useEffect(() => {
    if (!isBusy) return undefined;
    const timer = setInterval(() => announce({ type: 'sync' }), pollMs);
    return () => clearInterval(timer);
  }, [isBusy]);

  // what was not read, and how many documents there are, is known when it is over
  useEffect(() => {
    if (!isBusy) announce({ type: 'read-anew' });
  }, [isBusy]);

  async function ask() {
    setProblem(null);
    try {
      setAsked(await post('/api/knowledge/sync', {}));
    } catch (failure) {
      setProblem(failure.message);
    }
  }

  // the bot was down when it was asked: asked again once it is back
  const isMissed = asked?.queued === null && status?.botState === 'up';
  useEffect(() => {
    if (isMissed) ask();
  }, [isMissed]);

  return { status, asked, isBusy, problem: problem ?? (status === undefined ? error : null), follow: setAsked, ask };
}
