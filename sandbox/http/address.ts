/** The address that a request asks for. What is none leads to `/`: nowhere, as an unknown one does. */
export function addressOf(target = '/'): URL {
  const base = 'http://sandbox'
  try {
    return new URL(target, base)
  } catch {
    return new URL('/', base)
  }
}
