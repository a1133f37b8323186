import type { InputSpec } from '../node/definition.js';
import type { NodeRegistry } from '../node/registry.js';
import { flatten, problemsAt } from './flatten.js';
import { adjacencyOf, nodesInCycles } from './links.js';
import { nodeName } from './node-name.js';
import type { Problem, ProblemCode } from './problems.js';
import { subgraphKey } from './subgraph-registry.js';
import type { GraphDocument, NodeId, NodeRecord } from './types.js';
import { widgetMistake } from './widget-values.js';
import { isAssignable, isWidget, wiringOf, type Wiring } from './wiring.js';

const remembered = new WeakMap<Wiring, readonly Problem[]>();

/**
 * Every mistake of a document, as values on the nodes and inputs at fault. Muted and bypassed nodes are not
 * checked. A mistake inside a subgraph is on its node. Asking twice for the same nodes costs nothing.
 */
export function validate(document: GraphDocument, registry: NodeRegistry): readonly Problem[] {
  const flat = flatten(document);
  const wiring = wiringOf(flat, registry);
  const problems = remembered.get(wiring) ?? findProblems(wiring);
  remembered.set(wiring, problems);
  return flat === document ? problems : problemsAt(document, problems, []);
}

/** The mistakes inside the instances of `path`, on the nodes of `innerDocument(document, path)`. */
export function validateInner(
  document: GraphDocument,
  registry: NodeRegistry,
  path: readonly NodeId[],
): readonly Problem[] {
  if (path.length === 0) return validate(document, registry);
  return problemsAt(document, validate(flatten(document), registry), path);
}

function findProblems(wiring: Wiring): readonly Problem[] {
  const { nodes, registry, zones } = wiring;
  const problems: Problem[] = [];
  const ids = Object.keys(nodes);
  if (!ids.some((id) => registry.get(nodes[id]?.type ?? '')?.outputNode)) {
    problems.push({
      code: 'graph/no-outputs',
      nodeId: undefined,
      message: 'Nothing asks for a result. Add an output node such as Preview Image.',
    });
  }
  const looped = nodesInCycles(adjacencyOf(nodes));
  const circleEnds = new Set(
    zones.problems.flatMap(({ code, nodeId }) => (code === 'zone/end-cycle' ? [nodeId] : [])),
  );
  for (const id of looped) {
    if (circleEnds.has(id)) continue;
    const message = `${nodeName(nodes, registry, id)} depends on its own result. Remove a link of the circle; values are carried from pass to pass by Denoise Start and End.`;
    problems.push({ code: 'graph/cycle', nodeId: id, message });
  }
  problems.push(...zones.problems);
  for (const id of ids) problems.push(...nodeProblems(wiring, id));
  return problems;
}

function nodeProblems(wiring: Wiring, id: NodeId): readonly Problem[] {
  const { nodes, registry } = wiring;
  const record = nodes[id];
  if (record === undefined || record.mode !== undefined) return [];
  const name = nodeName(nodes, registry, id);
  const versionProblem = typeProblem(wiring, id, record, name);
  if (versionProblem !== undefined) return [versionProblem];
  const problems: Problem[] = [];
  const report: Report = (code, input, text) =>
    problems.push({ code, nodeId: id, input, message: `${name}: ${text}` });
  for (const [input, spec] of Object.entries(wiring.sockets(id)?.inputs ?? {})) {
    checkInput(wiring, id, input, spec, report);
  }
  return problems;
}

type Report = (code: ProblemCode, input: string, text: string) => void;

function typeProblem(
  { registry }: Wiring,
  id: NodeId,
  record: NodeRecord,
  name: string,
): Problem | undefined {
  const definition = registry.get(record.type);
  if (definition === undefined && subgraphKey(record.type) !== undefined) {
    const message = `${name} is a subgraph whose definition is missing, contains itself or is too large. It is kept as it is; replace or delete it.`;
    return { code: 'node/unknown-type', nodeId: id, message };
  }
  if (definition === undefined) {
    const message = `${name} has the unknown type ${record.type}. It is kept as it is; replace it, or open the graph in a version that knows it.`;
    return { code: 'node/unknown-type', nodeId: id, message };
  }
  const versions = `version ${String(record.version)}, known is ${String(definition.version)}`;
  if (record.version > definition.version) {
    const message = `${name} was saved by a newer program (${versions}). Update the program, or replace the node.`;
    return { code: 'node/too-new', nodeId: id, message };
  }
  if (record.version < definition.version) {
    const message = `${name} could not be brought up to date (${versions}). Replace it by a fresh node.`;
    return { code: 'node/not-migrated', nodeId: id, message };
  }
  return undefined;
}

function checkInput(
  wiring: Wiring,
  id: NodeId,
  input: string,
  spec: InputSpec,
  report: Report,
): void {
  const source = wiring.source(id, input);
  const call = (node: NodeId) => nodeName(wiring.nodes, wiring.registry, node);
  switch (source.kind) {
    case 'absent':
      if (!isWidget(spec) && spec.optional !== true) {
        report(
          'input/missing',
          input,
          `the input ${input} is not connected. Connect a ${spec.type} to it.`,
        );
      }
      return;
    case 'bypass-gap':
      if (!isWidget(spec) && spec.optional === true) return;
      report(
        'input/missing',
        input,
        `the input ${input} gets nothing, because ${call(source.node)} is bypassed and has no ${source.type} to pass through. Connect another node, or switch the bypass off.`,
      );
      return;
    case 'dangling':
      report(
        'link/dangling',
        input,
        `the input ${input} is linked to an output ${source.output} of ${call(source.node)} that does not exist. Connect it anew.`,
      );
      return;
    case 'unknown':
      report(
        'link/dangling',
        input,
        `the input ${input} is fed by ${call(source.node)}, whose type is unknown. Replace that node, or connect another.`,
      );
      return;
    case 'value': {
      if (!isWidget(spec)) {
        report(
          'input/wrong-type',
          input,
          `the input ${input} holds a value, but only a link can bring a ${spec.type}. Connect a ${spec.type} to it.`,
        );
        return;
      }
      const mistake = widgetMistake(spec, source.value);
      if (mistake !== undefined) report(mistake.code, input, `${input} ${mistake.text}`);
      return;
    }
    case 'link':
      if (!isAssignable(source.type, spec.type)) {
        report(
          'link/type-mismatch',
          input,
          `the input ${input} wants a ${spec.type}, but ${call(source.node)} gives a ${source.type} as ${source.output}. Connect a ${spec.type}.`,
        );
      } else if ('slice' in spec && !wiring.zones.zoneOf.has(id)) {
        report(
          'node/needs-zone',
          input,
          `the input ${input} is read pass by pass, so the node works only between a Denoise Start and its Denoise End. Move it into a zone.`,
        );
      }
  }
}
