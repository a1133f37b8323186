/**
 * A picture no larger than `side` pixels in width and height, in the shape it has: WebP, or PNG where the browser writes
 * no WebP. Smaller pictures keep their size. `picture` may be a file in any format that the browser reads.
 */
export async function smallPicture(picture: Blob | ImageData, side: number): Promise<Blob> {
  const whole = await createImageBitmap(picture);
  const scale = Math.min(1, side / Math.max(whole.width, whole.height));
  const width = Math.max(1, Math.round(whole.width * scale));
  const height = Math.max(1, Math.round(whole.height * scale));
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('There is no 2D canvas to make the picture smaller with.');
  context.imageSmoothingQuality = 'high';
  context.drawImage(whole, 0, 0, width, height);
  whole.close();
  return canvas.convertToBlob({ type: 'image/webp', quality: 0.8 });
}
