'use client'

import { zodResolver } from '@hookform/resolvers/zod'
import { signIn } from 'next-auth/react'
import { useState } from 'react'
import { useForm } from 'react-hook-form'
import { z } from 'zod'
import { Banner } from '@/components/ui/banner'
import { Button } from '@/components/ui/button'
import { Field } from '@/components/ui/field'
import { TextInput } from '@/components/ui/text-input'
import { DemoSignIns } from './demo-sign-ins'

type Demo = { people: { email: string; name: string; role: string }[]; password: string }

const schema = z.object({
  email: z.string().trim().min(1, 'Enter your e-mail address.'),
  password: z.string().min(1, 'Enter your password.'),
})
type Values = z.infer<typeof schema>

const refusals: Record<string, string> = {
  CredentialsSignin: 'E-mail address and password do not match. Check both and try again.',
  too_many_tries: 'Too many tries. Wait a few minutes, then try again.',
}
const unavailable = 'Signing in is not possible at the moment. Try again shortly.'

/** `next` is a path on this server. `demo` is null wherever real accounts are signed in to. */
export function SignInForm({ next, demo }: { next: string; demo: Demo | null }) {
  const form = useForm<Values>({ resolver: zodResolver(schema), defaultValues: { email: '', password: '' } })
  const [refusal, setRefusal] = useState<string | null>(null)
  const { errors, isSubmitting } = form.formState

  async function handleSignIn(values: Values) {
    setRefusal(null)
    const answer = await signIn('credentials', { ...values, redirect: false }).catch(() => undefined)
    // A full load, so that nothing an earlier person had read stays in memory.
    if (answer?.ok) window.location.assign(next)
    else setRefusal(refusals[answer?.error ?? ''] ?? unavailable)
  }

  function handlePick(email: string) {
    form.reset({ email, password: demo?.password ?? '' })
    void form.handleSubmit(handleSignIn)()
  }

  return (
    <div className="flex w-full flex-col gap-6 text-ink">
      <form
        // Sent before React has taken over, a password must not end up in the address.
        method="post"
        noValidate
        onSubmit={form.handleSubmit(handleSignIn)}
        className="flex flex-col gap-4"
      >
        {refusal !== null && <Banner tone="urgent" title={refusal} />}
        <Field label="E-mail address" error={errors.email?.message}>
          <TextInput type="email" autoComplete="username" autoFocus {...form.register('email')} />
        </Field>
        <Field label="Password" error={errors.password?.message}>
          <TextInput type="password" autoComplete="current-password" {...form.register('password')} />
        </Field>
        <Button type="submit" variant="primary" state={isSubmitting ? 'pending' : 'idle'}>
          Sign in
        </Button>
      </form>
      {demo !== null && <DemoSignIns people={demo.people} isBusy={isSubmitting} onPick={handlePick} />}
    </div>
  )
}
