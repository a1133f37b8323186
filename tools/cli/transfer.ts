import type { Picture } from '../../src/core/node/definition.js';
import { withBranchPictures } from './headless/branch-pictures.js';
import { runCommand } from './headless/command.js';
import { findNode } from './headless/document-nodes.js';
import { writeRunJson } from './headless/run-json.js';
import { runSession, tellOutcome, type Session } from './headless/session.js';
import { sideBySide } from './headless/side-by-side.js';
import { transferGraph } from './headless/transfer-graph.js';
import {
  readTransferOptions,
  TRANSFER_USAGE,
  type TransferOptions,
} from './headless/transfer-options.js';
import type { GraphDocument } from '../../src/core/graph/types.js';

/** Writes the pictures of a finished transfer. */
async function writePictures(
  document: GraphDocument,
  { report, pictures }: Session,
  branches: { readonly structure: string; readonly appearance: string } | undefined,
): Promise<void> {
  const shown = (id: string, label: string): Picture => {
    const picture = report.pictures.get(id)?.get(label);
    if (!picture) throw new Error(`Node ${id} showed no picture “${label}”.`);
    return picture;
  };
  for (const branch of ['structure', 'appearance'] as const) {
    const picture = branches
      ? shown(branches[branch], 'result')
      : shown(findNode(document, `Encode ${branch}`), 'pixels');
    await pictures.put(branch, picture);
  }
  const masks = ['Structure mask', 'Appearance mask'].map((title) =>
    shown(findNode(document, title), 'mask'),
  );
  await pictures.put('masks', sideBySide(masks));
}

async function main(args: readonly string[], signal: AbortSignal): Promise<number> {
  const options = readTransferOptions(args);
  if (options === 'help') {
    console.log(TRANSFER_USAGE);
    return 0;
  }
  const { out, provider, threads, branches: wantsBranches, ...settings } = options;
  const graph = await transferGraph(settings);
  const branches = wantsBranches ? withBranchPictures(graph) : undefined;
  const document = branches?.document ?? graph;
  const session = await runSession(document, {
    out,
    provider,
    replace: true,
    signal,
    ...(threads !== undefined && { threads }),
    ...(options.model !== undefined && { addresses: [options.model] }),
  });
  const code = tellOutcome(session.report);
  if (code !== 0) return code;
  await writePictures(document, session, branches);
  await writeRunJson(out, settingsOf(document, options), provider, document, session.report);
  return 0;
}

/** What the run was asked for, the defaults of the graph included. */
function settingsOf(document: GraphDocument, { structure, appearance, preset }: TransferOptions) {
  const valuesOf = (title: string) => document.nodes[findNode(document, title)]?.inputs ?? {};
  const { steps, skip_steps, cfg, seed } = valuesOf('Invert structure');
  return {
    structure,
    appearance,
    preset,
    model: valuesOf('LoadCheckpoint')['ckpt_name'],
    prompt: valuesOf('Prompt')['text'],
    noun: valuesOf('Structure mask')['noun'],
    steps,
    skip: skip_steps,
    cfg,
    seed,
  };
}

await runCommand(main);
