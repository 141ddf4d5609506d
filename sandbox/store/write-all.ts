import type { FileHandle } from 'node:fs/promises'

/** Writes all of `bytes` at `at`. A single write may do less without an error, on a disk that is about to be full. */
export async function writeAll(file: FileHandle, bytes: Buffer, at: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, at + done)
    done += bytesWritten
  }
}
