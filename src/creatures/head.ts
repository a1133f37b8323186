import type { BodyPlan } from './plan.js';
import type { Pose } from './pose.js';
import { cone, curve, ellipse, type Point, type Shape } from './shape.js';
import { cosine, radians, sine } from './trigonometry.js';

/** Turns head coordinates (forward, up), in head heights from the skull's middle, into places. */
type HeadFrame = (forward: number, up: number) => Point;

function frameAt([x, y]: Point, unit: number, droop: number): HeadFrame {
  const [c, s] = [cosine(radians(droop)), sine(radians(droop))];
  return (forward, up) => [x + unit * (forward * c + up * s), y + unit * (forward * s - up * c)];
}

function earShapes({ ear, head }: BodyPlan, at: HeadFrame, light: number): Shape[] {
  const size = ear.size / head.height;
  const shift = light < 1 ? 0.22 : 0;
  switch (ear.form) {
    case 'pointed':
      return [
        cone(
          'ear',
          at(-0.2 + shift, 0.34),
          ear.size * 0.36,
          at(-0.34 + shift, 0.34 + size),
          ear.size * 0.08,
          light,
        ),
      ];
    case 'round':
      return [ellipse('ear', at(-0.26 + shift, 0.42), ear.size * 0.62, ear.size * 0.62, 0, light)];
    case 'floppy':
      return [
        cone(
          'ear',
          at(-0.28 + shift, 0.32),
          ear.size * 0.26,
          at(-0.42 + shift, 0.32 - size),
          ear.size * 0.36,
          light,
        ),
      ];
    case 'fan':
      return light < 1
        ? []
        : [ellipse('ear', at(-0.5, 0.02), ear.size * 0.5, ear.size * 0.68, 0.15)];
    case 'none':
      return [];
  }
}

function hornShapes({ horn, head }: BodyPlan, at: HeadFrame): Shape[] {
  const size = horn.size / head.height;
  switch (horn.form) {
    case 'none':
      return [];
    case 'knobs':
      return [-0.12, 0.12].map((x) =>
        cone('horn', at(x, 0.35), 0.009, at(x - 0.08, 0.4 + size), 0.014),
      );
    case 'pair':
      return [-0.1, 0.14].flatMap((x) =>
        curve(
          'horn',
          at(x, 0.38),
          0.018,
          at(x + 0.35, 0.4 + size * 0.4),
          at(x + 0.12, 0.4 + size),
          0.007,
        ),
      );
    case 'antlers':
      return [-0.1, 0.15].flatMap((x) => [
        ...curve(
          'horn',
          at(x, 0.38),
          0.013,
          at(x - 0.7, 0.5 + size * 0.5),
          at(x - 0.15, 0.38 + size),
          0.009,
        ),
        cone('horn', at(x - 0.32, 0.4 + size * 0.5), 0.01, at(x + 0.15, 0.4 + size * 0.75), 0.008),
      ]);
    case 'nose':
      return [cone('horn', at(1.05, 0.2), 0.026, at(1.2, 0.2 + size), 0.006)];
  }
}

function snoutShapes({ head, snout }: BodyPlan, at: HeadFrame, length: number): Shape[] {
  const half = head.height / 2;
  const tip = at(length * 0.78, -0.12);
  if (snout.trunk > 0) {
    const end: Point = [tip[0] + head.height * 0.1, Math.min(tip[1] + snout.trunk, -0.03)];
    const control: Point = [tip[0] + head.height * 0.3, tip[1] + snout.trunk * 0.35];
    return curve(
      'snout',
      at(0.3, -0.14),
      half * snout.width,
      control,
      end,
      half * snout.width * 0.45,
    );
  }
  return [
    cone('snout', at(length * 0.52, -0.09), half * (snout.width + 0.1), tip, half * snout.width),
  ];
}

/** Head, snout, ears, eye, horns and ruff, back to front; `nape` is where the neck ends. */
export function headShapes(plan: BodyPlan, pose: Pose, nape: Point): Shape[] {
  const { head, mane } = plan;
  const unit = head.height;
  const length = head.length / unit;
  const at = frameAt([nape[0] + unit * 0.12, nape[1]], unit, head.droop + pose.headTurn);
  const ruff = mane.ruff ? [ellipse('mane', at(-0.28, -0.08), unit * 0.78, unit * 0.9)] : [];
  const eye = Math.max(0.011, unit * 0.085);
  return [
    ...ruff,
    ...earShapes(plan, at, 0.84),
    ...(plan.horn.form === 'nose' ? [] : hornShapes(plan, at)),
    ellipse('head', at(0, 0), unit * 0.55, unit * 0.5),
    cone('head', at(0.05, -0.02), unit * 0.46, at(length * 0.5, -0.08), unit * 0.34),
    ...snoutShapes(plan, at, length),
    ...(plan.horn.form === 'nose' ? hornShapes(plan, at) : []),
    ...earShapes(plan, at, 1),
    ellipse('eye', at(0.24, 0.13), eye, eye),
  ];
}
