import type { ErrorDetails } from '../core/errors.js';

/** An error in words: what happened, and what to do about it. */
export interface Message {
  readonly sentence: string;
  readonly remedy: string;
}

/** The English for everything the world can refuse. */
export function messageFor(details: ErrorDetails): Message {
  switch (details.code) {
    case 'document/invalid':
      return {
        sentence: `This is not a graph that Crossweave can read${details.path ? ` (at ${details.path})` : ''}: ${clause(details.reason)}.`,
        remedy: 'Choose a graph saved by Crossweave. The graph on screen stays as it is.',
      };
    case 'document/too-new':
      return {
        sentence: `This graph was saved by a newer Crossweave (format ${String(details.found)}; this one reads up to ${String(details.supported)}).`,
        remedy: 'Reload the page to get the newest version, then open it again.',
      };
    case 'document/too-large':
      return {
        sentence: `This file has too many ${details.what}: ${String(details.found)}, and at most ${String(details.limit)} can be read.`,
        remedy: 'Choose a graph saved by Crossweave. The graph on screen stays as it is.',
      };
    case 'execution/node-failed': {
      const inner = details.causeDetails ? messageFor(details.causeDetails) : undefined;
      const pass = details.pass === undefined ? '' : ` in pass ${String(details.pass)}`;
      return {
        sentence: `${details.type} failed${pass}: ${inner?.sentence ?? `${clause(details.reason)}.`}`,
        remedy: inner?.remedy ?? 'Change its inputs and run again.',
      };
    }
    case 'input/invalid':
      return {
        sentence: `The input “${details.input}” cannot be used: ${clause(details.reason)}.`,
        remedy: details.remedy,
      };
    case 'picture/unreadable':
      return {
        sentence: `The picture “${details.name}” cannot be read: ${clause(details.reason)}.`,
        remedy: 'Use a PNG, JPEG or WebP file that opens elsewhere.',
      };
    case 'picture/missing':
      return {
        sentence: details.name
          ? `There is no picture called “${details.name}”.`
          : 'No picture is chosen.',
        remedy: 'Drop a picture on the Load Image node, or choose one from its list.',
      };
    case 'model/missing':
      return {
        sentence: `The model “${details.name}” cannot be found: ${clause(details.reason)}.`,
        remedy: 'Choose another model in Load Checkpoint.',
      };
    case 'model/invalid':
      return {
        sentence: `The model file ${details.file} is broken${details.tensor ? ` at “${details.tensor}”` : ''}: ${clause(details.reason)}.`,
        remedy: 'Download the file again, or choose another model.',
      };
    case 'model/unsupported':
      return {
        sentence: `The model ${details.file} is of a kind that cannot run here: ${clause(details.reason)}.`,
        remedy: 'Use a Stable Diffusion 1.x checkpoint.',
      };
    case 'model/download-failed':
      return {
        sentence: `The file ${details.url} could not be downloaded: ${clause(details.reason)}.`,
        remedy: 'Check the connection and run again.',
      };
    case 'model/out-of-memory':
      return {
        sentence: `There is not enough memory: ${clause(details.reason)}.`,
        remedy: 'Close other pages, or use a smaller picture.',
      };
    case 'webgpu/unavailable':
      return {
        sentence: `WebGPU cannot be used: ${clause(details.reason)}.`,
        remedy: 'The processor is used instead; it is slower.',
      };
    case 'webgpu/device-lost':
      return {
        sentence: `The graphics device was lost: ${clause(details.reason)}.`,
        remedy: 'Run again: it goes on from what is cached.',
      };
    case 'worker/crashed':
      return {
        sentence: `The run thread stopped unexpectedly: ${clause(details.reason)}.`,
        remedy: 'It has been started anew. Run again.',
      };
    case 'storage/failed':
      return {
        sentence: `The browser refused to store your work: ${clause(details.reason)}.`,
        remedy: 'Download the graph to keep it.',
      };
    case 'storage/quota':
      return {
        sentence: 'The browser has no room left to store your work.',
        remedy: 'Download the graph to keep it, or delete pictures you no longer need.',
      };
  }
}

/** Both parts in one line. */
export function sayError(details: ErrorDetails): string {
  const { sentence, remedy } = messageFor(details);
  return `${sentence} ${remedy}`;
}

/** A reason as the end of a sentence, without a full stop of its own. */
function clause(reason: string): string {
  return reason.trim().replace(/[.\s]+$/, '') || 'no reason was given';
}
