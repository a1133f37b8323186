import { headShapes } from './head.js';
import type { BodyPlan } from './plan.js';
import type { Pose } from './pose.js';
import { cone, curve, ellipse, type Point, type Shape } from './shape.js';
import { cosine, radians, sine } from './trigonometry.js';

const FAR_SIDE = 0.84;
const QUARTER = 1.5707963;
/** The angle of a neck that is lowered all the way, in degrees. */
const GRAZING_ANGLE = -38;

/** The point `distance` away from `origin`, `degrees` above the horizontal to the right. */
function reach([x, y]: Point, distance: number, degrees: number): Point {
  const angle = radians(degrees);
  return [x + distance * cosine(angle), y - distance * sine(angle)];
}

interface Leg {
  readonly hip: Point;
  readonly phase: number;
  /** 1: the knee bends forwards (front legs), -1: backwards. */
  readonly knee: 1 | -1;
  readonly light: number;
}

function legShapes({ leg }: BodyPlan, pose: Pose, { hip, phase, knee, light }: Leg): Shape[] {
  const swing = pose.stride * sine(phase);
  const lift = 0.4 * pose.stride * leg.length * Math.max(0, cosine(phase));
  const footY = -lift - leg.width * 0.5;
  const drop = footY - hip[1];
  const foot: Point = [hip[0] + swing * drop, footY];
  const bend = knee * (0.03 + 0.5 * pose.stride * Math.max(0, cosine(phase))) * leg.length;
  const joint: Point = [hip[0] + 0.5 * swing * drop + bend, hip[1] + drop * 0.52];
  const hoofTop: Point = [
    foot[0] + (joint[0] - foot[0]) * 0.14,
    foot[1] + (joint[1] - foot[1]) * 0.14,
  ];
  return [
    cone('leg', hip, leg.width, joint, leg.width * 0.72, light),
    cone('leg', joint, leg.width * 0.72, foot, leg.width * 0.56, light),
    cone('hoof', hoofTop, leg.width * 0.62, foot, leg.width * 0.74, light),
  ];
}

function tailShapes({ tail }: BodyPlan, pose: Pose, root: Point, ground: number): Shape[] {
  const rise = tail.rise + pose.tailTurn;
  // Degrees above the horizontal, but the tail points left.
  const [x, y] = reach(root, tail.length, 180 - rise);
  const tip: Point = [x, Math.min(y, ground - 0.02)];
  const control: Point = [root[0] - tail.length * 0.5, root[1] - tail.length * 0.12];
  const stroke = curve(
    'tail',
    root,
    tail.width,
    control,
    tip,
    tail.tuft ? tail.width : tail.width * 0.4,
  );
  return tail.tuft ? [...stroke, ellipse('tail', tip, 0.022, 0.03)] : stroke;
}

/**
 * The animal as shapes, back to front, looking right: the ground under its feet is y = 0, its body's
 * middle x = 0.
 */
export function animalShapes(plan: BodyPlan, pose: Pose): Shape[] {
  const { body, leg, neck, head, mane } = plan;
  const radius = body.height / 2;
  const backY = -leg.length - body.height * 0.62;
  const rump: Point = [-body.length / 2 + radius * 0.92, backY + radius * 0.06];
  const chest: Point = [body.length / 2 - radius, backY];
  const legs = [
    { at: rump[0] + radius * 0.5, phase: QUARTER * 2, knee: -1, light: FAR_SIDE },
    { at: chest[0] - radius * 0.25, phase: QUARTER, knee: 1, light: FAR_SIDE },
    { at: rump[0] - radius * 0.3, phase: 0, knee: -1, light: 1 },
    { at: chest[0] + radius * 0.35, phase: QUARTER * 3, knee: 1, light: 1 },
  ] as const;
  const legParts = legs.map(({ at, phase, knee, light }) =>
    legShapes(plan, pose, {
      hip: [at, backY + radius * 0.35],
      phase: pose.legPhase + phase,
      knee,
      light,
    }),
  );
  const shoulder: Point = [chest[0] + radius * 0.35, chest[1] - radius * 0.25];
  const upright = neck.angle + pose.neckTurn;
  const neckAngle = upright + (GRAZING_ANGLE - upright) * pose.grazing;
  const lowest = -head.height * 0.75;
  const [nx, ny] = reach(shoulder, neck.length + radius * 0.5, neckAngle);
  const nape: Point = [nx, Math.min(ny, lowest)];
  const neckEnd = Math.max(head.height * 0.4, neck.width * 0.55);
  const crest = (at: Point, offset: number): Point => reach(at, offset, neckAngle + 90);
  const hump =
    body.hump > 0.001
      ? [
          ellipse(
            'body',
            [-0.01, backY - radius * 0.75],
            body.length * 0.17,
            radius * 0.3 + body.hump,
          ),
        ]
      : [];
  const maneShapes =
    mane.width > 0 && !mane.ruff
      ? [
          cone(
            'mane',
            crest(shoulder, neck.width * 0.85),
            mane.width,
            crest(nape, neckEnd * 0.85),
            mane.width,
          ),
        ]
      : [];
  return [
    ...tailShapes(plan, pose, [rump[0] - radius * 0.75, rump[1] - radius * 0.35], 0),
    ...legParts.flat(),
    ...hump,
    cone('body', rump, radius * 0.94, chest, radius),
    ellipse('body', [0.0, backY + radius * 0.12], body.length * 0.42, radius),
    ...maneShapes,
    cone('neck', shoulder, neck.width, nape, neckEnd),
    ...headShapes(plan, pose, nape),
  ];
}
