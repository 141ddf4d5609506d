'use client'

import { unstable_isUnrecognizedActionError } from 'next/navigation'
import { useEffect, useRef, useState } from 'react'
import type { AppError, Result } from '@/lib/domain/result'
import { fetchStanding } from '@/lib/query/operation-standing'
import { isIntentSettled, isOpen } from './intent'

/** `page_outdated`: the server was deployed anew and does not know this page's actions; nothing was done. */
export type OperationError = AppError | { code: 'page_outdated' }

export type OperationAnswer<T> = { ok: true; value: T } | { ok: false; error: OperationError }

type Standing<T> =
  | { state: 'idle'; value: null; error: null }
  | { state: 'pending'; value: null; error: null }
  /** Duebook is finding out with Stripe what became of it; the answer is still awaited. */
  | { state: 'checking'; value: null; error: OperationError }
  | { state: 'success'; value: T; error: null }
  | { state: 'error'; value: null; error: OperationError }

export type Operation<Input, T> = Standing<T> & {
  /**
   * Asks for it once, and answers when it is known what became of it. While an answer is awaited a second call returns the
   * same answer; while an outcome is unknown it sends what was sent before, whatever `input` says, because another intent
   * could make it twice. Never throws.
   */
  run: (input: Input) => Promise<OperationAnswer<T>>
  /** Forgets the last answer, not an unknown outcome. */
  reset: () => void
  /** The outcome is not known yet. */
  isUnsettled: boolean
}

const checkEvery = 2_000

const idle = { state: 'idle', value: null, error: null } as const

/** One intent of a person, sent under one operation id until its outcome is known. */
export function useOperation<Input extends { operationId: string }, T>(
  action: (input: Input) => Promise<Result<T>>,
): Operation<Omit<Input, 'operationId'>, T> {
  const [standing, setStanding] = useState<Standing<T>>(idle)
  const [intent, setIntent] = useState<Input | null>(null)
  const answering = useRef<Promise<OperationAnswer<T>> | null>(null)
  const isGone = useRef(false)

  // Outside system: the server, which is asked for an outcome until this screen is left.
  useEffect(() => {
    isGone.current = false
    return () => {
      isGone.current = true
    }
  }, [])

  async function send(input: Input): Promise<OperationAnswer<T>> {
    setIntent(input)
    setStanding({ state: 'pending', value: null, error: null })
    let answer = await settle(action, input)
    let wasOpen = intent !== null
    while (!answer.ok && isOpen(answer.error.code) && !isGone.current) {
      wasOpen = true
      setStanding({ state: 'checking', value: null, error: answer.error })
      await new Promise((resolve) => setTimeout(resolve, checkEvery))
      answer = await check(action, input, answer)
    }
    if (answer.ok) setStanding({ state: 'success', value: answer.value, error: null })
    else setStanding({ state: 'error', value: null, error: answer.error })
    const isSettled = answer.ok || isIntentSettled(answer.error.code, wasOpen)
    if (isSettled) setIntent(null)
    answering.current = null
    return answer
  }

  return {
    ...standing,
    isUnsettled: intent !== null && (standing.state === 'error' || standing.state === 'checking'),
    run(input) {
      // The compiler cannot see that an Input without its id, given one, is an Input again.
      answering.current ??= send(intent ?? ({ ...input, operationId: crypto.randomUUID() } as Input))
      return answering.current
    },
    reset: () => setStanding(idle),
  }
}

async function settle<Input, T>(
  action: (input: Input) => Promise<Result<T>>,
  input: Input,
): Promise<OperationAnswer<T>> {
  try {
    return await action(input)
  } catch (error) {
    if (unstable_isUnrecognizedActionError(error)) return { ok: false, error: { code: 'page_outdated' } }
    // The connection broke before the answer came: it may or may not have happened.
    return { ok: false, error: { code: 'outcome_unknown' } }
  }
}

/**
 * Asks what became of it; `last` while that is not known. Otherwise it is sent again: settled, it has its answer, and where
 * the server knows of nothing it did not arrive.
 */
async function check<Input extends { operationId: string }, T>(
  action: (input: Input) => Promise<Result<T>>,
  input: Input,
  last: OperationAnswer<T>,
): Promise<OperationAnswer<T>> {
  try {
    const standing = await fetchStanding(input.operationId)
    if (standing?.isSettled === false) return last
  } catch {
    // The server could not be asked either; what became of it is as unknown as before.
    return last
  }
  return await settle(action, input)
}
