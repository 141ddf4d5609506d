/** Whether `path` lies in the room that begins at `href`. The overview is only itself. */
export function isInSection(path: string, href: string): boolean {
  return href === '/' ? path === '/' : path === href || path.startsWith(`${href}/`)
}
