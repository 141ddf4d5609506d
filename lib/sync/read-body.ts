/** The bytes of a body, or null as soon as there are more than `most`, or more are stated. */
export async function readBody(
  chunks: AsyncIterable<Uint8Array>,
  statedLength: number,
  most: number,
): Promise<Uint8Array | null> {
  if (statedLength > most) return null
  const read: Uint8Array[] = []
  let size = 0
  for await (const chunk of chunks) {
    size += chunk.byteLength
    if (size > most) return null
    read.push(chunk)
  }
  return Buffer.concat(read)
}
