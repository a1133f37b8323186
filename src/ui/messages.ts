import type { ErrorDetails } from '../core/errors.js';
import type { MemoryStep, Warning } from '../core/memory-step.js';
import { texts } from '../texts/texts.js';

/** An error in words: what happened, and what to do about it. */
export interface Message {
  readonly sentence: string;
  readonly remedy: string;
}

/** The words for everything the world can refuse. */
export function messageFor(details: ErrorDetails): Message {
  const say = texts().messages;
  const reason = 'reason' in details ? clause(details.reason, say.noReason) : '';
  switch (details.code) {
    case 'document/invalid':
      return say.documentInvalid(details.path ?? '', reason);
    case 'document/too-new':
      return say.documentTooNew(details.found, details.supported);
    case 'document/too-large':
      return say.documentTooLarge(details.what, details.found, details.limit);
    case 'execution/node-failed': {
      const inner = details.causeDetails ? messageFor(details.causeDetails) : undefined;
      return {
        sentence: say.nodeFailed(details.type, details.pass, inner?.sentence ?? `${reason}.`),
        remedy: inner?.remedy ?? say.nodeFailedRemedy,
      };
    }
    case 'input/invalid':
      return { sentence: say.inputInvalid(details.input, reason), remedy: details.remedy };
    case 'picture/unreadable':
      return say.pictureUnreadable(details.name, reason);
    case 'picture/missing':
      return say.pictureMissing(details.name);
    case 'model/missing':
      return say.modelMissing(details.name, reason);
    case 'model/invalid':
      return say.modelInvalid(details.file, details.tensor ?? '', reason);
    case 'model/unsupported':
      return say.modelUnsupported(details.file, reason);
    case 'model/download-failed':
      return say.downloadFailed(details.url, reason);
    case 'model/access-denied':
      return texts().models.accessDenied(details.host, reason);
    case 'model/out-of-memory':
      return details.step
        ? { sentence: sayStep(details.step), remedy: say.goesOn }
        : say.outOfMemory(reason);
    case 'webgpu/unavailable':
      return say.webgpuUnavailable(reason);
    case 'webgpu/device-lost':
      return say.deviceLost(reason);
    case 'worker/crashed':
      return say.workerCrashed(reason);
    case 'archive/unreadable':
      return say.archiveUnreadable(reason);
    case 'storage/failed':
      return say.storageFailed(reason);
    case 'storage/quota':
      return say.storageQuota;
  }
}

/** Both parts in one line. */
export function sayError(details: ErrorDetails): string {
  const { sentence, remedy } = messageFor(details);
  return `${sentence} ${remedy}`;
}

/** What a node warns of, in words. */
export function sayWarning(warning: Warning): string {
  return typeof warning === 'string' ? warning : sayStep(warning);
}

function sayStep(step: MemoryStep): string {
  const say = texts().messages.memory;
  switch (step.code) {
    case 'memory/bank-to-ram':
      return say.bankToRam;
    case 'memory/bank-dropped':
      return say.bankDropped;
    case 'memory/results-dropped':
      return say.resultsDropped;
    case 'memory/tiles':
      return say.tiles;
    case 'memory/smaller-calls':
      return say.smallerCalls(step.from, step.to);
    case 'memory/pair-apart':
      return say.pairApart;
  }
}

/** A reason as the end of a sentence, without a full stop of its own. */
function clause(reason: string, otherwise: string): string {
  return reason.trim().replace(/[.\s]+$/, '') || otherwise;
}
