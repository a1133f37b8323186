import { AppError } from '../errors.js';
import { checkPlainData, documentLimits, refuseAbove } from '../graph/limits.js';
import { migrateNodes } from '../graph/migrate-nodes.js';
import { parseDocument, readJson } from '../graph/parse.js';
import type { GraphDocument } from '../graph/types.js';
import type { NodeRegistry } from '../node/registry.js';
import { isJson, jsonOf, objectsOf } from './foreign-values.js';
import { importApi, isApiForm } from './import-api.js';
import { importWorkflow } from './import-workflow.js';

/**
 * Reads a graph of ours, a LiteGraph or ComfyUI workflow (0.4, 1.0), or a graph in the form of ComfyUI's API.
 * @throws AppError `document/invalid`, `document/too-large` or `document/too-new`, and nothing else.
 */
export function readAnyGraph(text: string, registry: NodeRegistry): GraphDocument {
  const data = readJson(text);
  checkPlainData(data);
  if (!isJson(data)) return migrateNodes(parseDocument(data), registry);
  if (Array.isArray(data['nodes']) && data['format'] === undefined) {
    const inner = objectsOf(jsonOf(data['definitions'])['subgraphs']);
    const count = [data, ...inner].reduce((sum, { nodes }) => sum + objectsOf(nodes).length, 0);
    refuseAbove('nodes', count, documentLimits.nodes);
    return checked(importWorkflow(data, registry), registry);
  }
  if (isApiForm(data)) {
    refuseAbove('nodes', Object.keys(data).length, documentLimits.nodes);
    return checked(importApi(data, registry), registry);
  }
  if (data['format'] !== undefined) return migrateNodes(parseDocument(data), registry);
  const reason =
    'the file holds no graph, neither of Crossweave nor a workflow of LiteGraph or ComfyUI';
  throw new AppError({ code: 'document/invalid', reason });
}

/** What an import gives must be a document like any other. */
function checked(document: GraphDocument, registry: NodeRegistry): GraphDocument {
  return migrateNodes(parseDocument(document), registry);
}
