import { startOwnInstance } from '../../scripts/start/own-instance'

/** Starts the application once for all journeys, tells them where it is, and answers how to stop it. */
export default async function startApplication(): Promise<() => Promise<void>> {
  const { instance, stop } = await startOwnInstance()
  process.env.E2E_INSTANCE = JSON.stringify(instance)
  return stop
}
