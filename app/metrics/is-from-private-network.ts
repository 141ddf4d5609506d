import { BlockList, isIP } from 'node:net'

const privateNetworks = new BlockList()
privateNetworks.addSubnet('127.0.0.0', 8, 'ipv4')
privateNetworks.addSubnet('10.0.0.0', 8, 'ipv4')
privateNetworks.addSubnet('172.16.0.0', 12, 'ipv4')
privateNetworks.addSubnet('192.168.0.0', 16, 'ipv4')
privateNetworks.addAddress('::1', 'ipv6')
privateNetworks.addSubnet('fc00::', 7, 'ipv6')

/**
 * Whether every hop of a request was on a private network. Next notes the peer in `x-forwarded-for` unless it came with the
 * request, and a proxy in front appends or sets it: so a visitor from outside can never have a list of private hops only,
 * as long as the server itself is not exposed without a proxy.
 */
export function isFromPrivateNetwork(headers: Headers): boolean {
  const hops = headers.get('x-forwarded-for')?.split(',') ?? []
  return hops.length > 0 && hops.every((hop) => isPrivate(hop.trim()))
}

function isPrivate(address: string): boolean {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '')
  const family = isIP(plain)
  return family !== 0 && privateNetworks.check(plain, family === 4 ? 'ipv4' : 'ipv6')
}
