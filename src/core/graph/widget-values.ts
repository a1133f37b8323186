import type { WidgetSpec } from '../node/definition.js';
import type { ProblemCode } from './problems.js';

/** What is wrong with a widget's value; `text` goes on from the input's name. */
export interface WidgetMistake {
  readonly code: Extract<
    ProblemCode,
    'input/wrong-type' | 'input/out-of-range' | 'input/not-an-option'
  >;
  readonly text: string;
}

/** Why `value` cannot stand in a widget; undefined when it can. */
export function widgetMistake(spec: WidgetSpec, value: unknown): WidgetMistake | undefined {
  switch (spec.type) {
    case 'INT':
    case 'FLOAT':
      return numberMistake(spec, value);
    case 'STRING':
      return typeof value === 'string' ? undefined : wrongType('a text', value);
    case 'BOOLEAN':
      return typeof value === 'boolean' ? undefined : wrongType('true or false', value);
    case 'COMBO':
      if (typeof value !== 'string') return wrongType('the name of an option', value);
      if (spec.source !== undefined || spec.options.includes(value)) return undefined;
      return {
        code: 'input/not-an-option',
        text: `is “${value}”. Choose one of ${spec.options.join(', ')}.`,
      };
  }
}

function numberMistake(
  spec: Extract<WidgetSpec, { readonly min: number }>,
  value: unknown,
): WidgetMistake | undefined {
  if (typeof value !== 'number' || !Number.isFinite(value)) return wrongType('a number', value);
  if (spec.type === 'INT' && !Number.isSafeInteger(value)) {
    return wrongType('a whole number', value);
  }
  if (value >= spec.min && value <= spec.max) return undefined;
  return {
    code: 'input/out-of-range',
    text: `is ${String(value)}. Set it between ${String(spec.min)} and ${String(spec.max)}.`,
  };
}

function wrongType(wanted: string, value: unknown): WidgetMistake {
  const shown = typeof value === 'string' ? `“${value}”` : JSON.stringify(value);
  return { code: 'input/wrong-type', text: `is ${shown}. Set it to ${wanted}.` };
}
