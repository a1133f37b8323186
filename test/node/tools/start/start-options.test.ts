import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parseStartOptions } from '../../../../tools/start/start-options.js';

describe('the options of npm start', () => {
  it('serves at the usual port when nothing is said', () => {
    assert.deepEqual(parseStartOptions([]), { serve: true, port: 8190 });
  });

  it('reads --no-serve and --port in both forms', () => {
    assert.deepEqual(parseStartOptions(['--no-serve']), { serve: false, port: 8190 });
    assert.deepEqual(parseStartOptions(['--port', '0']), { serve: true, port: 0 });
    assert.deepEqual(parseStartOptions(['--port=9000']), { serve: true, port: 9000 });
  });

  it('refuses ports that are none and options that it does not know, in a sentence', () => {
    for (const port of ['x', '-1', '70000', '1.5', '']) {
      assert.throws(() => parseStartOptions(['--port', port]), /from 0 to 65535/);
    }
    assert.throws(() => parseStartOptions(['--prot', '1']), /--port N and --no-serve/);
  });
});
