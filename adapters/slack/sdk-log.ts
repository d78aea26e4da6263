import { type Logger, LogLevel } from '@slack/bolt';
import type { Log } from '#ports.ts';

/** Long enough for what the SDK says of itself. */
const longestRemark = 300;

/**
 * Takes the SDK's own remarks into our log: warnings and errors only, since its debug lines hold whole requests.
 * Of an error object only the name is kept, since its text may quote a message.
 */
export function createSdkLog(log: Log): Logger {
  const remark = (said: readonly unknown[]) => ({
    says: said.map((each) => (each instanceof Error ? each.name : String(each).slice(0, longestRemark))),
  });
  return {
    debug: () => {},
    info: () => {},
    warn: (...said) => log.warn('slack sdk: warning', remark(said)),
    error: (...said) => log.warn('slack sdk: error', remark(said)),
    getLevel: () => LogLevel.WARN,
    setLevel: () => {},
    setName: () => {},
  };
}
