/**
 * A picture no larger than `side` pixels in width and height, in the shape it has: WebP, or PNG where the browser writes
 * no WebP. Smaller pictures keep their size. `picture` may be a file in any format that the browser reads.
 */
export async function smallPicture(picture: Blob | ImageData, side: number): Promise<Blob> {
  const whole = await createImageBitmap(picture);
  const scale = Math.min(1, side / Math.max(whole.width, whole.height));
  const bitmap = await createImageBitmap(whole, {
    resizeWidth: Math.max(1, Math.round(whole.width * scale)),
    resizeHeight: Math.max(1, Math.round(whole.height * scale)),
    resizeQuality: 'high',
  });
  whole.close();
  const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
  canvas.getContext('bitmaprenderer')?.transferFromImageBitmap(bitmap);
  return canvas.convertToBlob({ type: 'image/webp', quality: 0.8 });
}
