import { spawnSync } from 'node:child_process';

/** What a fresh process writes when it logs one line. */
function logged(statement: string): Record<string, unknown> {
  const script = `import { createLog } from './src/log.ts'; const log = createLog('info'); ${statement}`;
  const { stdout } = spawnSync(process.execPath, ['--no-warnings', '--input-type=module', '-e', script], {
    encoding: 'utf8',
  });
  return JSON.parse(stdout);
}

test('an error is logged without what a database or a client hangs on it', () => {
  const line =
    logged(`log.error('job failed', { error: Object.assign(new Error('refused', { cause: new Error('why') }), {
    code: '23505', detail: 'Key (text)=(my salary) exists', where: 'my salary', config: { token: 'xoxb-1' } }) })`);
  expect(line).toMatchObject({
    level: 50,
    msg: 'job failed',
    error: { type: 'Error', message: 'refused', code: '23505', cause: { message: 'why' } },
  });
  expect(JSON.stringify(line)).not.toMatch(/salary|xoxb/);
});

test('fields that are named as secrets are blanked', () => {
  expect(logged(`log.info('up', { token: 'xoxb-1', slack: { secret: 's3' } })`)).toMatchObject({
    token: '…',
    slack: { secret: '…' },
  });
});
