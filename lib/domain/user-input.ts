import { z } from 'zod'
import { roles } from './access'
import { trimmedText } from './fields'

/** Addresses differ by more than letter case only in theory; one person shall not exist twice. */
export const userEmail = z.string().trim().toLowerCase().max(320, 'too_long').pipe(z.email('email'))

/** Long rather than odd; bytes beyond 1,024 would only feed the hash. */
export const newPassword = z
  .string()
  .min(12, 'password_short')
  .refine((text) => new TextEncoder().encode(text).length <= 1024, 'too_long')

export const createUserInput = z.strictObject({
  email: userEmail,
  name: trimmedText(250).min(1, 'required'),
  role: z.enum(roles),
  password: newPassword,
})
export type CreateUserInput = z.infer<typeof createUserInput>
