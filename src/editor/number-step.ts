import type { WidgetSpec } from '../core/node/definition.js';

/** A widget that holds a number. */
export type NumberSpec = Extract<WidgetSpec, { readonly min: number }>;

/** The smallest change a user makes to a number. */
export function stepOf(spec: NumberSpec): number {
  return spec.step ?? (spec.type === 'INT' ? 1 : 0.01);
}

/** The nearest value on the step's grid within the widget's range. */
export function snap(spec: NumberSpec, value: number): number {
  const step = stepOf(spec);
  const onGrid = Number((Math.round(value / step) * step).toFixed(10));
  const whole = spec.type === 'INT' ? Math.round(onGrid) : onGrid;
  return Math.min(spec.max, Math.max(spec.min, whole));
}
