/** Reads big-endian numbers one after the other. */
export class ByteReader {
  #at = 0

  constructor(private readonly bytes: Buffer) {}

  u8(): number {
    return this.bytes.readUInt8(this.#step(1))
  }

  u16(): number {
    return this.bytes.readUInt16BE(this.#step(2))
  }

  i16(): number {
    return this.bytes.readInt16BE(this.#step(2))
  }

  u32(): number {
    return this.bytes.readUInt32BE(this.#step(4))
  }

  take(length: number): Buffer {
    const at = this.#step(length)
    return this.bytes.subarray(at, at + length)
  }

  /** WOFF2's `255UInt16`: one byte for most numbers, three for any. */
  short(): number {
    const code = this.u8()
    if (code === 253) return this.u16()
    if (code === 254) return this.u8() + 506
    return code === 255 ? this.u8() + 253 : code
  }

  /** WOFF2's `UIntBase128`: seven bits a byte, the high bit says that more follow. */
  base128(): number {
    let value = 0
    for (let byte = 128; byte >= 128; ) {
      byte = this.u8()
      value = value * 128 + (byte & 127)
    }
    return value
  }

  #step(length: number): number {
    const at = this.#at
    this.#at += length
    return at
  }
}
