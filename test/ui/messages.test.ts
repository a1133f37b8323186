import { expect } from '@open-wc/testing';
import type { ErrorDetails } from '../../src/core/errors.js';
import { messageFor, sayError } from '../../src/ui/messages.js';

const reason = 'the third byte is wrong.';
const all: readonly ErrorDetails[] = [
  { code: 'document/invalid', reason, path: 'nodes.3' },
  { code: 'document/too-new', found: 9, supported: 1 },
  { code: 'document/too-large', what: 'nodes', found: 6000, limit: 5000 },
  { code: 'execution/node-failed', nodeId: '3', type: 'AdaIN', pass: 4, reason },
  { code: 'input/invalid', input: 'steps', reason, remedy: 'Set it lower.' },
  { code: 'picture/unreadable', name: 'cow.png', reason },
  { code: 'picture/missing', name: 'cow.png' },
  { code: 'model/missing', name: 'creatures', reason },
  { code: 'model/invalid', file: 'unet.safetensors', tensor: 'conv', reason },
  { code: 'model/unsupported', file: 'unet.safetensors', reason },
  { code: 'model/download-failed', url: 'http://127.0.0.1/m', reason },
  { code: 'model/out-of-memory', reason },
  { code: 'webgpu/unavailable', reason },
  { code: 'webgpu/device-lost', reason },
  { code: 'worker/crashed', reason },
  { code: 'storage/failed', reason },
  { code: 'storage/quota', reason },
];

describe('messages', () => {
  for (const details of all) {
    it(`${details.code} is a sentence and a remedy`, () => {
      const { sentence, remedy } = messageFor(details);
      expect(sentence).to.match(/^[A-Z].*[^.]\.$/);
      expect(remedy).to.match(/^[A-Z].*\.$/);
      expect(sentence + remedy).to.not.include('undefined');
    });
  }

  it('a failed node speaks with the words of its cause', () => {
    const causeDetails: ErrorDetails = { code: 'picture/missing', name: 'cow.png' };
    const text = sayError({
      code: 'execution/node-failed',
      nodeId: '1',
      type: 'LoadImage',
      reason,
      causeDetails,
    });
    expect(text)
      .to.include('LoadImage')
      .and.to.include('“cow.png”')
      .and.to.include('Drop a picture');
  });
});
