import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { SignInForm } from '@/components/auth/sign-in-form'
import { MessagePage } from '@/components/shell/message-page'
import { readActor } from '@/lib/auth/context'
import { safeNextPath } from '@/lib/auth/next-path'
import { demoPassword, demoPeople } from '@/lib/team/demo-people'

export const metadata: Metadata = { title: 'Sign in' }

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function SignInPage({ searchParams }: Props) {
  const next = safeNextPath((await searchParams).next)
  if (await readActor()) redirect(next)
  const people = demoPeople()
  return (
    <MessagePage title="Sign in">
      <SignInForm next={next} demo={people.length > 0 ? { people, password: demoPassword } : null} />
    </MessagePage>
  )
}
