import { afterEach, beforeEach, expect, vi } from 'vitest'

// React, Node and libraries complain on console.error about mistakes that no assertion looks for.
let complaints: unknown[][] = []

beforeEach(() => {
  complaints = []
  vi.spyOn(console, 'error').mockImplementation((...parts) => complaints.push(parts))
})

afterEach(() => {
  vi.mocked(console.error).mockRestore()
  expect(complaints, 'console.error was called').toEqual([])
})
