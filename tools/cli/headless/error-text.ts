import { AppError, type ErrorDetails } from '../../../src/core/errors.js';
import { messageFor } from '../../../src/ui/messages.js';

/** One line for the terminal: what was refused, and what to do about it. */
export function errorText(error: unknown): string {
  if (!(error instanceof AppError)) return error instanceof Error ? error.message : String(error);
  return `${messageFor(error.details).sentence} ${remedyFor(error.details)}`.trim();
}

/** What to do in a terminal, where the page's advice would not help. */
function remedyFor(details: ErrorDetails): string {
  switch (details.code) {
    case 'execution/node-failed':
      return details.causeDetails ? remedyFor(details.causeDetails) : '';
    case 'input/invalid':
      return details.remedy;
    case 'picture/missing':
      return 'Give the path of a PNG or JPEG file, or the name of a sample such as giraffe.png.';
    case 'picture/unreadable':
      return 'Use a PNG or JPEG file that opens elsewhere.';
    case 'model/missing':
      return 'Give the name of a folder in public/models, the path of a .safetensors file or of a folder in the layout of diffusers, or its http address.';
    case 'document/too-new':
      return 'Update Crossweave.';
    case 'document/invalid':
    case 'document/too-large':
      return 'Use a graph saved by Crossweave.';
    case 'model/invalid':
    case 'model/unsupported':
    case 'model/download-failed':
    case 'model/access-denied':
    case 'model/out-of-memory':
    case 'webgpu/unavailable':
    case 'webgpu/device-lost':
    case 'worker/crashed':
    case 'archive/unreadable':
    case 'storage/failed':
    case 'storage/quota':
      return messageFor(details).remedy;
  }
}
