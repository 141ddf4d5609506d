/** What a browser would post for the settings' form as it is. */
export function filledIn(page: string): Record<string, string> {
  const inputs = page.matchAll(/<input (?:type="(\w+)" )?name="([\w.]+)" value="([^"]*)"( checked)?/g)
  const typed = [...inputs].filter(([, type, , , checked]) => type !== 'checkbox' || checked !== undefined)
  const chosen = page.matchAll(/<select name="([\w.]+)">.*?<option value="(\w+)" selected>/g)
  return Object.fromEntries([
    ...typed.map(([, , name, value]) => [name, value]),
    ...[...chosen].map(([, name, value]) => [name, value]),
  ])
}
