import clipTextEncode from './conditioning/clip-text-encode.js';
import adain from './denoise/adain.js';
import appearanceGuidance from './denoise/appearance-guidance.js';
import crossImageUnetStep from './denoise/cross-image-unet-step.js';
import ddpmStep from './denoise/ddpm-step.js';
import denoiseEnd from './denoise/denoise-end.js';
import denoiseStart from './denoise/denoise-start.js';
import injectionSchedule from './denoise/injection-schedule.js';
import compareImages from './image/compare-images.js';
import contactSheet from './image/contact-sheet.js';
import creature from './image/creature.js';
import loadImage from './image/load-image.js';
import previewImage from './image/preview-image.js';
import saveImage from './image/save-image.js';
import ddpmInversion from './inversion/ddpm-inversion.js';
import referenceBranch from './inversion/reference-branch.js';
import vaeDecode from './latent/vae-decode.js';
import vaeEncode from './latent/vae-encode.js';
import attentionMap from './lens/attention-map.js';
import correspondence from './lens/correspondence.js';
import loadCheckpoint from './loaders/load-checkpoint.js';
import loadEmbedding from './loaders/load-embedding.js';
import loadLora from './loaders/load-lora.js';
import loadVae from './loaders/load-vae.js';
import previewDecoder from './loaders/preview-decoder.js';
import loadMask from './mask/load-mask.js';
import paintMask from './mask/paint-mask.js';
import partMask from './mask/part-mask.js';
import selfSegmentationMask from './mask/self-segmentation-mask.js';
import colorDistance from './metrics/color-distance.js';
import gramDistance from './metrics/gram-distance.js';
import maskOverlap from './metrics/mask-overlap.js';
import partCorrespondence from './metrics/part-correspondence.js';
import pictureSimilarity from './metrics/picture-similarity.js';
import freeu from './model/freeu.js';

/** Every node a user can drag, sorted by file. */
export const nodes = [
  clipTextEncode,
  adain,
  appearanceGuidance,
  crossImageUnetStep,
  ddpmStep,
  denoiseEnd,
  denoiseStart,
  injectionSchedule,
  compareImages,
  contactSheet,
  creature,
  loadImage,
  previewImage,
  saveImage,
  ddpmInversion,
  referenceBranch,
  vaeDecode,
  vaeEncode,
  attentionMap,
  correspondence,
  loadCheckpoint,
  loadEmbedding,
  loadLora,
  loadVae,
  previewDecoder,
  loadMask,
  paintMask,
  partMask,
  selfSegmentationMask,
  colorDistance,
  gramDistance,
  maskOverlap,
  partCorrespondence,
  pictureSimilarity,
  freeu,
] as const;
